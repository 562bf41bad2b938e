"""What ties an industry to clusters, by hand on six industries."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.linkages.combined import (
    COMBINED,
    Linkages,
    combine_linkages,
    standardize,
)
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.scores.affinities import cluster_affinities, relatedness_margin

CODES = [f"31111{i}" for i in range(6)]
LABELS = ["a", "a", "a", "b", "b", "c"]


def pairs(**values: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    out = np.zeros((6, 6))
    for name, value in values.items():
        i, j = int(name[1]), int(name[2])
        out[i, j] = out[j, i] = value
    return out


def six() -> Linkages:
    io = pairs(p01=0.3, p02=0.3, p12=0.3, p34=0.3, p05=0.1)
    # Location says that the first belongs to b; the other three linkages say a.
    lc = pairs(p12=0.6, p03=0.9, p04=0.9, p34=0.8)
    matrices = {"lc_emp": lc, "lc_est": io, "coi": lc, "io": io, "occ": io}
    return combine_linkages(CODES, matrices, [""] * 6, [""] * 6)


def test_own_cluster_first_then_the_nearest() -> None:
    table = cluster_affinities(six(), LABELS, nearest=1)
    assert len(table) == 12
    first = table[table["naics"] == CODES[0]]
    assert first["cluster"].tolist() == ["a", "b"]
    assert first["own"].tolist() == [True, False]
    assert first["rank"].tolist() == [1, 2]
    assert first["lc_emp"].tolist() == pytest.approx([0.0, 0.9])
    assert first["io"].tolist() == pytest.approx([0.3, 0.0])
    assert first["runs"].isna().all()


def test_what_is_needed_closes_the_gap() -> None:
    links = six()
    row = (
        cluster_affinities(links, LABELS, nearest=2)
        .query("naics == '311110' and cluster == 'b'")
        .iloc[0]
    )
    gap = cluster_relatedness(links.matrices["combined"], LABELS).wcr[0] - row["combined"]
    assert gap > 0
    for name in COMBINED:
        values = links.matrices[name][~np.eye(6, dtype=bool)]
        assert row[f"need_{name}"] == pytest.approx(4 * gap * values.std())
    # Raise one linkage to both members of b by that much: the means meet (the scale held still).
    z = {name: standardize(links.matrices[name]) for name in COMBINED}
    raised = z["io"].copy()
    step = row["need_io"] / links.matrices["io"][~np.eye(6, dtype=bool)].std()
    raised[0, 3:5] += step
    raised[3:5, 0] += step
    mean = np.mean([raised, z["lc_emp"], z["lc_est"], z["occ"]], axis=0)
    after = cluster_relatedness(mean, LABELS)
    assert after.industry[0, 1] == pytest.approx(after.industry[0, 0])


def test_what_is_needed_of_an_unknown_linkage_is_not_known() -> None:
    # The first industry's trade is unknown with one member of b, then with both.
    whole = six()
    for unknown, share in (([3], 0.5), ([3, 4], 0.0)):
        io = whole.matrices["io"].copy()
        io[0, unknown] = io[unknown, 0] = np.nan
        matrices = {k: m for k, m in whole.matrices.items() if k != "combined"} | {"io": io}
        links = combine_linkages(CODES, matrices, [""] * 6, [""] * 6)
        assert not np.isnan(links.matrices["combined"]).any()
        table = cluster_affinities(links, LABELS, nearest=2)
        row = table.query("naics == '311110' and cluster == 'b'").iloc[0]
        if not share:
            assert np.isnan(row["io"])
            assert np.isnan(row["need_io"])
            continue
        gap = cluster_relatedness(links.matrices["combined"], LABELS).wcr[0] - row["combined"]
        values = io[~np.eye(6, dtype=bool)]
        assert row["need_io"] == pytest.approx(4 * gap * np.nanstd(values) / share)
        assert row["need_occ"] == pytest.approx(
            4 * gap * links.matrices["occ"][~np.eye(6, dtype=bool)].std()
        )


def test_a_membership_that_hangs_on_one_linkage_says_so() -> None:
    io = pairs(p01=0.5, p02=0.5, p12=0.3, p34=0.3)
    lc = pairs(p12=0.3, p03=0.3, p04=0.3, p34=0.3)
    links = combine_linkages(
        CODES, {"lc_emp": lc, "lc_est": lc, "coi": lc, "io": 4 * io, "occ": io}, [""] * 6, [""] * 6
    )
    z = {
        name: cluster_relatedness(standardize(links.matrices[name]), LABELS).industry
        for name in COMBINED
    }
    row = (
        cluster_affinities(links, LABELS, nearest=2)
        .query("naics == '311110' and cluster == 'b'")
        .iloc[0]
    )
    want = [
        left for left in COMBINED if sum(z[n][0, 0] - z[n][0, 1] for n in COMBINED if n != left) < 0
    ]
    assert row["without"].split() == want
    assert want


def test_a_nearer_cluster_needs_nothing() -> None:
    lc = pairs(p03=0.9, p04=0.9, p34=0.8, p12=0.5)
    links = combine_linkages(
        CODES, dict.fromkeys(("lc_emp", "lc_est", "coi", "io", "occ"), lc), [""] * 6, [""] * 6
    )
    table = cluster_affinities(links, LABELS, nearest=2, co_membership=np.full((6, 3), 0.25))
    row = table.query("naics == '311110' and cluster == 'b'").iloc[0]
    assert (row["rank"], row["need_io"], row["without"], row["runs"]) == (1, 0, "", 0.25)
    alone = table.query("naics == '311115' and own").iloc[0]
    assert np.isnan(alone["combined"])


def test_the_margin_is_own_minus_next() -> None:
    assert relatedness_margin(1.5, 1.75) == -0.25
    assert relatedness_margin(None, 1.0) is None
    assert relatedness_margin(1.0, None) is None
