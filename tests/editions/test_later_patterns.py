"""Business patterns of 2022 and later as the publisher has them, in an edition of NAICS 2017."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.editions.cells.counties import CountyCells
from tests.editions.inputs import (
    CONNECTICUT,
    INDUSTRIES,
    LATER,
    NEW_COUNTIES,
    OLD_COUNTIES,
    SAME,
    Inputs,
    back_to_2017,
)

# Of the jobs of the region's towns 428,376 of 456,221 are in Hartford County, the rest in Tolland
# County.
HARTFORD, TOLLAND = "09003", "09013"


def later(folder: Path, year: int, codes: dict[str, str]) -> Inputs:
    """Three counties, one of them a planning region; none of the figures is left out."""
    return Inputs(
        patterns=True,
        county_year=year,
        counties=NEW_COUNTIES,
        codes=codes,
        people={**OLD_COUNTIES, **CONNECTICUT},
        listed={**OLD_COUNTIES, **CONNECTICUT},
        back=back_to_2017(),
        folder=folder,
    )


def adds_up(cells: CountyCells) -> None:
    counties = np.array([len(area) == 5 for area in cells.areas])
    of_state = np.array([area[:2] for area in cells.areas])
    leaves = cells.tree.leaves
    for figure in FIGURES:
        point, low, high = (cells.grids[f"{figure}{end}"] for end in ("", "_low", "_high"))
        assert (low <= point).all()
        assert (point <= high).all()
        assert (cells.tree.add_up(point[:, leaves].astype(float)) == point).all()
        for row in np.flatnonzero(~counties):
            inside = counties & (of_state == of_state[row])
            assert (point[inside].sum(axis=0) == point[row]).all()


@pytest.mark.parametrize("year", [2022, 2023])
@pytest.mark.parametrize("codes", [SAME, LATER])
def test_a_later_file_works_as_it_is(tmp_path: Path, year: int, codes: dict[str, str]) -> None:
    flow = later(tmp_path, year, codes).flow()
    flow.make("losses")  # would raise
    assert sum(loss.jobs for loss in flow.make("county_losses")["2019"]) == 0
    cells = flow.make("county_cells")
    adds_up(cells)
    jobs = cells.leaves().set_index(["area", "naics"])["jobs"]
    for industry, n in INDUSTRIES.items():
        parts = jobs[HARTFORD, industry], jobs[TOLLAND, industry]
        assert sum(parts) == n
        assert parts[0] == round(n * 428_376 / 456_221)
        assert jobs["25025", industry] == jobs["11001", industry] == n
    maps = flow.make("region_maps").by_type
    for type_ in ("nation", "state", "county", "cbsa", "ea"):
        assert cells.leaves(maps[type_])["jobs"].sum() == 4000, type_


def test_the_manifest_says_what_was_brought_over(tmp_path: Path) -> None:
    flow = later(tmp_path, 2022, LATER).flow()
    assert flow.make("county_list_bridges")["2019"] == {
        "file": "cbp-county-2022",
        "from_counties": 2022,
        "to_counties": 2018,
        "method": {
            "jobs": "jobs of the towns in both",
            "establishments": "establishments of the towns in both",
        },
        "weights": ["ct-towns-2022", "zip-counties-2023", "zip-totals-2022"],
        "jobs_before": 3000,
        "jobs_after": 3000,
    }
    assert flow.make("county_bridges")["2019"] == {
        "file": "cbp-county-2022",
        "from_naics": 2022,
        "to_naics": 2017,
        "concordances": ["naics-concordance-2022"],
        "weights": ["cbp-state-2017"],
        "jobs_before": 3000,
        "jobs_after": 3000,
    }
    # Codes that are still those of NAICS 2017 need no bridge.
    assert later(tmp_path, 2022, SAME).flow().make("county_bridges")["2019"] == {}


def test_a_divided_region_bounds_its_counties(tmp_path: Path) -> None:
    cells = later(tmp_path, 2022, LATER).flow().make("county_cells")
    rows = cells.leaves().set_index(["area", "naics"])
    hartford = rows.loc[(HARTFORD, "325411")]
    # Nobody knows how the region's 300 jobs are divided.
    assert (hartford["jobs_low"], hartford["jobs_high"]) == (0, 300)
    state = rows.loc[("09", "325411")]
    assert (state["jobs_low"], state["jobs"], state["jobs_high"]) == (300, 300, 300)


def test_a_region_is_expected_to_have_what_its_counties_had(tmp_path: Path) -> None:
    """Rows that a planning region lacks are completed from the old counties' establishments."""
    flow = later(tmp_path, 2022, LATER).flow()
    state = flow.make("published_by_state")["09"]
    assert state.names == ("09110", "09140", "09160", "09999", "09")
    leaves = [c for c in state.codes if len(c) == 6]
    expected = pd.DataFrame(state.expected[:3], list(state.names[:3]), leaves)
    assert set(expected) == set(LATER.values())
    # Hartford County's ten establishments, by those of its towns: 21,382, 1,155 and 157.
    whole = 21_382 + 1_155 + 157
    assert expected["513210"].tolist() == pytest.approx(
        [10 * n / whole for n in (21_382, 1_155, 157)]
    )


def test_an_industry_of_the_anchor_year_is_there_in_every_year(tmp_path: Path) -> None:
    """In 2018 no state has a row of 522190, which the anchor year has: its parents have its jobs.

    Here it is 511210, with rows of 51 and 511 alone.
    """
    inputs = Inputs(patterns=True, county_year=2018, folder=tmp_path)
    flow = inputs.flow()
    for table, source in ((inputs.county_cells, "cbp-county"), (inputs.state_cells, "cbp-state")):
        rows = table()
        # Two establishments instead of ten: too few for rows of the lowest levels.
        own = rows["naics"].str.startswith("51") | rows["naics"].eq("total")
        rows.loc[own, "establishments"] -= 8
        inputs.stored(source, 2018, rows[~rows["naics"].isin(["5112", "51121", "511210"])])
    flow.make("losses")  # would raise
    cells = flow.make("county_cells").leaves().set_index(["area", "naics"])
    for area in ("25", "25025"):
        found = cells.loc[(area, "511210"), ["jobs", "establishments"]]
        assert found.tolist() == [INDUSTRIES["511210"], 2]
