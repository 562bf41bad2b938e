"""Occupations: which industries employ the same skills.

References: Delgado, Porter & Stern 2016 (Occ linkage); BLS Occupational Employment and Wage
Statistics (industry staffing at NAICS sector, three-, four- and some six-digit levels).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.linkages.colocation import location_correlation
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.naics import naics_ancestors


@dataclass(frozen=True, slots=True, eq=False)
class OccupationProfiles:
    """Occupation profiles of industries.

    Attributes
    ----------
    codes
        Six-digit industries.
    occupations
        SOC codes, sorted.
    shares
        Shape (industries, occupations): share of the occupation in the employment of the profile;
        rows sum to 1, or are NaN where no profile covers the industry.
    profile_of
        NAICS code whose profile each industry takes, "" where there is none. A code with a minus
        sign ("325-3254") is the group without the parts that are surveyed on their own; one with a
        letter ("3250A1") is the publisher's for several groups together.
    """

    codes: tuple[str, ...]
    occupations: tuple[str, ...]
    shares: FloatArray
    profile_of: tuple[str, ...]


def occupation_profiles(
    staffing: pd.DataFrame,
    codes: Sequence[str],
    *,
    together: Mapping[str, Sequence[str]] | None = None,
    became: Mapping[str, Sequence[str]] | None = None,
    not_surveyed: Sequence[str] = (),
    without_surveyed_parts: bool = True,
) -> OccupationProfiles:
    """Give each industry the occupation profile of its nearest surveyed group.

    ``p_io = jobs of occupation o in the group / jobs of the group in all listed occupations``; the
    group is the first surveyed one of the industry itself, its five-, four- and three-digit group
    and its sector. Groups are nested, so they are never added up.

    Parameters
    ----------
    staffing
        Columns ``naics`` (digits without fillers, sectors as 31-33), ``soc`` and ``jobs``; one row
        per group and occupation, occupations of one level only. Missing jobs count as 0: estimate
        what is not released before (:func:`~clusteratlas.analysis.linkages.staffing`).
    codes
        Six-digit industries.
    together
        Members of each surveyed group that is no NAICS group but several: ``3250A1`` is 3251, 3252,
        3253 and 3259. Each of them has its profile.
    became
        Codes of each industry in the later NAICS of the survey; one that is not in it keeps its
        own. No statistic tells the parts of an industry that was divided, so it takes the nearest
        surveyed group that holds all of them: online shops, which went to the shops of their goods,
        take that of retail.
    not_surveyed
        Groups that the survey leaves out: their industries have no profile, for that of the sector
        says nothing of them.
    without_surveyed_parts
        Take the groups that are surveyed on their own out of a wider group before it lends its
        profile to the rest (chemicals without pharmaceuticals). Differences below 0, which rounding
        leaves, become 0; a rest of less than a twentieth of the group keeps the whole profile.

    Returns
    -------
    Profiles of the industries, in the order of the codes.

    Raises
    ------
    AnalysisError
        A group lists an occupation twice.
    """
    table = staffing.loc[
        staffing["jobs"].notna() & (staffing["jobs"] > 0), ["naics", "soc", "jobs"]
    ]
    if table.duplicated(["naics", "soc"]).any():
        twice = table.loc[table.duplicated(["naics", "soc"]), ["naics", "soc"]].iloc[0]
        raise AnalysisError(
            f"staffing lists {twice['soc']} twice in {twice['naics']}",
            hint="keep occupations of one level, and sum ownerships first",
        )
    occupations = tuple(sorted(table["soc"].unique()))
    wide = table.pivot(index="naics", columns="soc", values="jobs").reindex(columns=occupations)
    jobs = dict(
        zip(wide.index.astype(str), wide.fillna(0.0).to_numpy(dtype=np.float64), strict=True)
    )
    surveyed = _Surveyed(jobs, together or {})
    lent: dict[str, tuple[str, FloatArray]] = {}
    shares = np.full((len(codes), len(occupations)), np.nan)
    profile_of = []
    for row, code in enumerate(codes):
        group = surveyed.nearest((became or {}).get(code, (code,)))
        if not group or not set(not_surveyed).isdisjoint(naics_ancestors(code)):
            profile_of.append("")
            continue
        if group not in lent:
            lent[group] = surveyed.profile(group, without_surveyed_parts)
        name, profile = lent[group]
        shares[row] = profile
        profile_of.append(name)
    return OccupationProfiles(tuple(codes), occupations, shares, tuple(profile_of))


class _Surveyed:
    """Groups of industries that a survey tells apart, with their jobs by occupation."""

    def __init__(
        self, jobs: Mapping[str, FloatArray], together: Mapping[str, Sequence[str]]
    ) -> None:
        self._jobs = jobs
        self._members = {group: tuple(together.get(group, (group,))) for group in jobs}
        self._of = {one: group for group, inside in self._members.items() for one in inside}
        # A code of its own goes before a group of several.
        self._of |= {group: group for group in jobs}

    def nearest(self, codes: Sequence[str]) -> str:
        """First group around the first code that holds all of the codes; "" if there is none."""
        around = [[self._of[a] for a in naics_ancestors(c) if a in self._of] for c in codes]
        return next((g for g in around[0] if all(g in others for others in around[1:])), "")

    def profile(self, group: str, without_surveyed_parts: bool) -> tuple[str, FloatArray]:
        """Name and shares of a group, or of what is left of it without its surveyed parts."""
        whole = self._jobs[group]
        inside = sorted(g for g in self._jobs if self._is_in(g, group))
        # A part of a part is already in that part.
        parts = [g for g in inside if not any(self._is_in(g, p) for p in inside)]
        if without_surveyed_parts and parts:
            rest = np.clip(whole - np.sum([self._jobs[p] for p in parts], axis=0), 0.0, None)
            if rest.sum() >= whole.sum() / 20:
                return "-".join((group, *parts)), rest / rest.sum()
        return group, whole / whole.sum()

    def _is_in(self, one: str, other: str) -> bool:
        """Tell whether a group is a part of another one, and not that group itself."""
        wider = set(self._members[other])
        return one != other and all(
            wider.intersection(naics_ancestors(code.ljust(6, "0"))) for code in self._members[one]
        )


def occupation_links(profiles: OccupationProfiles) -> FloatArray:
    """Correlate industries over broad occupations.

    ``Occ_ij = corr_o(p_io, p_jo)`` (Delgado, Porter & Stern 2016), with the shares of detailed
    occupations added up to SOC's broad ones: elementary and middle school teachers are one skill.
    Two industries that share one profile have 1 by construction.

    Of pairs with different profiles, those of one published cluster stand above the others with
    probability .861 by broad and .854 by detailed occupations of OEWS 2025, .822 and .817 by those
    of the National Employment Matrix 2018.

    Parameters
    ----------
    profiles
        Of the industries, in the order of the result.

    Returns
    -------
    Symmetric array (industries, industries) in [-1, 1]; NaN for an industry without a profile.
    """
    covered = ~np.isnan(profiles.shares).any(axis=1)
    broad, at = np.unique([broad_occupation(o) for o in profiles.occupations], return_inverse=True)
    shares = np.zeros((len(broad), len(profiles.codes)))
    np.add.at(shares, at, profiles.shares.T)
    links = np.full((len(profiles.codes), len(profiles.codes)), np.nan)
    if covered.any():
        links[np.ix_(covered, covered)] = location_correlation(shares.T[covered])
    return links


def broad_occupation(soc: str) -> str:
    """Broad occupation of a detailed one: 19-1021 is in 19-1020; a broad one stays.

    Physicians are the one broad group that has codes of two tens (SOC 2018): 29-1229 is in 29-1210.
    """
    return _PHYSICIANS if soc.startswith("29-122") else soc[:6] + "0"


_PHYSICIANS = "29-1210"


def occupations_of_clusters(
    profiles: OccupationProfiles,
    labels: Sequence[str],
    jobs: Sequence[float],
    *,
    smallest_share: float = 0.0,
) -> pd.DataFrame:
    """Occupations of each cluster: members' profiles weighted by their jobs.

    ``jobs_co = sum_i jobs_i p_io`` over the members that have a profile.

    Parameters
    ----------
    labels, jobs
        Cluster and national employment of each industry, in the order of the profiles. The LQ is
        relative to all industries given, so give local ones too.
    smallest_share
        Keep an occupation only if it makes up this share of the cluster's jobs.

    Returns
    -------
    Columns ``cluster, occupation, jobs, share, lq``, sorted by cluster and occupation.
    """
    weight = np.asarray(jobs, dtype=np.float64)
    known = ~np.isnan(profiles.shares).any(axis=1) & (weight > 0)
    staff = np.where(known[:, None], profiles.shares * weight[:, None], 0.0)
    names, at = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    by_cluster = np.zeros((len(names), len(profiles.occupations)))
    np.add.at(by_cluster, at, staff)
    total = by_cluster.sum(axis=1, keepdims=True)
    share = np.divide(by_cluster, total, out=np.zeros_like(by_cluster), where=total > 0)
    nation = staff.sum(axis=0) / staff.sum()
    i, o = np.nonzero((by_cluster > 0) & (share >= smallest_share))
    return pd.DataFrame(
        {
            "cluster": names[i],
            "occupation": np.array(profiles.occupations, dtype=object)[o],
            "jobs": by_cluster[i, o],
            "share": share[i, o],
            "lq": share[i, o] / nation[o],
        }
    )
