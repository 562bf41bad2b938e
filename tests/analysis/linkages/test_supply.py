"""Input-output links that mean supply: three sectors by hand, and what no choice may change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.linkages.combined import combine_linkages
from clusteratlas.analysis.linkages.domestic_use import domestic_use
from clusteratlas.analysis.linkages.input_output import (
    SectorFlows,
    industry_flows,
    io_links,
    sector_links,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.loaders.source.declaration import all_sources

SECTORS = ("311000", "336000", "420000")
CODES = ["311111", "311999", "336111", "423110"]
SECTOR_OF = pd.Series(dict(zip(CODES, [SECTORS[0], SECTORS[0], *SECTORS[1:]], strict=True)))
# Food, cars, wholesale, each of output 100. Cars sell 2 to others in all, 1 of it to food.
Z = np.array([[10.0, 5, 5], [1, 1, 0], [30, 44, 0]])


def flows_of(Z: np.ndarray, output: float = 100.0) -> SectorFlows:
    n = len(Z)
    return SectorFlows(
        SECTORS[:n], Z, np.full(n, output), np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    )


def use_of(cells: dict[tuple[str, str], float]) -> pd.DataFrame:
    """A use table of three commodities of the sectors' own, and value added."""
    frame = pd.DataFrame([(*k, v) for k, v in cells.items()], columns=["row", "column", "value"])
    return frame.assign(
        row_kind=["value_added" if r[0] == "V" else "commodity" for r in frame["row"]],
        column_kind=["final_use" if c[0] == "F" else "industry" for c in frame["column"]],
    )


USE = use_of(
    {(SECTORS[i], SECTORS[j]): Z[i, j] for i in range(3) for j in range(3)}
    | {(s, "F01000"): 100.0 - Z[i].sum() for i, s in enumerate(SECTORS)}
    | {("V00100", s): 100.0 - Z[:, i].sum() for i, s in enumerate(SECTORS)}
)
MAKE = use_of({(s, s): 100.0 for s in SECTORS}).assign(row_kind="industry", column_kind="commodity")


def test_links_by_hand() -> None:
    # Cars to food: in[c,f] 1/41, out[c,f] 1/2, in[f,c] 5/50, out[f,c] 5/20. Others: 5/5, 44/50.
    assert sector_links(flows_of(Z)) == pytest.approx(
        np.array([[10 / 20, 1 / 2, 5 / 5], [1 / 2, 1 / 2, 44 / 50], [5 / 5, 44 / 50, 0]])
    )


def test_a_mask_is_unknown_not_zero() -> None:
    links = io_links(flows_of(Z), CODES, SECTOR_OF, masked=["42"])
    assert np.isnan(links[3]).all()
    assert np.isnan(links[:, 3]).all()
    # The others keep their links, and the margin stays in what they buy.
    whole = io_links(flows_of(Z), CODES, SECTOR_OF)
    assert links[:3, :3].tolist() == whole[:3, :3].tolist()
    assert links[0, 1] == pytest.approx(10 / 20)


def test_a_floor_by_hand() -> None:
    # 2 % of 100: the flows of 1 say nothing, so cars and food have the 5 that food sells: 5/20.
    links = sector_links(flows_of(Z), floor=0.02)
    assert links[0, 1] == links[1, 0] == pytest.approx(5 / 20)
    assert links[1, 1] == 0
    assert links[0, 2] == pytest.approx(5 / 5)
    # A flow of just the floor counts, and the smaller sector's output is what it is a share of.
    assert sector_links(flows_of(Z), floor=0.01)[0, 1] == pytest.approx(1 / 2)
    uneven = SectorFlows(SECTORS, Z, np.array([1000.0, 20, 1000]), *[np.zeros(3)] * 4)
    assert sector_links(uneven, floor=0.05)[0, 1] == pytest.approx(1 / 2)


def test_trade_of_a_sector_with_itself_may_be_unknown() -> None:
    links = io_links(flows_of(Z), CODES, SECTOR_OF, own_trade=False)
    assert np.isnan(links[0, 1])
    assert np.isnan(links[1, 0])
    assert links[0, 2] == pytest.approx(1 / 2)


def test_a_mask_that_hides_nothing_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no input-output sector begins with '43'"):
        io_links(flows_of(Z), CODES, SECTOR_OF, masked=["42", "43"])


