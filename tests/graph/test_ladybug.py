"""What only a store in a file can get into: locks, read-only, full disks, sudden death."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import QueryRefused, StoreError, StoreUnavailable
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.engines.ladybug.store import LadybugStore
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.mapping import graph_tables
from tests.graph.held import dump, held_by

ROOT = Path(__file__).resolve().parents[2]

HOLD = """
import sys
from clusteratlas.graph import open_store
with open_store(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""
LOAD = """
import os, resource, signal, sys
from pathlib import Path
from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import ClusterAtlasError
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.progress import Silent

class Die(Silent):
    left = int(sys.argv[4])
    def advance(self, units=1):
        Die.left -= 1
        if Die.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

store = open_store(sys.argv[1])
store.prepare_schema()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    load_edition(open_edition(Path(sys.argv[2])), store, progress=Die())
except ClusterAtlasError as exc:
    print(type(exc).__name__, exc, "|", exc.hint)
store.close()
"""
NEVER = 10**9


def _load(path: Path, edition: Edition, *, room: int = NEVER, die: int = NEVER) -> tuple[int, str]:
    """Load in a process of its own, with so many bytes a file, killed at the n-th step."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(path), str(edition.path), str(room), str(die)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "atlas.lbug"


def test_what_was_loaded_is_there_when_opened_again(path: Path, tiny: Edition) -> None:
    with open_store(path) as store:
        load_edition(tiny, store)
    with open_store(path, read_only=True) as store:
        assert dump(store) == held_by(tiny)
        assert isinstance(store, GraphStore)


def test_one_process_writes(path: Path, tiny: Edition) -> None:
    with open_store(path) as store:
        load_edition(tiny, store)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreUnavailable, match="another process writes") as caught:
            open_store(path)
        assert "wait" in str(caught.value.hint)
        with open_store(path, read_only=True) as reader:
            assert reader.info().nodes["Region"] == 9
    finally:
        holder.communicate("")
    open_store(path).close()


def test_a_store_opened_for_reading_refuses_to_write(path: Path, tiny: Edition) -> None:
    with open_store(path) as store:
        load_edition(tiny, store)
    with open_store(path, read_only=True) as store:
        with pytest.raises(QueryRefused, match="only reading"):
            store.write("MATCH (n:Region) SET n.name = 'x'", name="write")
        assert load_edition(tiny, store).outcome == "unchanged"
        with pytest.raises(StoreError, match="only reading"):
            load_edition(tiny, store, force=True)


def test_there_is_nothing_to_read(path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="there is no store") as caught:
        open_store(path, read_only=True)
    assert "clusteratlas load" in str(caught.value.hint)
    assert not path.parent.exists()


def test_other_files_and_folders_are_no_stores(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, " * 1000)
    for wrong in (letter, tmp_path):
        with pytest.raises(StoreError, match="is not an embedded store"):
            open_store(wrong)
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(letter / "below.lbug")
    assert letter.read_text().startswith("Dear reader")


def test_a_store_of_another_model_is_not_touched(path: Path) -> None:
    with open_store(path) as store:
        store.write("CREATE NODE TABLE Region(key STRING, PRIMARY KEY(key))", name="older")
        with pytest.raises(StoreError, match="another graph model: Region differs") as caught:
            store.prepare_schema()
        assert "store wipe" in str(caught.value.hint)
        store.wipe()
        store.prepare_schema()


@pytest.mark.parametrize(
    "cypher",
    [
        "COMMIT; CREATE (:Region {key: 'x'})",
        "RETURN 1; RETURN 2",
        "COPY (MATCH (n:Region) RETURN n.key) TO '{folder}/stolen.csv'",
        "EXPORT DATABASE '{folder}/stolen'",
        "PROFILE COPY (MATCH (n:Region) RETURN n.key) TO '{folder}/stolen.csv'",
        "LOAD EXTENSION httpfs",
        "CALL threads=1",
        "/* MATCH */ CREATE (:Region {key: 'x'})",
        "// only a comment",
        "",
    ],
)
def test_a_reading_statement_has_no_way_out(cypher: str, tmp_path: Path) -> None:
    with LadybugStore(":memory:") as store:
        store.prepare_schema()
        with pytest.raises(QueryRefused):
            store.read(cypher.replace("{folder}", str(tmp_path)), name="sly")
        assert store.info().nodes["Region"] == 0
    assert list(tmp_path.iterdir()) == []


def test_semicolons_and_dollars_in_strings_and_comments_mean_nothing() -> None:
    with LadybugStore(":memory:") as store:
        text = "// first; $one\nRETURN 'a;b $two' AS a, \"c;d\" AS b /* ; $three */ ;\n"
        assert store.read(text, name="quoted").rows == [{"a": "a;b $two", "b": "c;d"}]


# The schema's log has some 23,000 bytes: no room for the next record, half of it, or the data.
@pytest.mark.parametrize("room", [20_000, 24_000, 200_000])
def test_a_full_disk_is_said_and_the_next_load_finishes(
    path: Path, tiny: Edition, room: int
) -> None:
    code, said = _load(path, tiny, room=room)
    assert (code, said.count("\n")) == (0, 1)
    assert said.startswith("StoreError")
    assert "make room" in said
    with open_store(path) as store:
        assert not any(e.complete for e in store.editions())
        load_edition(tiny, store)
        assert dump(store) == held_by(tiny)


def test_without_room_nothing_is_begun(
    path: Path, tiny: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clusteratlas.graph.engines.ladybug.load._ROW_BYTES", 1 << 50)
    with open_store(path) as store:
        with pytest.raises(StoreError, match=r"needs up to .* MB and the disk has"):
            load_edition(tiny, store)
        assert sum(store.info().nodes.values()) == 0


@pytest.mark.parametrize("step", [1, 27])
def test_a_killed_load_is_finished_by_the_next(
    path: Path, tiny: Edition, other: Edition, step: int
) -> None:
    with open_store(path) as store:
        load_edition(other, store)
        before = dump(store)
    code, _ = _load(path, tiny, die=step)
    assert code == -9
    with open_store(path) as store:
        assert dump(store) == before
        load_edition(tiny, store)
        held, alone = dump(store, "tiny"), held_by(tiny)
        for relationships in graph_tables(tiny).relationships:
            assert held.get(relationships.type) == alone.get(relationships.type)
