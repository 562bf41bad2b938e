"""Our location quotients against those that BLS publishes, for every state cell of QCEW.

BLS publishes quotients of establishments, employment and wages to 0.01. They are (E_is / E_s) /
(E_iUS / E_US): E_is the figure of an industry and ownership in a state, E_s that of all industries
and ownerships in the state, and the nation is the 50 states and the District of Columbia.

The files have no rows of the nation, so E_iUS and E_US are missing. Two ways around it:

- They are sums of the states, where no state is withheld. Wages are whole dollars, and each
  quotient comes out. Establishments and jobs are averages over the year that BLS rounds in each
  state and, by itself, in the nation; in small industries that moves a quotient by more than 0.01.
- They are whole numbers that agree with BLS's quotients: one for each industry, the nearest to the
  sum of its states, and one for the nation, off its sum by no more than 51 roundings can be. All
  published cells are tried so, and come out, also where other states of the industry are withheld.
  That proves little in an industry with one published state, where some number nearly always fits;
  in the others it is one unknown for up to 51 quotients. Where no state is withheld, the number
  differs from the sum by rounding only.

Not tried are cells whose quotient BLS withholds (240 and 253 with published employment), and its
supersectors (101, 1011, ...), which the loader leaves out.

====  ==============  ============  =================================  =======================
year  figure          cells: all    by sums: cells, within rounding    by whole numbers: cells
====  ==============  ============  =================================  =======================
2019  establishments  132,351       132,332  104,573 (79.0 %)          132,351, all within
2019  jobs            102,231        38,580   37,471 (97.1 %)          102,231, all within
2019  wages           102,231        38,583   38,583 (100 %)           102,231, all within
2020  establishments  132,641       132,636  105,949 (79.9 %)          132,641, all within
2020  jobs            102,682        40,505   39,573 (97.7 %)          102,682, all within
2020  wages           102,682        40,508   40,508 (100 %)           102,682, all within
====  ==============  ============  =================================  =======================
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.regions.measures import regional_measures
from clusteratlas.loaders.economy.qcew import QCEW_STATE

ROUNDING = 0.005 + 1e-6
"""A quotient is published to 0.01; the rest is for figures that lie just between two of them."""
INDUSTRY = ["ownership", "naics"]
FIGURES = ("establishments", "jobs", "wages")
YEARS = (2019, 2020)
PUBLISHED = {
    (2019, "establishments"): 132_351,
    (2019, "jobs"): 102_231,
    (2019, "wages"): 102_231,
    (2020, "establishments"): 132_641,
    (2020, "jobs"): 102_682,
    (2020, "wages"): 102_682,
}
"""Cells with a figure and a quotient."""
BY_SUMS = {
    (2019, "establishments"): (132_332, 104_573),
    (2019, "jobs"): (38_580, 37_471),
    (2019, "wages"): (38_583, 38_583),
    (2020, "establishments"): (132_636, 105_949),
    (2020, "jobs"): (40_505, 39_573),
    (2020, "wages"): (40_508, 40_508),
}
"""Cells whose national figure is the sum of the states, and those of them that come out."""
ALONE = {
    (2019, "establishments"): 603,
    (2019, "jobs"): 288,
    (2019, "wages"): 288,
    (2020, "establishments"): 583,
    (2020, "jobs"): 276,
    (2020, "wages"): 276,
}
"""Industries, in an ownership, with one published state."""


@dataclass(frozen=True)
class Compared:
    """Quotients of some cells beside the published ones."""

    cells: int
    within: int
    """Cells that agree to the rounding of the published quotient."""
    largest: float
    """Largest difference from the published, rounded quotient."""


@pytest.fixture(params=FIGURES)
def figure(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=YEARS)
def states(request: pytest.FixtureRequest, data_dir: Path) -> tuple[int, pd.DataFrame]:
    return request.param, QCEW_STATE.load(QCEW_STATE.find(data_dir, request.param))


def totals(frame: pd.DataFrame, figure: str) -> pd.Series:
    """E_s of each state."""
    every = frame["ownership"].eq(0) & frame["naics"].eq("total")
    return frame[every].set_index("area")[figure].astype("float64")


def with_quotients(frame: pd.DataFrame, figure: str) -> pd.DataFrame:
    """Published cells: state, industry, figure, and BLS's quotient."""
    cells = frame[[*INDUSTRY, "area", "level"]].assign(
        figure=frame[figure].astype("Float64"), published=frame[f"lq_{figure}"]
    )
    known = cells["figure"].notna() & cells["published"].notna()
    return cells[known].astype({"figure": "float64", "published": "float64"})


def sums(frame: pd.DataFrame, figure: str) -> pd.Series:
    """E_iUS of each industry that has a figure in each of its states, and is not 0."""
    whole = frame.groupby(INDUSTRY)[figure].agg(lambda column: column.sum(skipna=False))
    return whole[whole.gt(0).fillna(False)].astype("float64")


