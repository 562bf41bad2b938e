"""Linkages by the recipe's areas, with square roots beside the levels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.linkages.input_output import industry_flows
from clusteratlas.analysis.linkages.occupations import occupation_profiles
from clusteratlas.editions.flow.recipe import InputOutput
from clusteratlas.editions.linkages.cells import AreaCells
from clusteratlas.editions.linkages.matrices import ROOTS, levels, linkages, with_io
from clusteratlas.errors import InputError
from tests.analysis.worked import io_tables

CODES = ["311111", "321111", "331111"]
JOBS = np.array([[1.0, 4, 9, 0], [4, 9, 16, 0], [0, 0, 0, 100]])
SETTINGS = {"lc_emp": "cbsa", "lc_est": "ea", "coi": "cbsa"}


@pytest.fixture
def cells() -> AreaCells:
    rows = [
        (area, code, JOBS[i, r], JOBS[i, r] ** 2)
        for i, code in enumerate(CODES)
        for r, area in enumerate("abcd")
        if JOBS[i, r]
    ]
    frame = pd.DataFrame(rows, columns=["area", "naics", "jobs", "establishments"])
    return AreaCells({"cbsa": frame, "ea": frame[frame["area"] != "c"]})


def test_roots_stand_beside_the_levels(cells: AreaCells) -> None:
    rows = [("31-33", "o1", 1.0), ("31-33", "o2", 2.0)]
    staff = pd.DataFrame(rows, columns=["naics", "soc", "jobs"])
    sector = pd.Series(dict.fromkeys(CODES, "X"))
    profiles = occupation_profiles(staff, CODES)
    flows = industry_flows(*io_tables())
    links = linkages(cells, CODES, flows, sector, profiles, SETTINGS, InputOutput())
    # Roots of jobs: (1, 2, 3, 0) and (2, 3, 4, 0). Roots of establishments are the jobs, without c.
    by_hand = np.corrcoef([1, 2, 3, 0], [2, 3, 4, 0])[0, 1]
    assert links.matrices["lc_emp_root"][0, 1] == pytest.approx(by_hand)
    assert links.matrices["lc_est_root"][0, 1] == pytest.approx(
        np.corrcoef([1, 4, 0], [4, 9, 0])[0, 1]
    )
    assert links.matrices["lc_emp"][0, 1] == pytest.approx(np.corrcoef(JOBS)[0, 1])


def test_other_input_output_links_leave_the_rest_as_it_is(cells: AreaCells) -> None:
    rows = [("31-33", "o1", 1.0), ("31-33", "o2", 2.0)]
    staff = pd.DataFrame(rows, columns=["naics", "soc", "jobs"])
    sector = pd.Series({CODES[0]: "X", CODES[1]: "X", CODES[2]: "Y"})
    profiles, flows = occupation_profiles(staff, CODES), industry_flows(*io_tables())
    given = (cells, CODES, flows, sector, profiles, SETTINGS)
    whole, masked = linkages(*given, InputOutput()), linkages(*given, InputOutput(masked=["Y"]))
    assert np.isnan(masked.matrices["io"][2]).all()
    assert masked.matrices["io"][0, 1] == whole.matrices["io"][0, 1]
    # The same by the whole way and on top of the others.
    assert with_io(whole, flows, InputOutput(masked=["Y"])).digest() == masked.digest()
    assert with_io(masked, flows, InputOutput()).digest() == whole.digest()


def test_levels_rebuild_every_matrix_of_co_location(cells: AreaCells) -> None:
    found = levels(cells, CODES, SETTINGS)
    assert set(found) == {"lc_emp", "lc_est", "coi", *ROOTS}
    assert {k: v.areas for k, v in found.items() if k in ROOTS} == {
        "lc_emp_root": "cbsa",
        "lc_est_root": "ea",
    }
    for root, of in ROOTS.items():
        np.testing.assert_allclose(found[root].levels ** 2, found[of].levels)
    every = np.arange(4)
    by_hand = np.corrcoef(np.sqrt(JOBS))
    assert found["lc_emp_root"].links(every) == pytest.approx(by_hand)
    assert found["coi"].aggregate is not None
    assert found["coi"].aggregate.tolist() == JOBS.sum(axis=0).tolist()


def test_an_unknown_set_of_areas(cells: AreaCells) -> None:
    with pytest.raises(InputError, match="unknown area set 'moon'"):
        levels(cells, CODES, {**SETTINGS, "coi": "moon"})
