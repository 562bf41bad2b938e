"""What one more of something costs: the files that CONTRIBUTING names are all that know of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "clusteratlas"
TEXTS = {".py", ".toml", ".cypher"}
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| (?P<most>[^|]+) \| `(?P<shown>[^`]+)` \| (?P<files>.+) \|$"
)
PATH = re.compile(r"`([\w./-]+)`")

Row = tuple[str, str, str, list[str]]


def rows() -> dict[str, Row]:
    """Lines of the table by their first word: limit, example and files of each."""
    found = {}
    for line in (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines():
        if (row := ROW.match(line)) and row["what"] != "one more":
            told = row["files"].partition(";")[0]  # behind it is what a commit may need besides
            name = row["what"].split()[0]
            found[name] = (row["most"], row["shown"], row["what"], PATH.findall(told))
    return found


def files_with(holds: Callable[[Path, str], bool]) -> list[str]:
    """Files of the package that a rule holds for."""
    texts = (p for p in PACKAGE.rglob("*") if p.suffix in TEXTS)
    return sorted(
        p.relative_to(PACKAGE).as_posix() for p in texts if holds(p, p.read_text("utf-8"))
    )


def test_the_table_has_a_line_for_each() -> None:
    assert list(rows()) == ["source", "measure", "question", "year", "graph"]


KNOWS: dict[str, Callable[[str], Callable[[Path, str], bool]]] = {
    "source": lambda id_: lambda _path, text: f'"{id_}"' in text,
    "measure": lambda column: lambda _path, text: f'"{column}"' in text,
    "question": lambda id_: (
        lambda path, text: path.name.split(".")[0] == id_ or f'id="{id_}"' in text
    ),
    "year": lambda file: lambda _path, text: f'"{file}"' in text,
}
"""What a file has in it that knows of the example."""


@pytest.mark.parametrize("what", KNOWS)
def test_no_other_file_knows_of_it(what: str) -> None:
    most, shown, _, files = rows()[what]
    assert files_with(KNOWS[what](shown)) == sorted(files)
    assert len(files) <= int(most)


def test_an_engine_is_one_folder() -> None:
    _, engine, _, (folder,) = rows()["graph"]
    imports = re.compile(rf"^\s*(from|import) \S*\b{engine}\b", re.MULTILINE)
    found = files_with(lambda _path, text: bool(imports.search(text)))
    assert found
    assert [name for name in found if not name.startswith(folder)] == []
