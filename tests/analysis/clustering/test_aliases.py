"""Names that people use, by hand: six industries in three clusters, with 100 to 600 jobs."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.clustering.aliases import MEANT, Alias, aliased_clusters

CODES = ("111111", "222222", "333333", "444444", "555555", "666666")
JOBS = pd.Series([100, 200, 300, 400, 500, None], index=list(CODES), dtype="Int64")
TRADED = pd.Series([True, True, True, True, False, True], index=list(CODES))
CLUSTER = pd.Series(["a", "a", "b", "b", "local", "c"], index=list(CODES))
INSIDE = pd.Series(["a/x", None, "b/y", "b/z", None, None], index=list(CODES))
FAMILY = pd.Series(["f", "f", "f", "f", None, "g"], index=list(CODES))
ALL = {"family": FAMILY, "cluster": CLUSTER, "subcluster": INSIDE}

Found = list[tuple[str, str, int, float]]


def found(*aliases: Alias, levels: str = "family cluster subcluster") -> Found:
    homes = {level: ALL[level] for level in levels.split()}
    table = aliased_clusters(aliases, homes, TRADED, JOBS)
    assert set(table["alias"]) <= {a.name for a in aliases}
    columns = ("cluster", "level", "rank", "share")
    return [
        (str(c), str(lv), int(r), round(float(s), 4))
        for c, lv, r, s in zip(*(table[c] for c in columns), strict=True)
    ]


def alias(codes: str, level: str = "cluster", *, traded: bool = True, name: str = "n") -> Alias:
    return Alias(name, level, traded, tuple(codes.split()))


def test_one_cluster_with_two_thirds_of_the_jobs_is_meant() -> None:
    assert found(alias("111111 222222")) == [("a", "cluster", 1, 1.0)]
    # 300 of 400 jobs, then 400 of 600, which is just two thirds.
    assert found(alias("111111 333333")) == [("b", "cluster", 1, 0.75)]
    assert found(alias("222222 444444")) == [("b", "cluster", 1, 0.6667)]


def test_clusters_that_need_each_other_for_two_thirds_are_candidates() -> None:
    assert found(alias("222222 333333")) == [("b", "cluster", 1, 0.6), ("a", "cluster", 2, 0.4)]


def test_where_no_jobs_are_known_industries_count_alike() -> None:
    assert found(alias("666666")) == [("c", "cluster", 1, 1.0)]
    assert found(alias("666666 222222")) == [("a", "cluster", 1, 1.0)]


@pytest.mark.parametrize(
    ("level", "levels", "expected"),
    [
        ("family", "family cluster subcluster", [("f", "family", 1, 1.0)]),
        ("family", "cluster subcluster", [("a", "cluster", 1, 1.0)]),
        ("subcluster", "family cluster subcluster", [("a/x", "subcluster", 1, 1.0)]),
        ("subcluster", "cluster", [("a", "cluster", 1, 1.0)]),
        ("subcluster", "family", [("f", "family", 1, 1.0)]),
    ],
)
def test_a_level_that_a_set_lacks_falls_to_the_nearest(
    level: str, levels: str, expected: Found
) -> None:
    assert found(alias("111111", level), levels=levels) == expected


def test_a_name_of_two_subclusters_means_the_cluster_around_them() -> None:
    assert found(alias("333333 444444", "subcluster")) == [("b", "cluster", 1, 1.0)]
    # The cluster holds 700 of 1000 jobs, no subcluster two thirds.
    spread = found(alias("333333 444444 111111 222222", "subcluster"))
    assert spread == [("b", "cluster", 1, 0.7)]
    # No cluster holds two thirds either: what is narrower are the candidates.
    assert found(alias("222222 333333", "subcluster")) == [
        ("b/y", "subcluster", 1, 0.6),
        ("a", "cluster", 2, 0.4),
    ]


def test_an_industry_without_a_subcluster_counts_for_its_cluster() -> None:
    assert found(alias("222222", "subcluster")) == [("a", "cluster", 1, 1.0)]


def test_industries_of_the_other_kind_are_left_out() -> None:
    assert found(alias("222222 555555")) == [("a", "cluster", 1, 1.0)]
    assert found(alias("222222 555555", traded=False)) == [("local", "cluster", 1, 1.0)]
    assert found(alias("555555")) == []
    assert found(alias("999999")) == []


def test_meanings_of_one_name_are_candidates_in_their_order() -> None:
    both = (alias("111111"), alias("444444"))
    assert found(*both) == [("a", "cluster", 1, 1.0), ("b", "cluster", 2, 1.0)]
    assert found(alias("333333"), alias("444444")) == [("b", "cluster", 1, 1.0)]


@given(st.sets(st.sampled_from(CODES), min_size=1), st.sampled_from(list(ALL)))
def test_candidates_hold_two_thirds_and_none_is_spare(codes: set[str], level: str) -> None:
    shares = [s for _, _, _, s in found(alias(" ".join(sorted(codes)), level))]
    assert shares == sorted(shares, reverse=True)
    if shares:
        assert sum(shares) >= MEANT - 1e-3
        assert sum(shares[:-1]) < MEANT
