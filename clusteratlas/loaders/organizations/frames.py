"""Small steps that several registers share: groups of rows, ids from names, kinds from names."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from clusteratlas.loaders.counties import STATES

STATES_AND_AREAS = frozenset({code for code, _ in STATES.values()} | {"AS", "GU", "MP", "VI"})
"""Postal codes of the states, the District of Columbia and the island areas."""

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "government agency",
        r"^(?:US|U S|UNITED STATES) (?:GOVERNMENT|GOVT|DEPARTMENT|DEPT|ARMY|NAVY|AIR FORCE|DOD|DOE|"
        r"EPA|MARINE CORPS|COAST GUARD|POSTAL)\b|^(?:CITY|COUNTY|STATE|TOWN|VILLAGE|BOROUGH|"
        r"TOWNSHIP|COMMONWEALTH) OF\b|\bCOUNTY OF\b|\b(?:SCHOOL DISTRICT|PUBLIC SCHOOLS|"
        r"INDEPENDENT SCHOOL DIST|WATER DISTRICT|SANITARY DISTRICT|SANITATION DISTRICT)\b"
        r"|\bARMY DEPOT\b|\bNAVAL (?:STATION|BASE|SHIPYARD|AIR STATION)\b"
        r"|\bAIR FORCE BASE\b|\bAFB\b"
        r"|^(?:USDA|USEPA|USDOE|US DOE|US EPA|DEPARTMENT OF|DEPT OF) ",
    ),
    (
        "hospital",
        r"\b(?:HOSPITALS?|MEDICAL CENTER|MEDICAL CTR|MED CTR|HEALTH SYSTEMS?|INFIRMARY)\b"
        r"(?!.*\b(?:SUPPLY|SUPPLIES|PRODUCTS|EQUIPMENT|UNIVERSITY PHARMACY)\b)",
    ),
    (
        "university",
        r"\b(?:UNIVERSITY|UNIV|COLLEGE|INSTITUTE OF TECHNOLOGY|POLYTECHNIC)\b"
        r"(?!.*\b(?:INC|LLC|LTD|LLP|CORP|PRESS|PHARMACY|BOOKSTORE)\b)",
    ),
    ("trade association", r"\bCHAMBER OF COMMERCE\b|\bTRADE ASSOCIATION\b|\bTRADE ASSN\b"),
)


def words(column: pd.Series) -> pd.Series:
    """Collapse white space; a cell without a letter or digit is missing; shape (n,)."""
    text = column.astype("string").str.replace(r"\s+", " ", regex=True).str.strip()
    return text.mask(~text.str.contains(r"[0-9A-Za-z]", regex=True).fillna(False))


def zip_codes(column: pd.Series) -> pd.Series:
    """First five digits of ZIP codes that may have lost zeros or their hyphen; shape (n,)."""
    digits = column.astype("string").str.replace(r"\D", "", regex=True)
    five = digits.str.zfill(5).where(digits.str.len() <= 5, digits.str.zfill(9).str[:5])
    return five.mask(digits.eq("") | five.eq("00000"))


def postal_states(column: pd.Series) -> pd.Series:
    """Postal codes of states and areas, upper case; anything else is missing; shape (n,)."""
    text = column.astype("string").str.strip().str.upper()
    return text.where(text.isin(STATES_AND_AREAS))


def numbers(column: pd.Series) -> pd.Series:
    """Keep what is all digits; anything else is missing; shape (n,)."""
    text = column.astype("string").str.strip()
    return text.where(text.str.fullmatch(r"\d+").fillna(False))


def prefixed(scheme: str, column: pd.Series) -> pd.Series:
    """Write identifiers as ``scheme:value``; a missing one is an empty text; shape (n,)."""
    return (scheme + ":" + column.astype("string")).fillna("")


def slug(names: pd.Series) -> pd.Series:
    """Make ids out of names: ``"EXXON MOBIL CORP."`` is ``exxon-mobil-corp``; shape (n,)."""
    text = names.astype("string").str.normalize("NFKD").str.lower()
    plain = text.str.replace(r"[\u0300-\u036f'\u2019]", "", regex=True).str.replace("&", " and ")
    return plain.str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")


def kind_by_name(
    names: pd.Series, default: str = "company", *, only: Collection[str] = ()
) -> pd.Series:
    """Tell governments, hospitals, universities and chambers by the words in their names.

    Parameters
    ----------
    names
        Names; shape (n,).
    default
        Kind of all others.
    only
        Kinds to look for; none means all. Plants on College Avenue are no universities.

    Returns
    -------
    Series
        Kinds, shape (n,), with the index of ``names``. The first rule that fits counts; a name
        that ends in the form of a firm is no university.
    """
    plain = names.astype("string").str.upper().str.replace(r"[.,]", "", regex=True).fillna("")
    kinds = pd.Series(default, index=names.index, dtype="string")
    for kind, pattern in reversed(_KINDS):
        if only and kind not in only:
            continue
        kinds = kinds.mask(plain.str.contains(pattern, regex=True), kind)
    return kinds


def joined(values: pd.Series, by: pd.Series) -> pd.Series:
    """Join the different values of each group by ``|``, sorted; missing ones are left out."""
    frame = pd.DataFrame({"by": by, "value": values})
    frame = frame[frame["value"].notna() & frame["value"].ne("")].drop_duplicates()
    texts: dict[str, str] = {}
    for key, value in frame.sort_values(["by", "value"]).itertuples(index=False):
        texts[key] = f"{texts[key]}|{value}" if key in texts else value
    return pd.Series(texts, dtype="string")


def commonest(values: pd.Series, by: pd.Series, last: pd.Series | None = None) -> pd.Series:
    """Give the value that stands most often in each group.

    Parameters
    ----------
    values
        Values; shape (n,); missing ones do not count.
    by
        The group of each row.
    last
        Where given, only the rows with the largest ``last`` of their group count, for example
        those of the latest year.

    Returns
    -------
    Series
        One value a group that has any, indexed by group; of equally common ones the first in
        alphabetical order.
    """
    frame = pd.DataFrame({"by": by, "value": values})
    kept = frame["value"].notna() & frame["by"].notna()
    frame = frame[kept]
    if last is not None:
        years = last[kept]
        frame = frame[years.eq(years.groupby(frame["by"]).transform("max"))]
    counts = frame.value_counts().rename("rows").reset_index()
    counts = counts.sort_values(["by", "rows", "value"], ascending=[True, False, True])
    return counts.drop_duplicates("by").set_index("by")["value"]
