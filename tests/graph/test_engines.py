"""Engines register themselves: one more is a folder, and nothing else changes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import InputError
from clusteratlas.graph import GraphStore, engines, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.registry import engine_at, engine_named, known_engines

ONE_MORE = '''
"""The embedded engine under another address."""
import re
from dataclasses import replace
from clusteratlas.graph.engines.ladybug import ENGINE as EMBEDDED
from clusteratlas.graph.engines.ladybug.store import LadybugStore
from clusteratlas.graph.store import MEMORY


class ToyStore(LadybugStore):
    engine = "toy"


ENGINE = replace(
    EMBEDDED,
    name="toy",
    address=re.compile("toy://memory"),
    examples=("toy://memory",),
    open=lambda access: ToyStore(MEMORY),
)
'''


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GraphStore]:
    """A store of an engine that is no more than a folder among the engines."""
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "__init__.py").write_text(ONE_MORE, "utf-8")
    monkeypatch.setattr(engines, "__path__", [*engines.__path__, str(tmp_path)])
    with open_store("toy://memory") as store:
        yield store
    sys.modules.pop(f"{engines.__name__}.toy")


def test_the_engines_are_the_folders() -> None:
    assert [engine.name for engine in known_engines()] == ["ladybug", "neo4j"]
    for engine in known_engines():
        assert engine_named(engine.name) is engine


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (":memory:", "ladybug"),
        ("atlas.lbug", "ladybug"),
        ("/a folder/with\nodd names", "ladybug"),
        ("neo4j://localhost:7687", "neo4j"),
        ("bolt+ssc://localhost", "neo4j"),
    ],
)
def test_an_address_belongs_to_one_engine(address: str, name: str) -> None:
    assert engine_at(address).name == name
    assert sum(bool(e.address.fullmatch(address)) for e in known_engines()) == 1


def test_an_address_of_no_engine_is_refused_with_examples_of_all() -> None:
    with pytest.raises(InputError, match="is not the address of a store") as caught:
        engine_at("toy://memory")
    for engine in known_engines():
        assert all(example in str(caught.value.hint) for example in engine.examples)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(InputError, match="no graph engine 'toy'") as caught:
        engine_named("toy")
    assert caught.value.hint == "engines: ladybug, neo4j"


def test_one_more_engine_is_a_folder(toy: GraphStore, tiny: Edition) -> None:
    assert isinstance(toy, GraphStore)
    assert toy.engine == "toy"
    assert [engine.name for engine in known_engines()] == ["ladybug", "neo4j", "toy"]
    assert toy.editions() == ()
    report = load_edition(tiny, toy)
    assert report.outcome == "loaded"
    assert load_edition(tiny, toy).outcome == "unchanged"
    info = toy.info()
    assert info.engine == "toy"
    assert [edition.key for edition in info.editions] == [tiny.key]
    toy.wipe()
    assert sum(toy.info().nodes.values()) == 0


def test_looking_for_engines_imports_no_driver() -> None:
    code = (
        "import sys; from clusteratlas.graph.registry import known_engines; known_engines(); "
        "print({'ladybug', 'neo4j', 'pandas'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