def fits(cells: pd.DataFrame, all_states: pd.Series) -> tuple[pd.DataFrame, float]:
    """Whole national figures that agree with all quotients: of each industry, and E_US."""
    share = cells["figure"] / cells["area"].map(all_states)
    ends = cells[[*INDUSTRY, "figure"]].assign(
        low=share / (cells["published"] + ROUNDING),
        high=(share / (cells["published"] - ROUNDING).clip(lower=0)).fillna(np.inf),
    )
    found = ends.groupby(INDUSTRY).agg(
        low=("low", "max"),
        high=("high", "min"),
        published=("figure", "sum"),
        states=("low", "size"),
    )
    rounding = len(all_states) // 2 + 1
    total = all_states.sum() + np.array(sorted(range(-rounding, rounding + 1), key=abs))
    low = np.ceil(np.outer(found["low"], total))
    high = np.floor(np.outer(found["high"], total))
    best = int((low > high).sum(axis=0).argmin())
    # Lower bound last: a number that does not fit is then seen as one, by its quotients.
    nearest = np.maximum(np.minimum(found["published"], high[:, best]), low[:, best])
    return found[["states", "published"]].assign(national=nearest), float(total[best])


def compare(
    cells: pd.DataFrame, national: pd.Series, all_states: pd.Series, total: float
) -> Compared:
    """Compare BLS's quotients with those of `regional_measures`.

    Industries of one level and ownership are the clusters, and one more cluster is all the rest of
    the state, so that the base is all of the state.
    """
    found = []
    cells = cells[pd.MultiIndex.from_frame(cells[INDUSTRY]).isin(national.index)]
    for _, some in cells.groupby(["ownership", "level"]):
        rest = all_states - some.groupby("area")["figure"].sum().reindex(
            all_states.index, fill_value=0
        )
        jobs = pd.concat(
            [
                some[["area", "naics", "figure"]],
                pd.DataFrame({"area": rest.index, "naics": "rest", "figure": rest.to_numpy()}),
            ]
        )
        nation = national.xs(some["ownership"].iloc[0]).reindex(some["naics"].unique())
        nation["rest"] = total - nation.sum()
        figures = regional_measures(
            pd.DataFrame(
                {
                    "region": jobs["area"],
                    "region_type": "state",
                    "cluster": jobs["naics"],
                    "kind": "traded",
                    "jobs": jobs["figure"],
                    "jobs_low": jobs["figure"],
                    "jobs_high": jobs["figure"],
                    "establishments": 1,
                    "payroll": pd.NA,
                }
            ),
            pd.DataFrame(
                {
                    "cluster": nation.index,
                    "kind": "traded",
                    "jobs": nation.to_numpy(),
                    "establishments": 1,
                }
            ),
            year=2019,
        ).measures.set_index(["region", "cluster"])["lq"]
        ours = figures.loc[list(zip(some["area"], some["naics"], strict=True))].to_numpy()
        found.append(np.abs(ours - some["published"].to_numpy()))
    off = np.concatenate(found)
    return Compared(len(off), int((off <= ROUNDING).sum()), float(off.max()))


@pytest.mark.data
def test_quotients_from_sums_of_states(states: tuple[int, pd.DataFrame], figure: str) -> None:
    year, frame = states
    cells, all_states = with_quotients(frame, figure), totals(frame, figure)
    found = compare(cells, sums(frame, figure), all_states, all_states.sum())
    assert (found.cells, found.within) == BY_SUMS[year, figure]
    if figure == "wages":
        assert found.largest <= ROUNDING


@pytest.mark.data
def test_all_published_quotients_come_out(states: tuple[int, pd.DataFrame], figure: str) -> None:
    year, frame = states
    cells, all_states = with_quotients(frame, figure), totals(frame, figure)
    fit, total = fits(cells, all_states)
    found = compare(cells, fit["national"], all_states, total)
    assert (found.cells, found.within) == (PUBLISHED[year, figure], PUBLISHED[year, figure])
    assert found.largest <= ROUNDING
    # The numbers that fit are the sums of the states, where those are known, but for rounding.
    known = fit.join(sums(frame, figure).rename("sum"), how="inner")
    off = (known["national"] - known["sum"]).abs()
    assert (off <= (0 if figure == "wages" else (known["states"] + 1) / 2)).all()
    # Elsewhere they are no less than what the states publish.
    withheld = fit.drop(index=known.index)
    assert (withheld["national"] >= withheld["published"]).all()
    assert withheld["states"].sum() == len(cells) - BY_SUMS[year, figure][0]
    assert (fit["states"] == 1).sum() == ALONE[year, figure]


@pytest.mark.data
def test_another_base_is_not_that_of_bls(states: tuple[int, pd.DataFrame]) -> None:
    """Private industries over private jobs alone: nearly no quotient comes out."""
    _, frame = states
    private = frame[frame["ownership"].eq(5)]
    all_private = private[private["naics"].eq("total")].set_index("area")["wages"].astype("float64")
    cells = with_quotients(private, "wages")
    found = compare(cells, sums(private, "wages"), all_private, all_private.sum())
    assert 0 < found.within < 0.2 * found.cells
