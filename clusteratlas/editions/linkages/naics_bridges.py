"""From the codes of one NAICS to those of another, along the publisher's concordances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from clusteratlas.analysis.cells.bridge import backwards, bridge_shares
from clusteratlas.analysis.heirs import origin_parts
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.errors import InputError

_PAIR = ["from_naics", "to_naics"]


@dataclass(frozen=True)
class NaicsBridge:
    """Shares by which the industries of one NAICS are those of another."""

    start: int
    end: int
    shares: pd.DataFrame = field(default_factory=pd.DataFrame)
    """from_naics, to_naics, share, split; shares of an older industry add to 1."""
    concordances: tuple[str, ...] = ()
    """Keys of the files, in order."""
    weights: tuple[str, ...] = ()
    """Keys of the files whose employment divides an industry among several; "even" where none."""

    @property
    def changes(self) -> bool:
        """Whether there is anything to bring over."""
        return self.start != self.end


def find_bridge(
    start: int | None,
    end: int | None,
    concordances: Iterable[DataFile | None],
    nations: Sequence[DataFile],
    *,
    what: str,
    near: int,
) -> NaicsBridge:
    """Find the way from one NAICS to another, by one concordance or several.

    An industry that went to several is divided by their employment in the nearest year in which the
    nation is published in the codes that the step leads to. Where it never is, it is divided by the
    employment of the other industries that went whole to each; evenly where there are none.

    Parameters
    ----------
    start, end
        Vintages of the NAICS.
    concordances
        Those at hand; each can be gone both ways.
    nations
        Files of states with employment by industry.
    what
        Whose codes they are, for a message.
    near
        Year of the figures that are brought over.

    Raises
    ------
    InputError
        If no concordances lead from the one NAICS to the other.
    """
    if start is None or end is None or start == end:
        return NaicsBridge(end or 0, end or 0)
    known = {ends_of(file): file for file in concordances if file is not None}
    at, found = start, pd.DataFrame()
    files: list[str] = []
    weights: list[str] = []
    while at != end:
        onward = [b for a, b in known if a == at and b <= end]
        back = [a for a, b in known if b == at and a >= end]
        if not onward and not back:
            raise InputError(
                f"{what} has codes of NAICS {start}, and codes of NAICS {end} are needed",
                hint="files.bridge of the recipe leads "
                + ", ".join(f"from {a} to {b}" for a, b in sorted(known)),
            )
        to = max(onward, default=0) or min(back)
        file = known[(at, to) if onward else (to, at)]
        pairs = file.table if onward else backwards(file.table)
        by, key = _weights(pairs, at, to, nations, near)
        shares = bridge_shares(pairs, by)
        found = shares if found.empty else _then(found, shares)
        at, files, weights = to, [*files, file.key], [*weights, key]
    return NaicsBridge(start, end, found, tuple(files), tuple(weights))


@step()
def county_bridge(
    county_employment: DataFile,
    bridge: DataFile,
    later_bridge: DataFile | None,
    bridge_weights: DataFile,
    state_employment: DataFile,
    naics: DataFile,
) -> NaicsBridge:
    """Find what brings the county file to the edition's NAICS, forwards or backwards.

    Raises
    ------
    InputError
        If no concordance leads from the one NAICS to the other.
    """
    return find_bridge(
        county_employment.naics,
        naics.vintage,
        (bridge, later_bridge),
        (state_employment, bridge_weights),
        what=county_employment.key,
        near=county_employment.vintage,
    )


@step()
def cbsa_shares(
    cbsa_employment: DataFile,
    naics: DataFile,
    bridge: DataFile,
    later_bridge: DataFile | None,
    state_employment: DataFile,
) -> pd.DataFrame:
    """Shares that bring the codes of metropolitan areas to those of the edition; none if equal."""
    return find_bridge(
        cbsa_employment.naics,
        naics.vintage,
        (bridge, later_bridge),
        (state_employment,),
        what=cbsa_employment.key,
        near=cbsa_employment.vintage,
    ).shares


@step()
def recipe_bridge(
    bridge: DataFile,
    later_bridge: DataFile | None,
    bridge_weights: DataFile,
    state_employment: DataFile,
    naics: DataFile,
) -> NaicsBridge:
    """Find what brings codes that recipes and lists are written in to those of the edition.

    They are of the NAICS that ``bridge`` leads to.
    """
    return find_bridge(
        ends_of(bridge)[1],
        naics.vintage,
        (bridge, later_bridge),
        (state_employment, bridge_weights),
        what="the recipe",
        near=state_employment.vintage,
    )


@step()
def recipe_parts(
    recipe_bridge: NaicsBridge, state_employment: DataFile, bridge_weights: DataFile
) -> pd.DataFrame:
    """Part of each industry of the edition that came from each one that recipes are written in.

    Returns
    -------
    DataFrame
        As of :func:`~clusteratlas.analysis.heirs.origin_parts`; without rows where they are the
        same.
    """
    if not recipe_bridge.changes:
        return pd.DataFrame()
    known = [f for f in (state_employment, bridge_weights) if f.naics == recipe_bridge.start]
    jobs = jobs_by_industry(known[0]) if known else pd.Series(dtype="float64")
    return origin_parts(recipe_bridge.shares, jobs)


@step()
def listed_codes(naics: DataFile) -> frozenset[str]:
    """All codes of the edition's NAICS."""
    return frozenset(naics.table["naics"].astype(str))


def jobs_by_industry(states: DataFile) -> pd.Series[Any]:
    """Sum a file of states to the employment of each six-digit industry."""
    table = states.table
    found: pd.Series[Any] = table[table["level"] == 6].groupby("naics")["jobs"].sum()
    return found


def ends_of(concordance: DataFile) -> tuple[int, int]:
    """Vintages that a concordance leads from and to."""
    first = concordance.table.iloc[0]
    return int(first["from_vintage"]), int(first["to_vintage"])


def _weights(
    pairs: pd.DataFrame, at: int, to: int, nations: Sequence[DataFile], near: int
) -> tuple[pd.Series[Any], str]:
    for vintage in (to, at):
        files = [file for file in nations if file.naics == vintage]
        if files:
            nearest = min(files, key=lambda f: abs(f.vintage - near))
            jobs = jobs_by_industry(nearest)
            if vintage == to:
                return jobs, nearest.key
            one = pairs.drop_duplicates(_PAIR)
            whole = one[~one["from_naics"].duplicated(keep=False)]
            moved = whole["from_naics"].map(jobs).fillna(0).astype("float64")
            return moved.groupby(whole["to_naics"]).sum(), f"{nearest.key}, undivided industries"
    return pd.Series(dtype="float64"), "even"


def _then(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Go one way after the other; codes that the second does not know stay."""
    through = first.rename(columns={"to_naics": "at"})
    onward = second.rename(columns={"from_naics": "at", "share": "part", "split": "parted"})
    both = through.merge(onward, on="at", how="left")
    both["to_naics"] = both["to_naics"].fillna(both["at"])
    both["share"] = both["share"] * both["part"].fillna(1.0)
    both["split"] = both["split"] | both["parted"].eq(True)
    found = both.groupby(_PAIR, as_index=False).agg({"share": "sum", "split": "any"})
    return found.sort_values(_PAIR, ignore_index=True)
