"""What a reading statement may hold: the clauses that read the graph, and procedures by name.

An engine's read-only transaction keeps the graph as it is, and nothing more: files of the machine,
other transactions and the engine's settings are reached by statements that write nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from clusteratlas.errors import QueryRefused

_TOKENS = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.S)
_BEGINNINGS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL"})
_PLANS = frozenset({"EXPLAIN", "PROFILE"})
_WORD = r"(?<![\w.:$])"
"""Before a keyword: it is no property, no label and no parameter."""
_CALLED = re.compile(rf"{_WORD}CALL\b\s*(\{{|\(|[\w.]*)(\s*=)?", re.I)
_FILES = re.compile(rf"{_WORD}LOAD\s+(?:CSV|FROM|WITH)\b", re.I)


def bare_statement(cypher: str) -> str:
    """Give the text without comments, and with empty strings for its strings and quoted names."""
    return _TOKENS.sub(lambda m: " " if m[0].startswith("/") else "''", cypher)


def refuse_more_than_reading(
    cypher: str, name: str, *, procedures: Set[str], shows: Set[str] = frozenset()
) -> None:
    """Refuse a statement that does anything but read the graph.

    Parameters
    ----------
    cypher
        The statement.
    name
        What it is called in messages.
    procedures
        Procedures that may be called, in lower case.
    shows
        What ``SHOW`` may list, in capitals.

    Raises
    ------
    QueryRefused
        If it is empty, or holds several statements, a clause that does not read, a file, or a
        procedure that is not on the list.
    """
    bare = bare_statement(cypher).strip().rstrip("; \n\t")
    if ";" in bare:
        raise QueryRefused(name, "it holds several statements", hint="run them one by one")
    words = bare.upper().split()
    while words and words[0] in _PLANS:
        words.pop(0)
    if not words:
        raise QueryRefused(name, "it is empty")
    listed = words[0] == "SHOW" and not shows.isdisjoint(words[1:3])
    if words[0] not in _BEGINNINGS and not listed:
        raise QueryRefused(
            name,
            f"a reading statement does not begin with {words[0]}",
            hint="it begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL; "
            "allow writing with --write",
        )
    if _FILES.search(bare):
        raise QueryRefused(
            name, "it reads a file", hint="a reading statement reads the graph alone"
        )
    for called in _called(bare):
        if called.lower() not in procedures:
            raise QueryRefused(
                name,
                f"a reading statement does not call {called or 'a quoted name'}",
                hint=f"it calls {', '.join(sorted(procedures))}; allow others with --write",
            )


def _called(bare: str) -> Iterator[str]:
    """Give the procedures that are called; a subquery is none, and a setting is named as one."""
    for found in _CALLED.finditer(bare):
        if found[1]:
            if found[1] not in {"{", "("}:
                yield found[1] + ("=" if found[2] else "")
        elif bare.startswith("'", found.end()):
            yield ""  # a quoted name; without one, something is called "call"
