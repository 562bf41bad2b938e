"""Published cells that are hidden, and the ways of filling them again; metropolitan areas."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import bridge_cells, bridge_shares
from clusteratlas.analysis.cells.states import FIGURES, LEFT_OUT, complete_state, published_states
from clusteratlas.editions.linkages.cbsas import current_cbsa
from clusteratlas.loaders.economy.cbp import CBP_COUNTY, CBP_MSA, CBP_STATE
from clusteratlas.loaders.economy.concordances import NAICS_CONCORDANCE
from clusteratlas.loaders.economy.qcew import SOURCE as QCEW
from clusteratlas.loaders.economy.qcew import official_naics
from clusteratlas.loaders.places.geography import CBSA_DELINEATION
from clusteratlas.vocabulary.naics import TOTAL, naics_ancestors, naics_level

STATES = {"01": "AL", "26": "MI", "41": "OR", "44": "RI", "45": "SC"}
YEARS = (2019, 2021)
DELINEATION = 2020
"""That of the metropolitan file of 2019, but for renumbered areas."""
EXPECTED = 2016
"""Year of the county file that has a row for every cell."""
SEED = 20_261_129
SHARE = 0.1
"""Of the four-digit groups of counties whose jobs and payroll are hidden."""
RAISED = 4.0
"""Most establishments of a cell whose row is left out, where the publisher's rule is raised."""
SIZES = {"3-4": (3, 4), "5-9": (5, 9), "10-19": (10, 19), "20-49": (20, 49), "50 +": (50, np.inf)}
"""Establishments of a cell."""

CELL = ["area", "naics"]
WAYS = ("point", "parent", "state", "ratio", "middle", "nothing")
"""Ours, and the fillings of :func:`filled` with the middle of our bounds, and with nothing."""


@dataclass(frozen=True)
class Published:
    """Files of a year, or what is left of them."""

    counties: pd.DataFrame
    """area, naics and figures; missing where hidden."""
    states: pd.DataFrame
    left_out: float = LEFT_OUT


def published(data: Path, year: int) -> Published:
    """Read counties and states of a year."""
    found = []
    for source in (CBP_COUNTY, CBP_STATE):
        table = source.load(source.find(data, year))[[*CELL, *FIGURES]]
        found.append(table.astype(dict.fromkeys(FIGURES, "float64")))
    counties, states = found
    return Published(counties, states)


