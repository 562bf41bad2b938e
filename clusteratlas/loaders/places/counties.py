"""States and counties as codes: names, codes that changed, and codes that only BEA uses.

Publishers date their county codes differently (the economic areas still have Dade County), so two
files join only after :func:`modernize`. The tables are small and settled; each line has its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

STATES: dict[str, tuple[str, str]] = {
    "01": ("AL", "Alabama"),
    "02": ("AK", "Alaska"),
    "04": ("AZ", "Arizona"),
    "05": ("AR", "Arkansas"),
    "06": ("CA", "California"),
    "08": ("CO", "Colorado"),
    "09": ("CT", "Connecticut"),
    "10": ("DE", "Delaware"),
    "11": ("DC", "District of Columbia"),
    "12": ("FL", "Florida"),
    "13": ("GA", "Georgia"),
    "15": ("HI", "Hawaii"),
    "16": ("ID", "Idaho"),
    "17": ("IL", "Illinois"),
    "18": ("IN", "Indiana"),
    "19": ("IA", "Iowa"),
    "20": ("KS", "Kansas"),
    "21": ("KY", "Kentucky"),
    "22": ("LA", "Louisiana"),
    "23": ("ME", "Maine"),
    "24": ("MD", "Maryland"),
    "25": ("MA", "Massachusetts"),
    "26": ("MI", "Michigan"),
    "27": ("MN", "Minnesota"),
    "28": ("MS", "Mississippi"),
    "29": ("MO", "Missouri"),
    "30": ("MT", "Montana"),
    "31": ("NE", "Nebraska"),
    "32": ("NV", "Nevada"),
    "33": ("NH", "New Hampshire"),
    "34": ("NJ", "New Jersey"),
    "35": ("NM", "New Mexico"),
    "36": ("NY", "New York"),
    "37": ("NC", "North Carolina"),
    "38": ("ND", "North Dakota"),
    "39": ("OH", "Ohio"),
    "40": ("OK", "Oklahoma"),
    "41": ("OR", "Oregon"),
    "42": ("PA", "Pennsylvania"),
    "44": ("RI", "Rhode Island"),
    "45": ("SC", "South Carolina"),
    "46": ("SD", "South Dakota"),
    "47": ("TN", "Tennessee"),
    "48": ("TX", "Texas"),
    "49": ("UT", "Utah"),
    "50": ("VT", "Vermont"),
    "51": ("VA", "Virginia"),
    "53": ("WA", "Washington"),
    "54": ("WV", "West Virginia"),
    "55": ("WI", "Wisconsin"),
    "56": ("WY", "Wyoming"),
    "72": ("PR", "Puerto Rico"),
}
"""Two-digit FIPS code -> postal code and name: states, District of Columbia, Puerto Rico."""

TERRITORIES = frozenset({"60", "66", "69", "72", "78"})
"""Two-digit FIPS codes of what is no state: the estimates of the states' population lack them."""


@dataclass(frozen=True, slots=True)
class CountyChange:
    """One retired county code."""

    old: str
    new: tuple[str, ...]
    """Codes that hold its territory now; the first holds most of it."""
    year: int
    """First year of the new codes."""
    reason: str


COUNTY_CHANGES: tuple[CountyChange, ...] = (
    CountyChange("02010", ("02016", "02013"), 1987, "Aleutian Islands were divided in two"),
    CountyChange("02201", ("02198",), 2008, "the rest after Ketchikan Gateway and Wrangell grew"),
    CountyChange("02231", ("02232", "02282"), 1992, "Yakutat became a borough"),
    CountyChange("02232", ("02105", "02230"), 2007, "Skagway became a borough"),
    CountyChange("02261", ("02063", "02066"), 2019, "Valdez-Cordova was divided in two"),
    CountyChange("02270", ("02158",), 2015, "Wade Hampton was renamed Kusilvak"),
    CountyChange("02280", ("02195", "02275"), 2008, "Wrangell became a borough"),
    CountyChange("11999", ("11001",), 1950, "a second code of the District of Columbia"),
    CountyChange("12025", ("12086",), 1997, "Dade was renamed Miami-Dade"),
    CountyChange("46113", ("46102",), 2015, "Shannon was renamed Oglala Lakota"),
    CountyChange("51515", ("51019",), 2013, "Bedford city joined Bedford County"),
    CountyChange("51560", ("51005",), 2001, "Clifton Forge city joined Alleghany County"),
    CountyChange("51780", ("51083",), 1995, "South Boston city joined Halifax County"),
)
"""Codes in the supported files that the counties of 2019-2020 no longer have.

Source: U.S. Census Bureau, "Substantial Changes to Counties and County Equivalent Entities". The
planning regions of Connecticut (2022) cut across its counties, so they have no line here: see
:mod:`clusteratlas.editions.linkages.planning_regions`.
"""

