"""What limits a set of definitions: data that many share, cells that were estimated, judgement."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class WeakPoints:
    """Counts and shares of what a reader should know before trusting a set.

    Attributes
    ----------
    industries
        Traded industries of the set.
    profiles, sectors
        Occupation profiles and input-output sectors that serve them. Fewer than industries: some
        share one, and their likeness in occupations or trade is by construction.
    marginal_share
        Share of the traded industries that are marginal members; None without any.
    ties
        Strongest links between industries that the edition keeps.
    same_profile, same_sector
        Share of those ties that join two industries of one profile, of one sector; None without
        ties.
    estimated
        Share of the cells behind specialization that the publisher withheld; None without cells.
    close
        Moves that the outlier pass considered and did not make.
    judged, judged_share
        Industries that were moved by judgement, and their share of the traded ones.
    lost
        Judged moves to a cluster that is less related than the one left.
    """

    industries: int
    profiles: int
    sectors: int
    marginal_share: float | None
    ties: int
    same_profile: float | None
    same_sector: float | None
    estimated: float | None
    close: int
    judged: int
    judged_share: float
    lost: int


def weak_points(
    traded: pd.DataFrame,
    ties: pd.DataFrame,
    cells: pd.DataFrame,
    passed: pd.DataFrame,
    judged: pd.DataFrame,
) -> WeakPoints:
    """Count what limits a set.

    Parameters
    ----------
    traded
        Its traded industries: ``mark`` (core, usual or marginal), ``occupation_profile, sector``,
        missing where not known.
    ties
        Strongest links: ``same_profile, same_sector`` (bool).
    cells
        Industries by regions: ``known``, one of `KNOWN`.
    passed
        Log of the outlier pass: ``moved`` (bool).
    judged
        Judged moves: ``relatedness`` to the cluster left and ``other_relatedness`` to the one
        joined, standard deviations.

    Returns
    -------
    WeakPoints
        The share of judged moves is 0 where there is no traded industry.
    """
    return WeakPoints(
        industries=len(traded),
        profiles=int(traded["occupation_profile"].replace("", pd.NA).nunique()),
        sectors=int(traded["sector"].replace("", pd.NA).nunique()),
        marginal_share=_share_of(traded["mark"] == "marginal"),
        ties=len(ties),
        same_profile=_share_of(ties["same_profile"]),
        same_sector=_share_of(ties["same_sector"]),
        estimated=_share_of(~cells["known"].isin(["published", "absent"])),
        close=int((~passed["moved"].astype(bool)).sum()),
        judged=len(judged),
        judged_share=len(judged) / max(len(traded), 1),
        lost=int((judged["other_relatedness"] < judged["relatedness"]).sum()),
    )


def _share_of(flags: pd.Series) -> float | None:
    return float(flags.mean()) if len(flags) else None