def expected_establishments(data: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Private establishments of counties by six-digit industry, in the codes of the states."""
    table = QCEW.load(QCEW.find(data, EXPECTED))
    private = (table["area_type"] == "county") & (table["ownership"] == 5) & (table["level"] == 6)
    six = table.loc[private, [*CELL, "establishments"]].astype({"establishments": "float64"})
    six = six.assign(naics=official_naics(six["naics"])).groupby(CELL, as_index=False).sum()
    pairs = NAICS_CONCORDANCE.load(NAICS_CONCORDANCE.find(data, 2017))
    shares = bridge_shares(pairs, states.groupby("naics")["jobs"].sum())
    return bridge_cells(six, shares, ["area"], ["establishments"]).drop(columns="bridged")


def groups_hidden(year: Published) -> Published:
    """Hide jobs and payroll of drawn four-digit groups and all that is below them."""
    counties = year.counties
    below = counties["naics"].map(naics_level) >= 4
    group = counties["area"].str.cat(counties["naics"].str[:4])
    names = np.sort(group[below].unique().astype(str))
    drawn = names[np.random.default_rng(SEED).random(len(names)) < SHARE]
    hidden = below & group.isin(drawn)
    return Published(
        counties.assign(**{f: counties[f].mask(hidden) for f in ("jobs", "payroll")}), year.states
    )


def rule_raised(year: Published) -> Published:
    """Hide every row of a county or state with no more establishments than ``RAISED``."""
    hidden = []
    for table in (year.counties, year.states):
        small = table["establishments"] <= RAISED
        hidden.append(table.assign(**{f: table[f].mask(small) for f in FIGURES}))
    counties, states = hidden
    return Published(counties, states, RAISED)


def completed(year: Published, expected: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Complete state by state; those without counties in the file are left out."""
    known = set(year.counties["area"].str[:2])
    for state, cells in published_states(year.counties, year.states, expected).items():
        if state in known:
            yield complete_state(replace(cells, left_out=year.left_out)).astype(
                dict.fromkeys(CELL, "string")
            )


def filled(year: Published, expected: pd.DataFrame) -> pd.DataFrame:
    """Fill the hidden cells of counties in one step each, as one would without this package.

    Cells are weighted by establishments: the published ones, else those expected, up to the
    publisher's rule.

    Returns
    -------
    DataFrame
        area, naics, and of each figure three fillings: what remains of the nearest parent industry
        that the county publishes, shared by weight (``_parent``; the next where it has none); what
        remains of the industry in the state, likewise (``_state``); the national figure per
        establishment times the weight (``_ratio``).
    """
    levels = [
        expected.assign(naics=[(*naics_ancestors(c), TOTAL)[k] for c in expected["naics"]])
        for k in range(6)
    ]
    likely = pd.concat(levels).groupby(CELL, as_index=False)["establishments"].sum()
    cells = year.counties.merge(likely, on=CELL, how="outer", suffixes=("", "_likely"))
    cells["state"] = cells["area"].str[:2]
    cells["level"] = cells["naics"].map(naics_level)
    states = year.states.rename(columns={"area": "state"})
    nation = states.groupby("naics")[list(FIGURES)].sum()
    count = cells["establishments_likely"].fillna(0.0).clip(upper=year.left_out)
    for figure in FIGURES:
        weight = cells["establishments"].fillna(count).where(cells[figure].isna(), 0.0)
        by_state = _shared(cells, figure, weight, ["state", "naics"], states)
        cells[f"{figure}_state"] = by_state.fillna(0.0)
        cells[f"{figure}_parent"] = _by_parent(cells, figure, weight).fillna(by_state).fillna(0.0)
        ratio = nation[figure] / nation["establishments"]
        cells[f"{figure}_ratio"] = (weight * cells["naics"].map(ratio)).fillna(0.0)
    names = [f"{figure}_{way}" for figure in FIGURES for way in ("parent", "state", "ratio")]
    return cells[[*CELL, *names]]


def _shared(
    cells: pd.DataFrame, figure: str, weight: pd.Series, by: list[str], wholes: pd.DataFrame
) -> pd.Series:
    """Share what the parts with a figure leave of each whole; missing where it has none itself."""
    keys = [cells[name] for name in by]
    left = wholes.set_index(by)[figure] - cells[figure].fillna(0.0).groupby(keys).sum()
    each = left.clip(lower=0.0) / weight.groupby(keys).sum()
    found = each.reindex(pd.MultiIndex.from_frame(cells[by])).to_numpy()
    return weight * pd.Series(found, cells.index)


def _by_parent(cells: pd.DataFrame, figure: str, weight: pd.Series) -> pd.Series:
    """Share by the nearest industry above that the county publishes, level by level."""
    found = pd.Series(np.nan, cells.index)
    for up in range(1, 6):
        parents = cells[["area", "naics", "level", figure]].dropna()
        for level in (6, 5, 4, 3):
            at = (cells["level"] == level).to_numpy()
            above = cells.loc[at, "naics"].map(lambda c, k=up, n=level: _above(c, n, k))
            own = cells[at].assign(above=above).dropna(subset="above")
            shared = _shared(
                own,
                figure,
                weight[own.index],
                ["area", "above"],
                parents.rename(columns={"naics": "above"}),
            )
            found = found.fillna(shared)
    return found


def _above(code: str, level: int, steps: int) -> str | None:
    """Industry some steps up from one of a level; None above the total."""
    line = (*naics_ancestors(code.ljust(6, "0"))[6 - level :], TOTAL)
    return line[steps] if steps < len(line) else None


def compared(
    truth: Published, shown: Published, ours: pd.DataFrame, naive: pd.DataFrame
) -> pd.DataFrame:
    """Lay the hidden cells of counties beside their estimates, a row for each figure.

    Cells whose truth is withheld by the publisher itself are left out.
    """
    hidden = truth.counties.merge(ours, on=CELL, how="left", suffixes=("_true", ""))
    hidden = hidden.merge(naive, on=CELL, how="left").fillna(0.0)
    out = []
    for figure in FIGURES:
        was_hidden = shown.counties[figure].isna().to_numpy() & (hidden[f"{figure}_true"] > 0)
        cells = hidden[was_hidden]
        low, high = cells[f"{figure}_low"], cells[f"{figure}_high"]
        true = cells[f"{figure}_true"]
        out.append(
            pd.DataFrame(
                {
                    "figure": figure,
                    "level": cells["naics"].map(naics_level),
                    "size": cells["establishments_true"],
                    "true": true,
                    "within": (low <= true) & (true <= high),
                    "certain": low == high,
                    "point": cells[figure],
                    **{way: cells[f"{figure}_{way}"] for way in ("parent", "state", "ratio")},
                    "middle": (low + high) / 2,
                    "nothing": 0.0,
                }
            )
        )
    return pd.concat(out, ignore_index=True)


@dataclass(frozen=True)
class Trial:
    """Published cells that were hidden, and what was found for them."""

    name: str
    year: int
    cells: pd.DataFrame
    """As :func:`compared` gives them."""
    ours: float
    """Seconds."""
    naive: float
    """Seconds of all fillings together."""


def hidden_cells(data: Path) -> Iterator[Trial]:
    """Hide cells of some states in two ways in each year, and find them again."""
    expected = pd.DataFrame()
    for year in YEARS:
        whole = published(data, year)
        if expected.empty:
            expected = expected_establishments(data, whole.states)
            expected = expected[expected["area"].str[:2].isin(STATES)]
        inside = whole.counties["area"].str[:2].isin(STATES)
        whole = Published(whole.counties[inside].reset_index(drop=True), whole.states)
        for name, hide in (("jobs hidden", groups_hidden), ("rows hidden", rule_raised)):
            shown = hide(whole)
            began = time.perf_counter()
            ours = pd.concat(completed(shown, expected))
            done = time.perf_counter()
            naive = filled(shown, expected)
            found = compared(whole, shown, ours, naive)
            yield Trial(name, year, found, done - began, time.perf_counter() - done)


def errors(cells: pd.DataFrame) -> dict[str, float]:
    """Weighted absolute percentage error of each way, and the mean absolute error of the point."""
    true = cells["true"]
    out = {way: float((cells[way] - true).abs().sum() / true.sum() * 100) for way in WAYS}
    return {**out, "mean": float((cells["point"] - true).abs().mean())}


@dataclass(frozen=True)
class Metros:
    """Published cells of metropolitan areas beside sums of their counties."""

    areas: int
    """Of the file."""
    agreeing: int
    """Whose counties are those of the delineation, as cells show that all counties publish."""
    cells: pd.DataFrame
    """figure, level, true, low, high, point, published (the sum of published counties)."""
    seconds: float
    """To complete all states."""


def metropolitan(data: Path, year: int = 2019) -> Metros:
    """Complete all states, and sum counties to the published cells of metropolitan areas."""
    given = published(data, year)
    members = CBSA_DELINEATION.load(CBSA_DELINEATION.find(data, DELINEATION))
    cbsa_of = members.set_index("county")["cbsa"]
    size = cbsa_of.value_counts()
    expected = expected_establishments(data, given.states)
    began = time.perf_counter()
    sums = []
    for state in completed(given, expected):
        own = state.assign(cbsa=state["area"].map(cbsa_of)).dropna(subset="cbsa")
        sums.append(own.drop(columns="area").groupby(["cbsa", "naics"]).sum())
    took = time.perf_counter() - began
    ours = pd.concat(sums).groupby(["cbsa", "naics"]).sum().reset_index()
    own = given.counties.assign(cbsa=given.counties["area"].map(cbsa_of)).dropna(subset="cbsa")
    shown = own.groupby(["cbsa", "naics"])[["establishments", "jobs"]].sum().reset_index()
    shown["rows"] = own.groupby(["cbsa", "naics"]).size().to_numpy()
    metros = CBP_MSA.load(CBP_MSA.find(data, year))[[*CELL, "establishments", "jobs"]]
    metros = metros.assign(cbsa=current_cbsa(metros["area"])).drop(columns="area")
    both = metros.merge(shown, on=["cbsa", "naics"], how="left", suffixes=("_true", "_published"))
    # Where every county has a row, the sum differs only if the counties are others.
    full = both[both["rows"] == both["cbsa"].map(size)]
    differ = full["establishments_true"] != full["establishments_published"]
    same = set(full["cbsa"]) - set(full.loc[differ, "cbsa"])
    both = both[both["cbsa"].isin(same)].merge(ours, on=["cbsa", "naics"], how="left").fillna(0.0)
    cells = []
    for figure in ("establishments", "jobs"):
        known = both[both[f"{figure}_true"] > 0]
        cells.append(
            pd.DataFrame(
                {
                    "figure": figure,
                    "level": known["naics"].map(naics_level),
                    "true": known[f"{figure}_true"].astype("float64"),
                    "low": known[f"{figure}_low"],
                    "high": known[f"{figure}_high"],
                    "point": known[figure],
                    "published": known[f"{figure}_published"],
                }
            )
        )
    return Metros(metros["cbsa"].nunique(), len(same), pd.concat(cells), took)


# The page
