"""One load at a time, counted at its end; one edition removed; a user's own things kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import InputError, StoreError, StoreUnavailable
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.load import drop_edition, load_edition
from clusteratlas.graph.loading import Loader, this_loader
from clusteratlas.graph.verify import miscounted
from clusteratlas.progress import Silent
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.graph.held import Dump, dump, held_by

ROOT = Path(__file__).resolve().parents[2]


class Meanwhile(Silent):
    """Does something once, in the middle of a load."""

    def __init__(self, store: GraphStore, edition: Edition, other: Edition) -> None:
        self.said: list[str] = []
        self._args = store, edition, other

    def advance(self, units: int = 1) -> None:
        if self.said or not units:
            return
        store, edition, other = self._args
        for asked in (edition, other):
            with pytest.raises(StoreUnavailable) as caught:
                load_edition(asked, store, force=True)
            self.said.append(str(caught.value))
        with pytest.raises(StoreUnavailable):
            drop_edition(edition.key, store)
        if store.editions():
            self.said += Atlas(store).remarks or open_atlas(store).remarks


@pytest.fixture
def filed(store: GraphStore, tmp_path: Path) -> Iterator[GraphStore]:
    """The store; the embedded one in a file, since nobody else can load one in memory."""
    if not store.capabilities.atomic_load:
        yield store
        return
    with open_store(tmp_path / "atlas.lbug") as embedded:
        yield embedded


def test_a_second_load_is_refused_and_questions_say_so(
    filed: GraphStore, tiny: Edition, other: Edition
) -> None:
    load_edition(tiny, filed)
    meanwhile = Meanwhile(filed, tiny, other)
    assert filed.loading() is None
    load_edition(tiny, filed, force=True, progress=meanwhile)
    assert filed.loading() is None
    assert len(meanwhile.said) == 3
    for line in meanwhile.said:
        assert "tiny is being loaded since 20" in line
        assert this_loader().words in line
        assert "interrupted" not in line
    assert dump(filed) == held_by(tiny)


def test_what_is_there_twice_is_no_unchanged_edition(store: GraphStore, tiny: Edition) -> None:
    load_edition(tiny, store)
    store.write(
        "MATCH (a:Sector)-[r:SUPPLIES]->(b:Sector) "
        "CREATE (a)-[:SUPPLIES {edition: r.edition, load: r.load}]->(b)",
        name="what two loads at once left",
    )
    (wrong,) = miscounted(store, store.editions()[0])
    assert wrong.words.startswith("relationships: 429 are due, the store holds 4")
    assert load_edition(tiny, store).outcome == "changed"
    assert dump(store) == held_by(tiny)
    assert miscounted(store, store.editions()[0]) == []


def _unstamped(held: Dump) -> list[str]:
    """Everything but the stamp, which on what editions share is that of the last load."""
    return sorted(
        str([what, sorted((k, v) for k, v in row.items() if k != "load")])
        for what, rows in held.items()
        for row in rows
    )


def test_one_edition_goes_and_others_stay(store: GraphStore, tiny: Edition, other: Edition) -> None:
    load_edition(tiny, store)
    load_edition(other, store)
    with pytest.raises(InputError, match="holds no edition nobody") as caught:
        drop_edition("nobody", store)
    assert caught.value.hint == "it holds other, tiny"
    drop_edition("other", store)
    assert [e.key for e in store.editions()] == ["tiny"]
    assert _unstamped(dump(store)) == _unstamped(held_by(tiny))
    drop_edition("tiny", store)
    assert store.editions() == ()
    assert sum(store.info().nodes.values()) == 0


def test_a_users_own_things_outlive_loads(store: GraphStore, tiny: Edition) -> None:
    load_edition(tiny, store)
    if store.capabilities.typed:
        store.write("CREATE NODE TABLE Mine(name STRING, PRIMARY KEY(name))", name="mine")
        store.write("CREATE REL TABLE LIKES(FROM Mine TO Region, much DOUBLE)", name="mine")
    store.write(
        "MATCH (r:Region {key: 'us'}) CREATE (:Mine {name: 'x'})-[:LIKES {much: 0.5}]->(r)",
        name="mine",
    )
    mine = "MATCH (m:Mine)-[l:LIKES]->(r:Region) RETURN m.name AS m, l.much AS l, r.key AS r"
    load_edition(tiny, store, force=True)
    assert store.read(mine, name="mine").rows == [{"m": "x", "l": 0.5, "r": "us"}]
    store.write("MATCH (m:Mine) DETACH DELETE m", name="mine")


def test_a_load_that_died_is_over(tmp_path: Path, tiny: Edition) -> None:
    path = tmp_path / "atlas.lbug"
    note = {"edition": "tiny", "by": "ana", "since": datetime.now(UTC).isoformat()}
    (tmp_path / "atlas.lbug.loading").write_text(json.dumps(note))
    (tmp_path / "atlas.lbug.new").write_bytes(b"half a store")
    with open_store(path) as store:
        assert store.loading() is None
        load_edition(tiny, store)
        assert dump(store) == held_by(tiny)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["atlas.lbug"]


def test_a_process_that_ended_is_known_to_have_gone() -> None:
    me = this_loader()
    assert not me.has_gone()
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    assert Loader(me.user, me.host, done.pid).has_gone() == (sys.platform != "win32")
    assert not Loader(me.user, "another", done.pid).has_gone()


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_a_load_that_was_overtaken_writes_nothing_more(store: GraphStore, tiny: Edition) -> None:
    if store.capabilities.atomic_load:
        pytest.skip("the lock of a file is the system's")

    class Overtaken(Silent):
        def advance(self, units: int = 1) -> None:  # noqa: ARG002
            store.write("MATCH (l:ClusteratlasLoad) SET l.token = 'other'", name="overtake")

    with pytest.raises(StoreError, match="another load took over"):
        load_edition(tiny, store, progress=Overtaken())
    done = store.read("MATCH (e:Edition) RETURN e.batches AS n", name="done").rows
    assert done == [{"n": 1}]
    store.write("MATCH (l:ClusteratlasLoad) DELETE l", name="it has ended")
    assert load_edition(tiny, store).outcome == "resumed"
    assert dump(store) == held_by(tiny)
