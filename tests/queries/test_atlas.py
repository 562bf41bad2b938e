"""Opening an atlas, Cypher of one's own, finding."""

from __future__ import annotations

from pathlib import Path

import pytest

import clusteratlas
from clusteratlas.editions.store import edition as editions
from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.errors import InputError, QueryRefused, StoreError, StoreUnavailable
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas import library
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from tests.tiny import tiny_tables


@pytest.fixture
def home(tiny: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's empty data folder; the shipped edition is the tiny one."""
    monkeypatch.setattr(editions, "SHIPPED", str(tiny.path))
    monkeypatch.delenv("CLUSTERATLAS_STORE", raising=False)
    monkeypatch.setattr(library, "default_path", lambda: tmp_path / "data" / "atlas.lbug")
    return tmp_path / "data" / "atlas.lbug"


def test_the_default_store_is_filled_once(home: Path) -> None:
    with open_atlas() as first:
        answer = first.ask("cluster", cluster="drugs")
        assert answer.remarks[0].startswith(f"loaded the edition tiny into {home} first")
        with pytest.raises(QueryRefused):
            first.store.write("CREATE (:Source {key: 'x'})", name="write")
    with open_atlas() as second, open_atlas() as third:
        assert second.ask("cluster", cluster="drugs").remarks == answer.remarks[1:]
        assert third.find("boston")


def test_an_empty_default_store_is_filled_too(home: Path) -> None:
    with open_store(home) as store:
        store.prepare_schema()
    with open_atlas(read_only=False) as atlas:
        assert atlas.ask("definitions").rows
        atlas.cypher("CREATE (:Source {key: 'mine'})", write=True)
        found = atlas.cypher("MATCH (s:Source {key: $key}) RETURN s.key AS key", {"key": "mine"})
        assert found.rows == [{"key": "mine"}]


def test_a_store_that_another_version_filled_says_so(home: Path, tmp_path: Path) -> None:
    tables = tiny_tables()
    older = {**tables, "outliers": tables["outliers"].iloc[1:]}
    home.parent.mkdir()
    with open_store(home) as store:
        load_edition(write_edition(tmp_path / "older", "tiny", older, {}), store)
    said = (
        f"the edition tiny in {home} is that of another version of the package: "
        "`clusteratlas load` replaces it"
    )
    with open_atlas() as atlas:
        assert said in atlas.ask("definitions").notes
    # Where the store is named, its edition is the user's own affair.
    with open_atlas(home) as atlas:
        assert said not in atlas.ask("definitions").notes


def test_the_package_offers_it(home: Path) -> None:
    with clusteratlas.open_atlas() as atlas:
        assert isinstance(atlas, clusteratlas.Atlas)
        assert len(atlas.questions()) == len(QUESTIONS)


def test_a_store_in_memory_is_filled(home: Path) -> None:
    with open_atlas(":memory:") as atlas:
        assert atlas.ask("region", region="MA").rows
    assert not home.exists()


def test_named_stores_are_never_filled(home: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="there is no store at"):
        open_atlas(tmp_path / "other.lbug")
    open_store(tmp_path / "empty.lbug").close()
    with pytest.raises(StoreError, match="holds no edition"):
        open_atlas(tmp_path / "empty.lbug")
    with pytest.raises(InputError, match="not the address of a store"):
        open_atlas("http://localhost")


def test_the_environment_names_a_store(
    home: Path, tiny: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERATLAS_STORE", str(tmp_path / "named.lbug"))
    with pytest.raises(StoreUnavailable):
        open_atlas()
    with open_store() as store:
        load_edition(tiny, store)
    with open_atlas() as atlas:
        assert atlas.store.url == str(tmp_path / "named.lbug")


def test_an_edition_that_is_not_there(home: Path) -> None:
    with pytest.raises(StoreError, match="holds no edition us-1999") as caught:
        open_atlas(":memory:", edition="us-1999")
    assert caught.value.hint == "it holds tiny"


def test_cypher_reads_with_limits(embedded: Atlas) -> None:
    found = embedded.cypher("MATCH (r:Region) RETURN r.key AS key ORDER BY key", limit=2)
    assert found.rows == [{"key": "cbsa:14460"}, {"key": "cbsa:39300"}]
    assert found.truncated
    frame = embedded.cypher("MATCH (r:Region) RETURN count(r) AS n").to_pandas()
    assert frame["n"].tolist() == [9]
    with pytest.raises(QueryRefused):
        embedded.cypher("CREATE (:Source {key: 'x'})")
    with pytest.raises(QueryRefused, match="cypher"):
        embedded.cypher("MATCH (r:Regoin) RETURN r.key AS key")


def test_find(atlas: Atlas) -> None:
    hits = atlas.find("boston")
    assert [(h.kind, h.key) for h in hits[:2]] == [("region", "cbsa:14460"), ("region", "ea:19")]
    assert atlas.find("325412")[0].name == "Pharmaceutical Manufacturing"
    assert atlas.find("drugs")[0].kind == "cluster"


def test_a_cluster_given_by_its_key_brings_its_definitions(embedded: Atlas) -> None:
    answer = embedded.ask("cluster", cluster="tiny/algorithm:drugs")
    assert answer.arguments["definition"] == "tiny/algorithm"
    assert answer.title.endswith("Drugs")


def test_questions_read_what_a_statement_wrote(tiny: Edition, tmp_path: Path) -> None:
    with open_store(tmp_path / "mine.lbug") as store:
        load_edition(tiny, store)
        atlas = open_atlas(store)
        assert atlas.find("moorings") == []
        text = "MATCH (s:Sector {key: 'bea2017:445000'}) SET s.title = 'Moorings'"
        atlas.cypher(text, write=True)
        assert atlas.find("moorings")[0].key == "bea2017:445000"
