"""Jobs by industry and occupation where some figures are not released: what is known of them.

Statistics of occupations come at nested levels (total, major, minor, broad, detailed). A detailed
figure that is not released is unknown, not zero; its group mostly is released, and bounds it.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd

from clusteratlas.errors import AnalysisError

TOTAL_SOC = "00-0000"
"""All occupations."""

LEVELS = ("total", "major", "minor", "broad", "detailed")
"""Levels of occupations, widest first."""

_ALSO_IN = {"29-122": "29-1210"}
"""Physicians are the one broad group of SOC 2018 that has codes of two tens."""


def detailed_staffing(table: pd.DataFrame) -> pd.DataFrame:
    """Estimate the unreleased figures, and keep the detailed occupations.

    A cell that is not released holds at least what is released below it. What its group has beyond
    its members' figures is spread evenly over the members that are not released, from the widest
    level to the finest::

        x_c = low_c + max(0, x_g - sum over members of g of (x or low)) / unreleased members of g

    with ``low_c`` the sum of the released figures below ``c``. A cell that the table does not list
    stays out; so does one of a group of which nothing is known. The rest of a group whose members
    are all released, or not listed, is given to nobody: it is rounding, or too small to publish.

    Parameters
    ----------
    table
        Columns naics, soc, group (one of :data:`LEVELS`) and jobs, NA where it is not released; one
        row for each industry and occupation, or two where a broad group of one member has its code.

    Returns
    -------
    DataFrame
        naics, soc, jobs, estimated (the figure is not a released one), of detailed occupations with
        jobs; sorted by naics and soc.

    Raises
    ------
    AnalysisError
        If a level is none of :data:`LEVELS`.

    References
    ----------
    The rule is ours. BLS, *Occupational Employment and Wage Statistics*, technical notes: estimates
    that would disclose a respondent, or are not reliable, are not released.
    """
    strange = set(table["group"]) - set(LEVELS)
    if strange:
        raise AnalysisError(f"{min(strange)!r} is no level of occupations")
    rank = table["group"].map({name: at for at, name in enumerate(LEVELS)})
    rows = table.assign(rank=rank.astype(int)).sort_values("rank")
    rows = rows.drop_duplicates(["naics", "soc"], keep="last")
    level = rows.drop_duplicates("soc").set_index("soc")["rank"]
    wide = rows.pivot(index="naics", columns="soc", values="jobs").astype("Float64")
    jobs = wide.to_numpy(dtype=float, na_value=np.nan)
    listed = rows.assign(at=True).pivot(index="naics", columns="soc", values="at").notna()
    there, released = listed.to_numpy(), ~np.isnan(jobs)
    column = {soc: at for at, soc in enumerate(wide.columns)}
    members: defaultdict[str, list[int]] = defaultdict(list)
    for soc in column:
        group = _group_of(soc, level)
        if group:
            members[group].append(column[soc])
    widest_first = sorted(members, key=lambda soc: (level[soc], soc))
    low = np.where(released, jobs, 0.0)
    for group in reversed(widest_first):
        at = column[group]
        low[:, at] = np.where(released[:, at], low[:, at], low[:, members[group]].sum(axis=1))
    found = low.copy()
    for group in widest_first:
        inside = members[group]
        open_ = there[:, inside] & ~released[:, inside]
        rest = np.clip(found[:, column[group]] - found[:, inside].sum(axis=1), 0.0, None)
        count = open_.sum(axis=1)
        each = np.divide(rest, count, out=np.zeros_like(rest), where=count > 0)
        found[:, inside] += open_ * each[:, None]
    detailed = np.array([level[soc] == len(LEVELS) - 1 for soc in wide.columns])
    i, o = np.nonzero((found > 0) & there & detailed)
    return pd.DataFrame(
        {
            "naics": wide.index.to_numpy()[i],
            "soc": wide.columns.to_numpy()[o],
            "jobs": found[i, o],
            "estimated": ~released[i, o],
        }
    )


def _group_of(soc: str, level: pd.Series) -> str | None:
    """Nearest wider occupation that the table has: 19-1021 is in 19-1020, 19-1000 or 19-0000."""
    wider = [_ALSO_IN.get(soc[:6], ""), soc[:6] + "0", soc[:5] + "00", soc[:4] + "000"]
    for code in (*wider, soc[:3] + "0000", TOTAL_SOC):
        if code != soc and code in level.index and level[code] < level[soc]:
            return code
    return None
