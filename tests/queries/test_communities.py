"""Definitions from the graph itself: both engines find what the edition's own table gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.clustering.tie_communities import tie_communities
from clusteratlas.cli.main import main
from clusteratlas.editions.store.edition import Edition, open_edition, write_edition
from clusteratlas.errors import InputError
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.communities import store_communities
from tests.graph.held import renamed
from tests.tiny import tiny_tables

SETS: dict[str, dict[str, Any]] = {
    "leiden": {"method": "leiden", "resolution": 0.1, "neighbors": 18, "mutual": True, "trials": 2},
    "louvain": {"method": "louvain", "resolution": 2.0, "neighbors": 18},
    "modularity": {"method": "leiden-modularity", "resolution": 2.0, "neighbors": 18, "trials": 2},
    "reviewed": {"method": "review", "of": "spectral"},
    "spectral": {"method": "spectral", "clusters": 43, "neighbors": 24, "trials": 1},
    "rows": {"method": "ward", "clusters": 9},
}


def real_ties(folder: Path) -> Edition:
    """The tiny atlas with the ties of the shipped edition, and a set of each method."""
    shipped, tables = open_edition(), tiny_tables()
    tables["relatedness"] = shipped.table("relatedness")
    ends = {*tables["relatedness"]["a"], *tables["relatedness"]["b"]}
    for name in ("sources", "industries"):
        more = shipped.table(name)
        if name == "industries":
            more = more[more["key"].isin(list(ends))].assign(parent=None, sector=None)
        both = [tables[name].astype(object), more.astype(object)]
        tables[name] = pd.concat(both, ignore_index=True).drop_duplicates("key")
    one = tables["definitions"].iloc[0]
    rows = [one] + [
        one.copy().replace({"tiny/algorithm": f"tiny/{name}", "algorithm": name}) for name in SETS
    ]
    for row, name in zip(rows[1:], SETS, strict=True):
        row["parameters"], row["is_default"] = json.dumps(SETS[name]), False
    tables["definitions"] = pd.DataFrame(rows)
    return write_edition(folder, "tiny", tables, {"parameters": {}, "seeds": {}})


def from_the_edition(edition: Edition, name: str) -> pd.DataFrame:
    """Communities of the edition's table of ties, which has passed through no database."""
    table = edition.table("relatedness")
    ties = pd.DataFrame(
        {
            "a": table["a"].str.removeprefix("naics2017:").to_numpy(dtype=object),
            "b": table["b"].str.removeprefix("naics2017:").to_numpy(dtype=object),
            "weight": table["combined"].to_numpy(dtype=float),
        }
    )
    return tie_communities(ties, Recipe.from_dict(SETS[name])).members


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return real_ties(tmp_path_factory.mktemp("ties") / "tiny")


def test_the_graph_gives_what_the_edition_gives(store: GraphStore, edition: Edition) -> None:
    load_edition(edition, store)
    for name in ("leiden", "louvain", "modularity", "spectral"):
        found = store_communities(store, name)
        assert found.tie_count == len(edition.table("relatedness"))
        members = found.members.drop(columns="title")
        pd.testing.assert_frame_equal(members, from_the_edition(edition, name))
    assert found.members["title"].notna().all()
    assert store_communities(store, "tiny/reviewed").members.equals(found.members)


@pytest.fixture(scope="module")
def loaded(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "ties.lbug"
    with open_store(path) as store:
        load_edition(edition, store)
    return path


def test_the_first_set_of_communities_is_the_default(loaded: Path) -> None:
    with open_store(loaded, read_only=True) as store:
        assert store_communities(store).name == "leiden"


def test_it_says_how_far_it_agrees_with_the_set_in_the_store(tmp_path: Path) -> None:
    tables = tiny_tables()
    way = {"method": "leiden", "clusters": 2, "neighbors": 4}
    tables["definitions"] = tables["definitions"].assign(parameters=json.dumps(way))
    with open_store(":memory:") as store:
        edition = write_edition(tmp_path / "e", "tiny", tables, {"parameters": {}, "seeds": {}})
        load_edition(edition, store)
        found = store_communities(store)
    # The ties of drugs and of boats are positive, the one between them is negative.
    assert found.members.groupby("cluster").size().tolist() == [3, 2]
    assert found.agreement == pytest.approx(1.0)


def test_what_cannot_be_found_is_refused(loaded: Path, tmp_path: Path) -> None:
    with open_store(loaded, read_only=True) as store:
        with pytest.raises(InputError, match="no edition 'other'"):
            store_communities(store, "other/leiden")
        with pytest.raises(InputError, match="no set 'nothing'"):
            store_communities(store, "nothing")
        with pytest.raises(InputError, match="grouped by ward"):
            store_communities(store, "rows")
        load_two = tmp_path / "two.lbug"
    with open_store(load_two) as store:
        with pytest.raises(InputError, match="no edition"):
            store_communities(store)
        for key in ("one", "two"):
            tables = renamed(tiny_tables(), key)
            made = write_edition(tmp_path / key, key, tables, {"parameters": {}, "seeds": {}})
            load_edition(made, store)
        with pytest.raises(InputError, match="several editions"):
            store_communities(store, "leiden")


def test_the_command(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "members.csv"
    words = ["derive", "--from-store", str(loaded), "--set", "louvain", "--out", str(out)]
    assert main([*words, "--format", "json", "--quiet"]) == 0
    row = json.loads(capsys.readouterr().out)[0]
    members = pd.read_csv(out, dtype={"naics": str})
    assert row["set"] == "tiny/louvain"
    assert row["industries"] == len(members) == members["naics"].nunique()
    assert row["clusters"] == members["cluster"].nunique()
    first = out.read_bytes()
    assert main([*words, "--quiet"]) == 0
    assert out.read_bytes() == first


def test_options_that_do_not_go_together(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "members.csv")
    assert main(["derive", "--out", out]) == 2
    assert "--data or --from-store" in capsys.readouterr().err
    assert main(["derive", "--from-store", str(loaded), "--sweep", "--out", out]) == 2
    assert "--from-store goes with" in capsys.readouterr().err
    nowhere = str(tmp_path / "no" / "where.csv")
    assert main(["derive", "--from-store", str(loaded), "--out", nowhere, "--quiet"]) == 2
    assert "cannot be written" in capsys.readouterr().err
