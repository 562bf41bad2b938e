"""Related clusters: links of a worked set."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.linkages.combined import SINGLE, Linkages, combine_linkages
from clusteratlas.analysis.scores.related_clusters import percentiles, related_clusters
from tests.analysis.worked import CODES, LABELS, WORKED, blocks, planted


def links_of(**matrices: np.ndarray) -> Linkages:
    base = dict.fromkeys(SINGLE, WORKED)
    return combine_linkages(CODES, {**base, **matrices}, CODES, CODES)


def many(strong: tuple[str, str]) -> tuple[Linkages, list[str]]:
    """Twelve planted clusters of four, two of them tied to each other in all matrices but coi."""
    matrix, labels = planted(12, 4, inside=1.0, noise=0.05, seed=2)
    tied = np.isin(labels, strong)
    matrix = matrix + np.where(np.outer(tied, tied) & ~np.equal.outer(labels, labels), 0.5, 0)
    quiet, _ = planted(12, 4, inside=1.0, noise=0.05, seed=3)
    matrices = {**dict.fromkeys(("lc_emp", "lc_est", "io", "occ"), matrix), "coi": quiet}
    codes = [f"{111111 + i}" for i in range(48)]
    return combine_linkages(codes, matrices, codes, codes), labels


def test_percentiles_share_ties_and_pass_over_gaps() -> None:
    values = np.array([1.0, 2.0, 2.0, 5.0, np.nan])
    assert percentiles(values)[:4].tolist() == [12.5, 50, 50, 87.5]
    assert np.isnan(percentiles(values)[4])


def test_without_links_each_cluster_shows_its_two_closest() -> None:
    table = related_clusters(links_of(), LABELS)
    # Three clusters, three pairs: percentiles 16.7, 50, 83.3, so that nothing is strong or weak.
    assert table[["a", "b"]].apply(tuple, axis=1).tolist() == [("a", "b"), ("a", "c"), ("b", "c")]
    assert (table["strength"] == "next").all()
    assert table["percentile"].tolist() == pytest.approx([100 / 6, 50, 500 / 6])


def test_ri_by_hand() -> None:
    # Relatedness of industries to other clusters: .2, .3 (a), .2, .4 (b), .3, .4 (c), twice each;
    # the top tenth of the twelve is .4: all of b to c and of c to b.
    table = related_clusters(links_of(), LABELS)[["ri_ab", "ri_ba", "ri_avg", "ri_min"]]
    # Rows: a-b, a-c, b-c.
    assert table.to_numpy().tolist() == [[0] * 4, [0] * 4, [1] * 4]


def test_a_planted_tie_is_strong() -> None:
    links, labels = many(("03", "07"))
    table = related_clusters(links, labels)
    strong = table[table["strength"] == "strong"]
    assert ("03", "07") in set(zip(strong["a"], strong["b"], strict=True))
    tie = table[(table["a"] == "03") & (table["b"] == "07")].iloc[0].to_dict()
    assert tie["percentile"] == table["percentile"].max()
    assert tie["ri_min"] == 1


def test_every_cluster_stands_in_the_table() -> None:
    links, labels = many(("03", "07"))
    table = related_clusters(links, labels)
    assert set(table["a"]) | set(table["b"]) == set(labels)
    assert (table["a"] < table["b"]).all()
    assert not table.duplicated(["a", "b"]).any()


def test_the_driver_is_the_matrix_in_which_the_pair_stands_out() -> None:
    # By occ alone a and b are the closest pair.
    occ = blocks((0.9, 0.5, 0.1), (0.8, 0.3, 0.4))
    table = related_clusters(links_of(occ=occ), LABELS).set_index(["a", "b"])
    assert table.loc[("a", "b"), "driver"] == "occ"
    assert table.loc[("b", "c"), "driver"] == "lc_emp"  # the first among equals


def test_one_cluster_has_no_links() -> None:
    assert related_clusters(links_of(), ["a"] * 6).empty
