"""Completed cells carried over: nothing is lost, sums hold, and bounds are what is certain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.cells.bridge import bridge_shares
from clusteratlas.analysis.cells.completion import IndustryTree
from clusteratlas.editions.linkages.carried import recoded_industries, whole_parts
from clusteratlas.editions.linkages.naics_bridges import find_bridge
from clusteratlas.errors import InputError
from tests.editions.inputs import Stub, concordance

AREAS = ("25001", "25003", "25999", "25")
# Of NAICS 2017; books are divided in the later one, music joins a part of them, drugs stay.
BOOKS, MUSIC, DRUGS = "511130", "512230", "325411"
PAIRS = pd.DataFrame(
    [(BOOKS, "513130"), (BOOKS, "512230"), (MUSIC, "512230"), (DRUGS, DRUGS)],
    columns=["from_naics", "to_naics"],
)


@given(
    st.lists(st.integers(0, 2_000_000), min_size=1, max_size=6),
    st.lists(st.integers(1, 900), min_size=1, max_size=5),
)
def test_parts_are_whole_and_add_up(values: list[int], weights: list[int]) -> None:
    shares = np.array(weights) / sum(weights)
    parts = whole_parts(np.array(values), shares)
    assert (parts == np.round(parts)).all()
    assert (parts.sum(axis=0) == values).all()
    assert (np.abs(parts - shares[:, None] * np.array(values)) < 1 + 1e-6).all()


@given(st.lists(st.tuples(*[st.integers(0, 500)] * 3), min_size=9, max_size=9), st.floats(0, 1))
def test_recoded_cells_add_up(cells: list[tuple[int, int, int]], share: float) -> None:
    tree = IndustryTree([BOOKS, MUSIC, DRUGS])
    three = np.sort(np.array(cells).reshape(3, 3, 3), axis=2)
    grids = {}
    for k, end in enumerate(("_low", "", "_high")):
        leaves = np.vstack([three[:, :, k], three[:, :, k].sum(axis=0)]).astype(float)
        grids[f"jobs{end}"] = tree.add_up(leaves).astype(np.int32)
    weights = pd.Series({"513130": share, "512230": 1 - share, DRUGS: 1.0})
    new, out = recoded_industries(AREAS, tree, grids, bridge_shares(PAIRS, weights), ["jobs"])
    point, low, high = out["jobs"], out["jobs_low"], out["jobs_high"]
    assert (point[:, new.at["total"]] == grids["jobs"][:, tree.at["total"]]).all()
    assert (point[:3].sum(axis=0) == point[3]).all()
    assert (new.add_up(point[:, new.leaves].astype(float)) == point).all()
    assert (low <= point).all()
    assert (point <= high).all()
    # What holds all the parts together, and what nothing changed, has the bounds that it had.
    for code in ("total", "51", "325", DRUGS):
        for name, grid in grids.items():
            assert (out[name][:, new.at[code]] == grid[:, tree.at[code]]).all()
    assert (low[:, new.at["513130"]] == 0).all()


def test_ways_of_several_steps() -> None:
    first = concordance(2017, 2012, {"511130": BOOKS, "325411": DRUGS})
    second = Stub("naics-concordance", 2022, PAIRS.assign(from_vintage=2017, to_vintage=2022))
    jobs = pd.DataFrame({"naics": [BOOKS, MUSIC, DRUGS], "jobs": [9, 30, 5], "level": 6})
    nation = Stub("cbp-state", 2019, jobs)
    way = find_bridge(2012, 2022, (first, second), [nation], what="x", near=2016)
    assert way.concordances == ("naics-concordance-2017", "naics-concordance-2022")
    # Music alone goes whole to 512230, and no industry to 513130.
    assert way.weights == ("cbp-state-2019", "cbp-state-2019, undivided industries")
    assert dict(zip(way.shares["to_naics"], way.shares["share"], strict=True)) == {
        **{DRUGS: 1.0, "512230": 1.0, "513130": 0.0}
    }
    back = find_bridge(2022, 2017, (first, second), [nation], what="x", near=2022)
    from_music = back.shares[back.shares["from_naics"] == "512230"].set_index("to_naics")["share"]
    assert from_music.to_dict() == pytest.approx({BOOKS: 9 / 39, MUSIC: 30 / 39})
    assert not find_bridge(2017, 2017, (), [], what="x", near=2022).changes
    with pytest.raises(InputError, match="x has codes of NAICS 2007, and codes of NAICS 2022 are"):
        find_bridge(2007, 2022, (first, second), [nation], what="x", near=2010)
