"""The packaged Cypher: each text in a file beside the code that reads it, found by its stem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_PARAM = re.compile(r"\$(\w+)")
_ITEM = re.compile(r"\bAS\s+(\w+)\s*(?=,|$|\bORDER\b|\bLIMIT\b|\bUNION\b)", re.IGNORECASE)
_RETURN = re.compile(r"\bRETURN\b(?!.*\bRETURN\b)", re.IGNORECASE | re.DOTALL)
_TAIL = re.compile(r"\b(?:ORDER BY|SKIP|LIMIT)\b")
_COMMENT = re.compile(r"//.*")
_SUFFIX = ".cypher"


@cache
def cypher(stem: str, engine: str = "") -> str:
    """Text of a packaged query, in the engine's own words where there are any.

    Parameters
    ----------
    stem
        Name of its file without ``.cypher``; the folder does not matter, for stems are unique.
    engine
        Name of an engine: ``{stem}.{engine}.cypher`` takes precedence.

    Raises
    ------
    ValueError
        If there is no such file.
    """
    packaged = packaged_texts()
    for name in (f"{stem}.{engine}", stem):
        if name in packaged:
            return packaged[name].read_text("utf-8")
    raise ValueError(f"there is no query file {stem}{_SUFFIX}")


@cache
def packaged_texts() -> Mapping[str, Traversable]:
    """Every file of Cypher below ``queries``, by its name without the suffix.

    Raises
    ------
    ValueError
        If two files have the same name.
    """
    found: dict[str, Traversable] = {}
    for file in _below(files("clusteratlas.queries")):
        stem = file.name.removesuffix(_SUFFIX)
        if stem in found:
            raise ValueError(f"there are two query files {file.name}: {found[stem]} and {file}")
        found[stem] = file
    return found


def _below(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.name.endswith(_SUFFIX):
            yield entry
        elif entry.is_dir() and not entry.name.startswith("__"):
            yield from _below(entry)


def bare(text: str) -> str:
    """Give a query without its comments."""
    return _COMMENT.sub("", text).strip()


def parameters(text: str) -> set[str]:
    """Names of the parameters that a query uses, comments aside."""
    return set(_PARAM.findall(bare(text)))


def aliases(text: str) -> list[str]:
    """Names of the columns that the last RETURN of a query gives, comments aside."""
    query = bare(text)
    found = _RETURN.search(query)
    return _ITEM.findall(query[found.end() :]) if found else []


def cut(text: str) -> tuple[str, str, str]:
    """Cut a query without comments: what is before its last RETURN, the columns, ORDER BY and on.

    Raises
    ------
    ValueError
        If it returns nothing.
    """
    found = _RETURN.search(text)
    if found is None:
        raise ValueError(f"a query returns nothing: {text[:60]}")
    returned = text[found.end() :]
    tail = _TAIL.search(returned)
    end = len(returned) if tail is None else tail.start()
    return text[: found.start()], returned[:end], returned[end:]
