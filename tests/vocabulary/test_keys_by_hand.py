"""Keys are made and taken apart by ``vocabulary/keys.py`` alone: the source is searched for others.

Found are texts that end like the head of a key (``county:``) and are joined to something, any text
joined by a lone ``:`` or ``@``, and methods that look for, cut off or split at such a text. Names
of vocabularies of organizations are open, so keys of theirs are found by the lone ``:`` only.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import clusteratlas

PACKAGE = Path(clusteratlas.__file__).parent
HOME = "vocabulary/keys.py"
STRANGERS = ("server",)
"""Folders that know no keys."""
HEAD = re.compile(r"(^|[^A-Za-z0-9_])((state|cbsa|county|ea|custom|(naics|bea|soc)\d*):|@)$")
OPEN_HEAD = re.compile(r"(^|[^A-Za-z0-9_])(naics|bea|soc)$")
"""Followed by a vintage: ``f"naics{vintage}:..."``."""
SEPARATORS = {
    "split": {":", "/"},
    "rsplit": {":", "/"},
    "partition": {":"},
    "rpartition": {":"},
    "startswith": set[str](),
    "removeprefix": set[str](),
    "contains": set[str](),
}
"""Methods that look for a head or cut it off, and what they may not cut a column at."""


def text_of(node: ast.expr) -> str | None:
    """Text of a literal; of an f-string what it ends with."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and node.values:
        return text_of(node.values[-1])
    return None


def is_head(text: str | None) -> bool:
    return text is not None and HEAD.search(text) is not None


def joined(node: ast.AST) -> bool:
    """Say whether a head, or a lone separator, is joined to what follows."""
    if isinstance(node, ast.JoinedStr):
        for part, following in zip(node.values, node.values[1:], strict=False):
            text = text_of(part)
            if isinstance(following, ast.FormattedValue) and text is not None:
                return is_head(text) or OPEN_HEAD.search(text) is not None
        return False
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text_of(node.left), text_of(node.right)
        by_hand = left is not None and OPEN_HEAD.search(left) is not None
        return is_head(left) or by_hand or right in {":", "@"}
    return False


def taken_apart(node: ast.AST) -> bool:
    """Say whether a method looks for a head, or cuts a column at a separator."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return False
    if node.func.attr not in SEPARATORS:
        return False
    of_column = isinstance(node.func.value, ast.Attribute) and node.func.value.attr == "str"
    first = node.args[0]
    given = first.elts if isinstance(first, ast.Tuple) else [first]
    for one in given:
        text = text_of(one)
        if is_head(text) or (of_column and text in SEPARATORS[node.func.attr]):
            return True
        if of_column and isinstance(one, ast.JoinedStr) and text is not None:
            return text.endswith((":", "/"))
    return False


def by_hand(source: str) -> list[int]:
    """Lines in which keys are joined or taken apart by hand."""
    return sorted(
        {
            node.lineno
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.expr) and (joined(node) or taken_apart(node))
        }
    )


def found_in(paths: Iterator[Path]) -> list[str]:
    found = []
    for path in sorted(paths):
        name = path.relative_to(PACKAGE).as_posix()
        if name != HOME:
            found += [f"{name}:{line}" for line in by_hand(path.read_text("utf-8"))]
    return found


@pytest.mark.parametrize(
    "source",
    [
        'key = f"cbsa:{code}"',
        'key = f"naics{vintage}:{code}"',
        'key = f"{cluster}@{region}"',
        'key = "county:" + codes',
        'key = "naics" + vintage.astype(str) + ":" + naics',
        'key = scheme + ":" + id_',
        'own = keys[keys.str.startswith("state:")]',
        'own = keys[keys.str.startswith(("state:", "cbsa:"))]',
        'own = keys.str.startswith(f"{type_}:")',
        'code = keys.str.removeprefix("county:")',
        'code = keys.str.split(":").str[1]',
        'name = keys.str.split("/").str[-1]',
        'left, right = asked.split("@", 1)',
        'if key.startswith("ea:"): pass',
    ],
)
def test_what_is_done_by_hand_is_found(source: str) -> None:
    assert by_hand(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        'raise InputError(f"{where}: county {row.county!r} is not there")',
        'title = f"{name}: {count}"',
        'key = region_key("county", codes)',
        'source, _, vintage = text.rpartition(":")',
        'words = line.split(" ")',
        'example = "cbsa:14460"',
        'text = f"area: {area}"',
    ],
)
def test_what_is_no_key_is_left_alone(source: str) -> None:
    assert by_hand(source) == []


def test_keys_are_joined_and_taken_apart_in_one_file() -> None:
    others = (
        path
        for path in PACKAGE.rglob("*.py")
        if not path.relative_to(PACKAGE).as_posix().startswith(STRANGERS)
    )
    assert found_in(others) == []
