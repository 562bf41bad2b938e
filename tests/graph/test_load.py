"""Loading editions: one suite over both engines."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.mapping import graph_tables
from clusteratlas.progress import Silent
from tests.graph.held import LOST, dump, held_by, renamed, without_region
from tests.tiny import tiny_tables


class InterruptedLoadError(Exception):
    """What ends a load in the middle."""


class InterruptAt(Silent):
    """Ends the work at its n-th sign of progress."""

    def __init__(self, n: int) -> None:
        self._left = n

    def advance(self, units: int = 1) -> None:
        self._left -= units > 0
        if self._left < 0:
            raise InterruptedLoadError


def test_the_store_holds_exactly_the_edition(store: GraphStore, tiny: Edition) -> None:
    report = load_edition(tiny, store)
    tables = graph_tables(tiny)
    assert dump(store) == held_by(tiny)
    assert (report.outcome, report.edition, report.store) == ("loaded", "tiny", store.url)
    assert (report.nodes, report.relationships) == (162, 429)
    loaded = store.editions()[0]
    assert (loaded.key, loaded.digest, loaded.load) == ("tiny", tiny.digest, tables.load)
    assert loaded.complete
    info = store.info()
    assert sum(info.nodes.values()) == 162 + 1
    assert sum(info.relationships.values()) == 429


def test_the_same_edition_twice_changes_nothing(store: GraphStore, tiny: Edition) -> None:
    load_edition(tiny, store)
    before = dump(store)
    assert load_edition(tiny, store).outcome == "unchanged"
    assert load_edition(tiny, store, force=True).outcome == "changed"
    assert dump(store) == before


def test_a_changed_edition_replaces_what_it_had(
    store: GraphStore, tiny: Edition, changed: Edition
) -> None:
    load_edition(tiny, store)
    assert load_edition(changed, store).outcome == "changed"
    assert dump(store) == held_by(changed)
    load_edition(tiny, store)
    assert dump(store) == held_by(tiny)


def test_force_repairs_what_was_damaged(store: GraphStore, tiny: Edition) -> None:
    load_edition(tiny, store)
    store.write("MATCH ()-[r:SUPPLIES]->() DELETE r", name="damage")
    store.write("MATCH (n:Region) SET n.name = 'Nowhere'", name="damage")
    load_edition(tiny, store, force=True)
    assert dump(store) == held_by(tiny)


def test_two_editions_stand_side_by_side(store: GraphStore, tiny: Edition, other: Edition) -> None:
    load_edition(tiny, store)
    load_edition(other, store)
    assert [e.key for e in store.editions()] == ["other", "tiny"]
    info = store.info()
    assert info.nodes["Cluster"] == 12
    assert info.nodes["Region"] == 9
    assert info.relationships["MEASURED"] == 106
    region = store.read("MATCH (n:Region {key: 'us'}) RETURN n.edition AS e", name="shared").rows
    assert sorted(region[0]["e"].split()) == ["other", "tiny"]
    for edition in (tiny, other):
        tables = graph_tables(edition)
        alone, held = held_by(edition), dump(store, edition.key)
        for part in tables.relationships:
            assert held.get(part.type) == alone.get(part.type)
        for label in ("Cluster", "Definition", "RegionalCluster"):
            assert held[label] == alone[label]


def test_what_another_edition_holds_survives(
    store: GraphStore, tiny: Edition, changed: Edition, other: Edition
) -> None:
    load_edition(tiny, store)
    load_edition(other, store)
    others = dump(store, "other")
    load_edition(changed, store)
    region = store.read(
        "MATCH (n:Region {key: $key}) RETURN n.edition AS edition", {"key": LOST}, name="region"
    ).rows
    assert region == [{"edition": "other"}]
    after = dump(store, "other")
    for type_ in graph_tables(other).relationships:
        assert after.get(type_.type) == others.get(type_.type)
    assert {n["key"] for n in after["Region"]} == {n["key"] for n in others["Region"]}
    mine = {n["key"] for n in dump(store, "tiny")["Region"]}
    assert mine == {n["key"] for n in after["Region"]} - {LOST}


def test_what_both_editions_lose_goes(
    store: GraphStore, tiny: Edition, changed: Edition, other: Edition, tmp_path: Path
) -> None:
    for edition in (tiny, other, changed):
        load_edition(edition, store)
    tables = renamed(without_region(tiny_tables(), LOST), "other")
    load_edition(write_edition(tmp_path / "poorer", "other", tables, {}), store)
    assert LOST not in {n["key"] for n in dump(store)["Region"]}
    assert store.info().nodes["Region"] == 8


def test_a_swept_node_stays_while_something_is_tied_to_it(
    store: GraphStore, tiny: Edition, changed: Edition
) -> None:
    load_edition(tiny, store)
    store.write(
        "MATCH (a:Region {key: $key}), (b:Region {key: 'us'}) "
        "CREATE (a)-[:ADJACENT_TO {edition: 'by hand', load: 'x'}]->(b)",
        {"key": LOST},
        name="tie",
    )
    load_edition(changed, store)
    kept = store.read(
        "MATCH (n:Region {key: $key})-[:ADJACENT_TO]->() RETURN n.edition AS edition",
        {"key": LOST},
        name="kept",
    ).rows
    assert kept == [{"edition": ""}]


@pytest.mark.parametrize("step", [0, 5, 20])
def test_an_interrupted_load_is_finished_by_the_next(
    store: GraphStore, tiny: Edition, step: int
) -> None:
    with pytest.raises(InterruptedLoadError):
        load_edition(tiny, store, progress=InterruptAt(step))
    if store.capabilities.atomic_load:
        assert sum(store.info().nodes.values()) == 0
    else:
        assert [(e.key, e.complete) for e in store.editions()] == [("tiny", False)]
    report = load_edition(tiny, store)
    assert report.outcome == ("loaded" if store.capabilities.atomic_load else "resumed")
    assert dump(store) == held_by(tiny)


def test_an_interrupted_change_is_finished_by_the_next(
    store: GraphStore, tiny: Edition, changed: Edition, tmp_path: Path
) -> None:
    with ExitStack() as closing:
        if store.capabilities.atomic_load:  # a store in memory does not outlive a failure
            store = closing.enter_context(open_store(tmp_path / "atlas.lbug"))
        load_edition(tiny, store)
        with pytest.raises(InterruptedLoadError):
            load_edition(changed, store, progress=InterruptAt(15))
        if store.capabilities.atomic_load:
            assert dump(store) == held_by(tiny)
        load_edition(changed, store)
        assert dump(store) == held_by(changed)


def test_progress_counts_every_node_and_relationship(store: GraphStore, tiny: Edition) -> None:
    seen: list[tuple[str, int]] = []

    class Count(Silent):
        def start(self, label: str, total: int | None = None) -> None:
            seen.append((label, total or 0))

        def advance(self, units: int = 1) -> None:
            seen.append(("", -units))

    load_edition(tiny, store, progress=Count())
    assert seen[0] == (f"load tiny into {store.engine}", 162 + 429)
    assert sum(n for _, n in seen) == 0
