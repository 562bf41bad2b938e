"""The review of the shipped set: every point of the checklist has an answer, every name is true."""

from __future__ import annotations

import pandas as pd
import pytest

from clusteratlas.analysis.clustering.name_parts import NAMED, UNSAID
from clusteratlas.analysis.clustering.subclusters import WHOLE
from clusteratlas.editions.store.edition import Edition, open_edition

REVIEWED = "us-2021/reviewed"


@pytest.fixture(scope="module")
def shipped() -> Edition:
    return open_edition()


@pytest.fixture(scope="module")
def clusters(shipped: Edition) -> pd.DataFrame:
    table = shipped.table("clusters")
    return table[(table["definition"] == REVIEWED) & (table["kind"] == "traded")]


def test_every_point_of_the_checklist_is_answered(shipped: Edition) -> None:
    findings = shipped.table("findings")
    loose = findings[findings["answer"].isna()]
    told = (loose["cluster"] + " " + loose["item"] + " " + loose["what"]).tolist()
    assert told == []


def test_names_of_clusters_and_subclusters_are_true_by_jobs(clusters: pd.DataFrame) -> None:
    named = clusters[clusters["level"] != "family"]
    assert named["named_share"].notna().all()
    assert (named["named_share"] >= NAMED).all()
    assert (named["largest_unnamed_share"] <= UNSAID).all()
    assert (named["largest_unnamed_share"] <= named["smallest_named_share"]).all()
    whole = clusters[clusters["level"] == "cluster"]
    assert whole["description"].notna().all()


def test_every_large_cluster_has_subclusters_with_names_of_their_own(
    clusters: pd.DataFrame,
) -> None:
    inside = clusters[clusters["level"] == "subcluster"]
    large = clusters[(clusters["level"] == "cluster") & (clusters["industries"] > WHOLE)]
    assert set(large["key"]) <= set(inside["parent"])
    assert not inside.duplicated(["parent", "name"]).any()


def test_the_set_holds_above_chance_and_on_other_data(shipped: Edition) -> None:
    sets = shipped.table("definitions").set_index("name").loc[["algorithm", "reviewed"]]
    assert (sets["null_copies"] == 19).all()
    assert (sets["margin"] > sets["null_high"]).all()
    assert (sets["jaccard"] >= 0.75).all()
    scores = shipped.table("evaluations")
    crossed = scores[scores["out_of_sample"].fillna(False).astype(bool)]
    assert {"us-2021/algorithm", REVIEWED} <= set(crossed["definition"])


def test_judged_moves_are_on_memberships_with_their_price(shipped: Edition) -> None:
    members = shipped.table("memberships")
    own = members[members["definition"] == REVIEWED]
    log = shipped.table("outliers")
    moved = log[(log["definition"] == REVIEWED) & log["reason"].notna()]
    judged = own[own["moved_because"].notna()]
    assert set(judged["naics"]) == set(moved["naics"])
    assert judged["moved_relatedness"].notna().all()
    assert len(judged) <= 0.2 * own["traded"].sum()


def test_the_earlier_sets_are_beside_it(shipped: Edition) -> None:
    pairs = shipped.table("agreements")
    beside = set(pairs.loc[pairs["a"] == REVIEWED, "b"]) | set(
        pairs.loc[pairs["b"] == REVIEWED, "a"]
    )
    assert {"us-2021/us-2017-reviewed-1", "us-2021/us-2021-first"} <= beside
