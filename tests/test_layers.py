"""The house: no circles of files, rooms of a size to survey, names that are used once."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import grimp
import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "clusteratlas"
MODULES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = [
    path
    for folder in ("clusteratlas", "tests", "benchmarks", ".ci")
    for path in sorted((ROOT / folder).rglob("*.py"))
]

FILES_IN_A_FOLDER = 12
ARROWS = {"analysis": 19, "editions": 37, "queries": 47}
"""Imports between files of one folder, by layer: there are so many and no more."""
LINE = 100
SKIPS = 10
"""There are fewer places than this where the formatter is told to look away."""
SKIP = re.compile(r"#\s*fmt:\s*skip\b")


def at(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import each other, directly or by way of others."""
    graph = nx.DiGraph([(one, other) for one, others in imports.items() for other in others])
    return sorted(sorted(c) for c in nx.strongly_connected_components(graph) if len(c) > 1)


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == [["a", "b", "c"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """What each module imports; inside functions and for type checking too."""
    graph = grimp.build_graph("clusteratlas", cache_dir=None)
    return {m: set(graph.find_modules_directly_imported_by(m)) for m in graph.modules}


def test_no_circles_of_files(imports: dict[str, set[str]]) -> None:
    assert circles(imports) == []


@pytest.mark.parametrize("layer", sorted(ARROWS))
def test_files_of_a_room_know_few_of_each_other(layer: str, imports: dict[str, set[str]]) -> None:
    found = [
        f"{one} -> {other}"
        for one, others in sorted(imports.items())
        for other in sorted(others)
        if one.startswith(f"clusteratlas.{layer}.")
        and one.rpartition(".")[0] == other.rpartition(".")[0]
    ]
    assert len(found) <= ARROWS[layer], found


@pytest.mark.parametrize("layer", ["analysis", "editions", "queries"])
def test_folders_are_small(layer: str) -> None:
    files: dict[str, int] = defaultdict(int)
    for path in (PACKAGE / layer).rglob("*.py"):
        files[at(path.parent)] += 1
    assert {folder: n for folder, n in files.items() if n > FILES_IN_A_FOLDER} == {}


def test_a_public_name_is_defined_once() -> None:
    """Overloads of one function in one file count once."""
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                places[node.name].setdefault(at(path), node.lineno)
    twice = {
        name: [f"{path}:{line}" for path, line in found.items()]
        for name, found in sorted(places.items())
        if len(found) > 1 and not name.startswith("_")
    }
    assert twice == {}


def test_lines_are_short() -> None:
    long = [
        f"{at(path)}:{number}"
        for path in WRITTEN
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if len(line) > LINE
    ]
    assert long == []


def test_the_formatter_forms_nearly_everything() -> None:
    found = [
        f"{at(path)}:{number}"
        for path in WRITTEN
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if SKIP.search(line)
    ]
    assert len(found) < SKIPS, found


def test_a_module_says_in_one_line_what_it_is_for() -> None:
    missing = [
        at(path)
        for path in MODULES
        if not (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
    ]
    assert missing == []