CURRENT = 2018
"""Default vintage of county codes: that of the 2018-2020 delineations and 2019 estimates. The
division of Valdez-Cordova in January 2019 entered the Census files only after those."""

BEA_COMBINED: dict[str, tuple[str, ...]] = {
    "15901": ("15009", "15005"),
    "51901": ("51003", "51540"),
    "51903": ("51005", "51580"),
    "51907": ("51015", "51790", "51820"),
    "51911": ("51031", "51680"),
    "51913": ("51035", "51640"),
    "51918": ("51053", "51570", "51730"),
    "51919": ("51059", "51600", "51610"),
    "51921": ("51069", "51840"),
    "51923": ("51081", "51595"),
    "51929": ("51089", "51690"),
    "51931": ("51095", "51830"),
    "51933": ("51121", "51750"),
    "51939": ("51143", "51590"),
    "51941": ("51149", "51670"),
    "51942": ("51153", "51683", "51685"),
    "51944": ("51161", "51775"),
    "51945": ("51163", "51530", "51678"),
    "51947": ("51165", "51660"),
    "51949": ("51175", "51620"),
    "51951": ("51177", "51630"),
    "51953": ("51191", "51520"),
    "51955": ("51195", "51720"),
    "51958": ("51199", "51735"),
}
"""Areas that BEA combines in its regional accounts: its code -> county, then enclosed cities."""

HOSTS: dict[str, str] = {
    **{city: members[0] for members in BEA_COMBINED.values() for city in members[1:]},
    "51013": "51059",
    "51510": "51059",
}
"""City (or Kalawao, Arlington, Alexandria) -> the county around it or beside it."""


def modern(code: str, year: int = CURRENT) -> tuple[str, ...]:
    """Give the codes that hold a county's territory in ``year``.

    Parameters
    ----------
    code
        Five-digit FIPS code, also one of a retired county.
    year
        Vintage of the codes that are wanted.

    Returns
    -------
    tuple of str
        The code itself where nothing changed; several where the county was divided.
    """
    for change in COUNTY_CHANGES:
        if change.old == code and change.year <= year:
            return tuple(dict.fromkeys(c for new in change.new for c in modern(new, year)))
    return (code,)


def modernize(
    frame: pd.DataFrame, column: str, *, year: int = CURRENT, key: Sequence[str] | None = None
) -> pd.DataFrame:
    """Rewrite a column of county codes in the codes of ``year``.

    A row of a divided county is given once for each part, so figures must not be summed afterwards;
    this is for memberships, names and borders.

    Parameters
    ----------
    frame
        Any table; it is not changed.
    column
        Its column of five-digit codes.
    year
        Vintage of the codes that are wanted.
    key
        Columns that identify a row afterwards. A row that gets the key of one with a code that is
        still valid is left out. Default: ``column``.
    """
    out = frame.copy()
    out[column] = [modern(code, year) for code in frame[column]]
    out["_kept"] = [
        parts == (code,) for parts, code in zip(out[column], frame[column], strict=True)
    ]
    out = out.explode(column).astype({column: "string"})
    out = out.sort_values("_kept", ascending=False, kind="stable").drop_duplicates(
        list(key) if key is not None else [column]
    )
    return out.drop(columns="_kept").sort_values(column, kind="stable").reset_index(drop=True)
