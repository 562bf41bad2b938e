"""What the industry question says of types, buyers and jobs that are booked elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import write_edition
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.tiny import tiny_tables


def test_an_industry_that_is_regional_by_its_scores_says_so(atlas: Atlas) -> None:
    answer = atlas.ask("industry", industry="336611")
    (own,) = [r for r in answer.rows if r.role == "own"]
    assert (own.kind, own.type, own.buyer) == ("traded", "regional", "supply-chain")
    assert (own.traded_score, own.regional_score) == (0.9, 0.6)
    assert any("regional by its scores alone" in note for note in answer.notes)
    others = [r for r in answer.rows if r.role != "own"]
    assert all(r.type is None and r.buyer is None for r in others)


def test_an_industry_whose_type_is_its_kind_needs_no_word(atlas: Atlas) -> None:
    for industry in ("325412", "445110"):
        answer = atlas.ask("industry", industry=industry)
        assert not any("scores alone" in note for note in answer.notes)


def test_of_a_local_industry_nothing_is_said_about_ties(atlas: Atlas) -> None:
    (own,) = atlas.ask("industry", industry="445110").rows
    assert (own.role, own.ties, own.combined, own.why) == ("own", 0, None, None)


@pytest.fixture
def booked(tmp_path: Path) -> Iterator[Atlas]:
    """The tiny atlas, whose clothing is booked at employers of record: in no cluster."""
    tables = tiny_tables()
    industries = tables["industries"]
    clothes = industries["naics"] == "448110"
    tables["industries"] = industries.assign(
        kind=industries["kind"].mask(clothes, "unplaced"),
        title=industries["title"].mask(clothes, "Employers of Record"),
    )
    members = tables["memberships"]
    tables["memberships"] = members[members["naics"] != "448110"]
    profiles = tables["region_profiles"]
    tables["region_profiles"] = profiles.assign(jobs=profiles["jobs"] + 1000)
    edition = write_edition(tmp_path / "tiny", "tiny", tables, {"parameters": {}, "seeds": {}})
    with open_store(":memory:") as store:
        load_edition(edition, store)
        yield open_atlas(store)


def test_an_unplaced_industry_is_in_no_cluster_and_says_why(booked: Atlas) -> None:
    answer = booked.ask("industry", industry="448110")
    (own,) = answer.rows
    assert (own.section, own.name, own.jobs) == ("industry", "Employers of Record", 1000)
    assert (own.kind, own.role, own.type) == ("unplaced", None, "local")
    assert any("booked at the employer of record" in note for note in answer.notes)
    assert not any("do not cover it" in note for note in answer.notes)


def test_a_region_says_how_many_jobs_are_in_no_cluster(booked: Atlas, atlas: Atlas) -> None:
    answer = booked.ask("region", region="boston")
    assert any(n.startswith("1,000 of 4,900 jobs are in no cluster") for n in answer.notes)
    assert not any("no cluster" in n for n in atlas.ask("region", region="boston").notes)
