"""BERD: research and development that firms performed, by state."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, integers, read_csv_text
from clusteratlas.loaders.source.words import known_words

_VINTAGES = frozenset({2022})
_PLACE = "_b_state_b_level_2"
_MEASURES = {
    "field_all_r_da": ("performed", "research and development that firms performed"),
    "field_paid_for_by_the_company": ("own", "the part that they paid for themselves"),
    "field_paid_for_by_others": ("for_others", "the part that others paid for"),
}
_CELL = r"\['([\d,]+)', '(i?)\s*'\]"
"""A figure and its mark: i where more than half of it is imputed."""
_UNDISTRIBUTED = "Undistributed funds"
_CODES = {name: code for code, (_, name) in STATES.items()} | {"": "us", _UNDISTRIBUTED: "00"}


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Take figures and marks apart; pure."""
    place = raw[_PLACE].str.replace(r"<sup>.*?</sup>", "", regex=True).str.strip()
    known_words(place, set(_CODES), "state")
    figures = {}
    for column, (name, _) in _MEASURES.items():
        cells = raw[column].str.extract(f"^{_CELL}$")
        strange = cells[0].isna()
        if strange.any():
            value = raw.loc[strange, column].iloc[0]
            raise CellError(
                f"column {column!r}: {value!r} is no figure with its mark",
                column=column,
                value=value,
            )
        figures[name] = integers(cells[0])
        figures[f"{name}_imputed"] = cells[1].eq("i").astype("boolean")
    return pd.DataFrame({"state": place.map(_CODES), **figures})


BERD_STATE = Source(
    id="berd-state",
    title="Business enterprise research and development by state",
    publisher="National Center for Science and Engineering Statistics",
    licence="US public domain",
    homepage="https://ncses.nsf.gov/surveys/business-enterprise-research-development/2022",
    url=None,
    pattern=r"berd_(?P<year>\d{4})_state_x_source\.csv(?:\.gz)?",
    example="berd_2022_state_x_source.csv.gz",
    vintages=_VINTAGES,
    goes_on=True,
    layouts=(
        Layout(
            _VINTAGES,
            frozenset({_PLACE, *_MEASURES}),
            frozenset(
                {
                    "table_id",
                    "row_id",
                    "_b_state_b_full_path",
                    "_b_state_b_level_1",
                    "_b_state_b_hierarchy_depth",
                }
            ),
        ),
    ),
    columns=(
        SourceColumn("state", "string", "two digits; us for the nation, 00 for no state"),
        *(
            column
            for name, note in _MEASURES.values()
            for column in (
                SourceColumn(name, "Int64", note, "million USD"),
                SourceColumn(f"{name}_imputed", "boolean", "more than half of it is imputed"),
            )
        ),
    ),
    key=("state",),
    read=_read,
    tidy=_tidy,
    note="Firms of ten employees and more. What is in no state is in the nation.",
)