def test_an_unknown_link_moves_no_pair_from_the_others() -> None:
    # Standardized, the unknown is 0: combined is that of the other three linkages alone, over four.
    rng = np.random.default_rng(1)
    random = rng.random((3, 4, 4))
    others = dict(zip(("lc_emp", "lc_est", "occ"), random + random.transpose(0, 2, 1), strict=True))
    masked = io_links(flows_of(Z), CODES, SECTOR_OF, masked=["42"])
    constant = np.ones((4, 4))
    links = combine_linkages(CODES, {**others, "io": masked}, CODES, CODES)
    without = combine_linkages(CODES, {**others, "io": constant}, CODES, CODES)
    assert not np.isnan(links.matrices["combined"]).any()
    assert links.matrices["combined"][3] == pytest.approx(without.matrices["combined"][3])


def test_domestic_use_by_hand() -> None:
    # Cars import 2 of the 5 of food they buy, wholesale 7 of 5; the last 2 are in no cell.
    bought = {("311000", "336000"): 2.0, ("311000", "420000"): 7.0, ("336000", "F01000"): 9.0}
    found = domestic_use(USE, use_of(bought))
    cells = found.use.set_index(["row", "column"])["value"]
    assert cells["311000", "336000"] == 3
    assert cells["311000", "420000"] == 0
    assert (
        cells["336000", "F01000"] == USE.set_index(["row", "column"])["value"]["336000", "F01000"]
    )
    assert found.taken.to_dict() == {"336000": 2.0, "420000": 5.0}
    assert found.beyond.to_dict() == {"336000": 0.0, "420000": 2.0}
    flows = industry_flows(found.use, MAKE)
    whole = industry_flows(USE, MAKE)
    # Inputs from the country, imports taken out and value added make up output.
    taken = found.taken.reindex(list(flows.codes)).fillna(0.0).to_numpy()
    assert flows.Z.sum(axis=0) + taken + flows.value_added == pytest.approx(flows.output)
    assert flows.consumer_share.tolist() == pytest.approx(
        (whole.consumer_sales / (whole.total_sales - [7, 0, 0])).tolist()
    )


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({("311000", "999999"): 1.0}, "no buyer in common"),
        ({("311000", "336000"): -1.0}, "imports of 311000 by 336000 are negative"),
    ],
)
def test_imports_that_do_not_fit(cells: dict[tuple[str, str], float], says: str) -> None:
    with pytest.raises(AnalysisError, match=says):
        domestic_use(USE, use_of(cells))


AMOUNTS = st.lists(st.floats(0, 1e3), min_size=9, max_size=9)


@given(AMOUNTS, st.floats(0, 0.5), st.booleans())
@settings(deadline=None)
def test_masking_changes_no_other_entry(amounts: list[float], floor: float, own: bool) -> None:
    flows = flows_of(np.array(amounts).reshape(3, 3), output=1e4)
    whole = io_links(flows, CODES, SECTOR_OF, floor=floor, own_trade=own)
    masked = io_links(flows, CODES, SECTOR_OF, floor=floor, own_trade=own, masked=["42"])
    np.testing.assert_array_equal(masked[:3, :3], whole[:3, :3])
    assert np.isnan(masked[3]).all()


@given(AMOUNTS, AMOUNTS)
@settings(deadline=None)
def test_domestic_flows_are_no_larger(bought: list[float], imported: list[float]) -> None:
    pairs = [(r, c) for r in SECTORS for c in SECTORS]
    use = use_of(dict(zip(pairs, bought, strict=True)))
    imports = use_of(dict(zip(pairs, imported, strict=True)))
    found = domestic_use(use, imports)
    assert (found.use["value"] >= 0).all()
    assert (found.use["value"] <= use["value"]).all()
    total = found.taken + found.beyond
    assert total.sum() == pytest.approx(sum(imported))
    if min(bought) > 1e-6:
        whole, domestic = industry_flows(use, MAKE).Z, industry_flows(found.use, MAKE).Z
        assert (domestic <= whole * (1 + 1e-12)).all()


@pytest.mark.data
def test_imports_of_2017(data_dir: Path) -> None:
    sources = all_sources()
    use, make, imports = (
        sources[name].load(sources[name].find(data_dir, 2017), 2017)
        for name in ("bea-use", "bea-make", "bea-imports")
    )
    found = domestic_use(use, imports)
    # Noncomparable imports of 142 billion are in them; no sector makes those.
    assert found.taken.sum() == pytest.approx(1_404_902, abs=1)
    assert found.beyond.sum() == pytest.approx(11_390, abs=1)
    flows, whole = industry_flows(found.use, make), industry_flows(use, make)
    gap = flows.Z.sum(0) + flows.unproduced + flows.value_added - flows.output
    taken = found.taken.reindex(list(flows.codes)).fillna(0.0)
    assert np.abs(gap + taken.to_numpy()).max() < 25
    assert flows.Z.sum() < whole.Z.sum()
