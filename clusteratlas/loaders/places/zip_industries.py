"""Establishments by ZIP code and industry: the industries of the ZIP Business Patterns."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.columnar import per_value, read_columns
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError
from clusteratlas.loaders.source.vintages import since

_VINTAGES = frozenset({2012, 2016, 2022})
_LAYOUT = Layout(vintages=_VINTAGES, columns=frozenset({"zip", "naics", "estab"}))
_SHAPES = {"zip": r"\d{5}", "naics": r"\d{5,6}"}


def _read_zip_industries(path: Path, vintage: int) -> pd.DataFrame:
    del vintage
    return read_columns(path, codes=["zip", "naics"], whole=["estab"])


def _tidy_zip_industries(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    del vintage
    for name, shape in _SHAPES.items():
        _refuse_unknown(raw[name], name, shape)
    if raw["estab"].isna().any():
        raise CellError("column 'estab': a cell is empty, not a number", column="estab", value="")
    return pd.DataFrame(
        {
            "zip": raw["zip"].astype("string"),
            "naics": raw["naics"].astype("string"),
            "level": per_value(raw["naics"], len, "Int64"),
            "establishments": raw["estab"],
        }
    )


def _refuse_unknown(column: pd.Series, name: str, shape: str) -> None:
    if column.isna().any():
        raise CellError(f"column {name!r}: a cell is empty", column=name, value="")
    wrong = [value for value in column.cat.categories if not re.fullmatch(shape, value)]
    if wrong:
        raise CellError(
            f"column {name!r}: {wrong[0]!r} is no code as the file has them (zeros cut?)",
            column=name,
            value=wrong[0],
        )


ZIP_INDUSTRIES = Source(
    id="zip-industries",
    title="ZIP Business Patterns: establishments by industry",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/programs-surveys/cbp.html",
    url=None,
    pattern=r"zbp_(?P<year>\d{4})_zip_x_naics\.csv(?:\.gz)?",
    example="zbp_2016_zip_x_naics.csv.gz",
    vintages=_VINTAGES,
    goes_on=True,
    layouts=(_LAYOUT,),
    columns=(
        SourceColumn("zip", "string", "ZIP code, five digits"),
        SourceColumn("naics", "string", "NAICS code of five or six digits"),
        SourceColumn("level", "Int64", "digits of the code", "digits"),
        SourceColumn("establishments", "Int64", "establishments", "establishments"),
    ),
    key=("zip", "naics"),
    read=_read_zip_industries,
    tidy=_tidy_zip_industries,
    naics=since({2012: 2012, 2017: 2017}),
    note="In 2012 and 2016 every cell has a row, and California has five digits alone; in 2022 "
    "cells of fewer than three establishments have none. The yearly files of the publisher put "
    "into this layout; each has to be placed by hand.",
)
