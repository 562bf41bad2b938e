"""BLS National Employment Matrix: jobs by three-digit industry and detailed occupation.

A second, independent source of occupation profiles: it covers all three-digit industries, and its
occupations are the detailed SOC ones.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, read_csv_text, reals
from clusteratlas.loaders.source.vintages import since

VINTAGES = frozenset({2018})

_SHAPES = {"SOCCode": re.compile(r"\d{2}-\d{4}"), "industry_code": re.compile(r"\d{3}")}


def read_nem(path: Path, _year: int) -> pd.DataFrame:
    """Read the file as text."""
    return read_csv_text(path)


def tidy_nem(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Turn thousands of jobs into jobs; pure."""
    for name, shape in _SHAPES.items():
        wrong = [code for code in raw[name].unique() if not shape.fullmatch(code)]
        if wrong:
            raise CellError(
                f"column {name!r}: {wrong[0]!r} is no such code", column=name, value=wrong[0]
            )
    return pd.DataFrame(
        {
            "naics": raw["industry_code"],
            "soc": raw["SOCCode"],
            # Published to a tenth of a thousand, so whole jobs undo the binary fraction.
            "jobs": (reals(raw["Employment"], filled=True) * 1000).round(),
        }
    )


SOURCE = Source(
    id="nem",
    title="National Employment Matrix, 3-digit industries by occupation",
    publisher="U.S. Bureau of Labor Statistics",
    licence="US public domain",
    homepage="https://www.bls.gov/emp/data/occupational-data.htm",
    url=None,
    pattern=r"nem(?P<year>\d{4})_naics3_x_soc\.csv",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, frozenset({"SOCCode", "industry_code", "Employment"})),),
    columns=(
        SourceColumn("naics", "string", "three-digit NAICS code"),
        SourceColumn("soc", "string", "detailed SOC code"),
        SourceColumn("jobs", "Float64", "employment, published in hundreds", "jobs"),
    ),
    key=("naics", "soc"),
    read=read_nem,
    tidy=tidy_nem,
    note="Without government and farms; small cells are not published.",
    example="nem2018_naics3_x_soc.csv",
    naics=since({2018: 2017}),
)
