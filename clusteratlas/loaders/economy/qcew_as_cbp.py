"""QCEW in the shape of County Business Patterns, for a state that a CBP file lacks."""

from __future__ import annotations

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.vocabulary.naics import naics_level, naics_parent

NOT_IN_CBP = ("111", "112", "482", "491", "5251", "52592", "54112", "814", "92")
"""Industries that CBP does not cover, each with all below it.

Crop and animal production; rail transportation; postal service; pension, health, welfare and other
insurance funds (525110, 525120, 525190); trusts, estates and agency accounts (525920); offices of
notaries (541120); private households; government. (Census Bureau, CBP methodology.)
"""

_PRIVATE = 5
_HALF_A_TRADE = r"238\d\d[12]"
"""Residential (1) and nonresidential (2) contractors."""
_UNCLASSIFIED_BELOW = r"99\d+"
_WITHHELD = ["jobs", "wages"]
_FIGURES = ["establishments", *_WITHHELD]


def private_rows_as_cbp(table: pd.DataFrame, state: str) -> pd.DataFrame:
    """Private industries of one state from QCEW, in the shape of a CBP table of states.

    Parents keep only what CBP covers. Sector 11, 48-49, 52, 525, 5259, 54, 541, 5411, 81 and the
    total hold industries of `NOT_IN_CBP`, and those are subtracted; an industry without a row has
    no establishments. Where one of them is withheld, the parent is the sum of its other parts;
    where one of these is withheld too, jobs and payroll of the parent are NA, for nobody knows how
    much of them CBP would count. Establishments are never withheld, so they are always net. A
    parent with no establishments left is no row.

    Parameters
    ----------
    table
        Tidy table of source ``qcew`` or ``qcew-state``: area, area_type, ownership, naics, level,
        establishments, jobs, wages (USD).
    state
        State FIPS code, 2 digits.

    Returns
    -------
    DataFrame
        area, naics, level, jobs, establishments, payroll (thousand USD), sorted by naics. Jobs and
        payroll are NA where withheld. Codes are of the file's NAICS, but for the specialty trades
        (238), whose six-digit industries QCEW splits: each is its whole five-digit industry, of
        which it is the only one. Unclassified establishments are "99" alone, as in CBP.

    Raises
    ------
    SourceError
        If the table has no private rows of the state.

    Notes
    -----
    Jobs are annual averages here and those of mid-March in CBP; QCEW counts by unemployment
    insurance accounts, CBP by tax records. Both round, so that a parent's net figures can be off by
    one from the sum of its parts; they are never below 0.

    References
    ----------
    U.S. Census Bureau, "County Business Patterns: Methodology".
    """
    private = table["area_type"].eq("state") & table["ownership"].eq(_PRIVATE)
    rows = table[private & table["area"].eq(state)].set_index("naics")
    if rows.empty:
        raise SourceError(
            f"QCEW has no private rows of state {state!r}", hint="states are two digits, such as 11"
        )
    figures = rows[_FIGURES]
    covered = figures[~figures.index.str.startswith(NOT_IN_CBP)]
    net = _without(covered, figures[figures.index.isin(NOT_IN_CBP)])
    net = _whole_trades(net[~net.index.str.fullmatch(_UNCLASSIFIED_BELOW)]).sort_index()
    return pd.DataFrame(
        {
            "area": pd.Series(state, index=net.index, dtype="string"),
            "naics": net.index.astype("string"),
            "level": pd.Series([naics_level(code) for code in net.index], net.index, dtype="Int64"),
            "jobs": net["jobs"],
            "establishments": net["establishments"],
            "payroll": (net["wages"] / 1000).round().astype("Int64"),
        }
    ).reset_index(drop=True)


def _without(covered: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Take industries out of all that they lie in; what is then empty is left out."""
    net = covered.copy()
    changed = set()
    for industry, figures in others.iterrows():
        parent = naics_parent(str(industry))
        while parent is not None:
            if parent in net.index:
                # NA where either is withheld; below 0 only by rounding.
                net.loc[parent] = (net.loc[parent] - figures).clip(lower=0)
                changed.add(parent)
            parent = naics_parent(parent)
    net = net[~(net["establishments"].eq(0) & covered["establishments"].gt(0))]
    above = pd.Series([naics_parent(str(code)) for code in net.index], net.index, dtype="string")
    for parent in sorted(changed.intersection(net.index), key=naics_level, reverse=True):
        parts = net.loc[above.eq(parent).fillna(False), _WITHHELD]
        if parent in net.index[net["jobs"].isna()] and len(parts):
            net.loc[parent, _WITHHELD] = parts.sum(skipna=False)
    return net


def _whole_trades(figures: pd.DataFrame) -> pd.DataFrame:
    """Give each five-digit specialty trade as its only six-digit industry, too."""
    whole = figures[figures.index.str.fullmatch(r"238\d\d")]
    rest = figures[~figures.index.str.fullmatch(_HALF_A_TRADE)]
    return pd.concat([rest, whole.set_axis(whole.index + "0")])
