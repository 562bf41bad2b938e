"""HERD FY2023: research and development of universities by field, and what of it firms paid for.

The survey's own tables 26 and the like as comma-separated text. Names are short ones ("U. Alabama,
Birmingham"); the second table has no states, but the same names.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text
from clusteratlas.loaders.source.words import known_words

ALL_FIELDS = "all_r_d_expenditures"
RESEARCH_FIELDS = (
    ALL_FIELDS,
    "computer_and_information_sciences",
    "geosciences_atmospheric_sciences_and_ocean_sciences",
    "life_sciences",
    "mathematics_and_statistics",
    "physical_sciences",
    "psychology",
    "social_sciences",
    "sciences_nec",
    "engineering",
    "all_non_s_e_fields",
)
TOGETHER = "all"
"""In the place of a university's name: all of a state, or of the nation."""
_VINTAGES = frozenset({2023})
_CONTROLS = ("Public", "Private")
_NATION = "United States"
_AREAS = {"Guam": "66", "Puerto Rico": "72", "Virgin Islands": "78"}
_CODES = {name: code for code, (_, name) in STATES.items()} | _AREAS
_FOOTNOTE = r"<sup>.*?</sup>"


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _name(column: pd.Series) -> pd.Series:
    return column.str.replace(_FOOTNOTE, "", regex=True).str.strip()


def _long(raw: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """One row for each field, in thousand USD."""
    wide = ends.assign(**{field: integers(raw[field], filled=True) for field in RESEARCH_FIELDS})
    return wide.melt(list(ends.columns), var_name="field", value_name="spent")


def _tidy_fields(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Nation, states and universities; sums by control alone are left out; pure."""
    by_control = raw["level_2"].isin(_CONTROLS) | (raw["level_3"].ne("") & raw["level_4"].eq(""))
    rows = raw[~by_control].reset_index(drop=True)
    state, control, university = rows["level_2"], rows["level_3"], _name(rows["level_4"])
    whole = state.eq("")
    known_words(state[~whole], set(_CODES), "state")
    level = pd.Series("university", index=rows.index, dtype="string")
    level = level.mask(university.eq(""), "state").mask(whole, "nation")
    ends = pd.DataFrame(
        {
            "level": level,
            "state": state.map(_CODES).mask(whole, "us"),
            "university": university.mask(university.eq(""), TOGETHER),
            "control": control.str.lower(),
        }
    )
    return _long(rows, ends)


def _tidy_business(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Universities, and all of them together; pure."""
    names = _name(raw["level_2"])
    return _long(raw, pd.DataFrame({"university": names.mask(names.eq(""), TOGETHER)}))


_MEASURES = (
    SourceColumn("field", "string", "field of research; all_r_d_expenditures is the sum"),
    SourceColumn("spent", "Int64", "spent on it in the fiscal year", "thousand USD"),
)
_PUBLISHER = "National Center for Science and Engineering Statistics"
_HOMEPAGE = "https://ncses.nsf.gov/surveys/higher-education-research-development/2023"

HERD_FIELDS = Source(
    id="herd-fields",
    title="Higher education research and development by state, university and field",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOMEPAGE,
    url=None,
    pattern=r"herd_fy(?P<year>\d{4})_institution_x_field\.csv(?:\.gz)?",
    example="herd_fy2023_institution_x_field.csv.gz",
    vintages=_VINTAGES,
    goes_on=True,
    layouts=(
        Layout(
            _VINTAGES,
            frozenset({"level_2", "level_3", "level_4", *RESEARCH_FIELDS}),
            frozenset({"level_1", "flags"}),
        ),
    ),
    columns=(
        SourceColumn("level", "string", "nation, state, university"),
        SourceColumn("state", "string", "two digits, or us"),
        SourceColumn("university", "string", "short name; all for states and the nation"),
        SourceColumn("control", "string", "public or private; empty for states and the nation"),
        *_MEASURES,
    ),
    key=("state", "university", "field"),
    read=_read,
    tidy=_tidy_fields,
    note="Universities that spend 150,000 USD or more a year. No counties.",
)

HERD_BUSINESS = Source(
    id="herd-business",
    title="Higher education research and development paid for by business, by university and field",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOMEPAGE,
    url=None,
    pattern=r"herd_fy(?P<year>\d{4})_business_funded_x_field\.csv(?:\.gz)?",
    example="herd_fy2023_business_funded_x_field.csv.gz",
    vintages=_VINTAGES,
    goes_on=True,
    layouts=(
        Layout(
            _VINTAGES,
            frozenset({"level_2", *RESEARCH_FIELDS}),
            frozenset({"level_1", "rank", "flags"}),
        ),
    ),
    columns=(
        SourceColumn("university", "string", "short name; all for all of them together"),
        *_MEASURES,
    ),
    key=("university", "field"),
    read=_read,
    tidy=_tidy_business,
    note="No states: the names are those of source herd-fields.",
)
