"""Small steps that several registers share: groups of rows, ids from names, kinds from names."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from clusteratlas.loaders.places.counties import STATES
from clusteratlas.vocabulary.keys import organization_key

STATES_AND_AREAS = frozenset({code for code, _ in STATES.values()} | {"AS", "GU", "MP", "VI"})
"""Postal codes of the states, the District of Columbia and the island areas."""

_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "government agency",
        r"^(?:US|U S|UNITED STATES) (?:GOVERNMENT|GOVT|DEPARTMENT|DEPT|ARMY|NAVY|AIR FORCE|DOD|DOE|"
        r"EPA|MARINE CORPS|COAST GUARD|POSTAL)\b|^(?:CITY|COUNTY|STATE|TOWN|VILLAGE|BOROUGH|"
        r"TOWNSHIP|COMMONWEALTH) OF\b|\bCOUNTY OF\b|\b(?:SCHOOL DISTRICT|PUBLIC SCHOOLS|"
        r"INDEPENDENT SCHOOL DIST|WATER DISTRICT|SANITARY DISTRICT|SANITATION DISTRICT)\b"
        r"|\bARMY DEPOT\b|\bNAVAL (?:STATION|BASE|SHIPYARD|AIR STATION)\b"
        r"|\bAIR FORCE BASE\b|\bAFB\b"
        r"|^(?:USDA|USEPA|USDOE|US DOE|US EPA|DEPARTMENT OF|DEPT OF) ",
        r"\bLLC\b",
    ),
    (
        "hospital",
        r"\b(?:HOSPITALS?|MEDICAL CENTER|MEDICAL CTR|MED CTR|HEALTH SYSTEMS?|INFIRMARY)\b",
        r"\b(?:ANIMAL|PET|VET|VETERINARY|SUPPLY|SUPPLIES|PRODUCTS|EQUIPMENT|SPECIALTY CO|"
        r"DISPOSABLES|STAFFING|PHARMACY)\b",
    ),
    (
        "university",
        r"\b(?:UNIVERSITY|UNIV|COLLEGE|INSTITUTE OF TECHNOLOGY|POLYTECHNIC)\b",
        r"\b(?:INC|LLC|LTD|LLP|CORP|CO|PRESS|PHARMACY|BOOKSTORE|FOUNDATION|NETWORK|FUND|CLUB|"
        r"ASSOCIATION|CHURCH|COLLEGE (?:PARK|POINT|STATION|PLACE|BOARD))\b",
    ),
    (
        "trade association",
        r"\bCHAMBERS? OF COMMERCE\b|\bTRADE ASSOCIATION\b|\bTRADE ASSN\b",
        r"\bBUILDING\b",
    ),
)
"""Kind, words that say so, and words that say no; the first kind that fits counts."""

_BODY = (
    r"(?i)\b(?:inc|incorporated|llc|llp|lp|ltd|limited|co|company|cos|corp|corporation|lc|lllp|plc|"
    r"gmbh|ag|sa|spa|srl|group|holdings?|partners|partnership|ptnr|energy|oil|gas|airgas|petroleum|"
    r"resources|exploration|investments?|enterprises?|properties|power|electric|utilit\w*|of|"
    r"municipal\w*|city|county|town|state|states|district|authority|board|commission|coop|"
    r"cooperative|association|associates|assoc|assn|government|university|foundation|fund|royalty|"
    r"royalties|production|operating|services|systems|capital|management|ventures?|trust company|"
    r"minerals|water|light|public|village|agency|department|products|project|projects|industries|"
    r"international|usa|america|americas|solar|bank|farms?|farmers|fuels|offshore|midstream|edison|"
    r"strategies|infrastructure|pharm\w*|labs?|laborator\w*|health\w*|medical|care|bio\w*|thera\w*|"
    r"scien\w*|chem\w*|feeds?|mills?|supply|beauty|cosmetic\w*|brands?|global|innovations|"
    r"nutrition|manufacturing|technolog\w*|oxide|candy)\b"
)
"""Words of a firm or a public body."""


def maybe_persons(names: pd.Series) -> pd.Series:
    """Tell names of several words, none of them of a firm or a public body; shape (n,).

    Some registers of bodies have private persons among them, who are not to be loaded. A firm that
    is named like a person is taken for one.
    """
    plain = names.astype("string").str.replace(".", "", regex=False).fillna("")
    return plain.str.contains(" ", regex=False) & ~plain.str.contains(_BODY, regex=True)


def clean_text(column: pd.Series) -> pd.Series:
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
    return organization_key(scheme, column.astype("string")).fillna("")


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
    for kind, words_for, words_against in reversed(_KINDS):
        if only and kind not in only:
            continue
        fits = plain.str.contains(words_for, regex=True)
        kinds = kinds.mask(fits & ~plain.str.contains(words_against, regex=True), kind)
    return kinds


def joined(values: pd.Series, by: pd.Series) -> pd.Series:
    """Join the different values of each group by ``|``, sorted; missing ones are left out."""
    frame = pd.DataFrame({"by": by, "value": values})
    frame = frame[frame["value"].notna() & frame["value"].ne("")].drop_duplicates()
    texts: dict[str, str] = {}
    for key, value in frame.sort_values(["by", "value"]).itertuples(index=False):
        texts[key] = f"{texts[key]}|{value}" if key in texts else value
    return pd.Series(texts, dtype="string")


def county_codes(names: pd.Series, states: pd.Series, listed: pd.DataFrame) -> pd.Series:
    """Find codes of counties by name and postal code of the state.

    Parameters
    ----------
    names
        Names such as ``"WAYNE COUNTY"``, ``"Kings"`` or ``"St. Louis City"``; shape (n,).
    states
        Postal codes; shape (n,).
    listed
        Tidy table of source ``county-codes``.

    Returns
    -------
    Series
        Five digits, shape (n,); missing where no county, or more than one, has that name.
    """
    postal = {name: code for code, name in STATES.values()}
    table = pd.DataFrame(
        {"key": listed["state"].map(postal) + " " + _county(listed["name"]), "fips": listed["fips"]}
    ).drop_duplicates("key", keep=False)
    by_key = table.set_index("key")["fips"]
    return (states.astype("string") + " " + _county(names)).map(by_key).astype("string")


def _county(names: pd.Series) -> pd.Series:
    text = names.astype("string").str.upper().str.replace(r"\bST[.]? ", "SAINT ", regex=True)
    kind = r" (?:COUNTY|PARISH|CITY AND BOROUGH|BOROUGH|CENSUS AREA|MUNICIPIO|MUNICIPALITY)$"
    return text.str.replace(kind, "", regex=True).str.replace(r"[^A-Z0-9]", "", regex=True)


def last_filed(rows: pd.DataFrame, one: pd.Series, when: pd.Series | None = None) -> pd.DataFrame:
    """Of records that were filed again, keep the last filing of each.

    Parameters
    ----------
    rows
        Filings.
    one
        What tells that two rows are filings of one record; a row where it is missing is a record
        of its own; shape (n,).
    when
        When a row was filed, in an order; missing goes before all others; shape (n,). Among equal
        ones, and without it, the last row counts.

    Returns
    -------
    DataFrame
        The rows that count, in their order.
    """
    kept = one
    if when is not None:
        kept = one.reindex(when.sort_values(kind="stable", na_position="first").index)
    kept = kept[kept.isna() | ~kept.duplicated(keep="last")]
    return rows.loc[kept.index.sort_values()]


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
