"""BEA import matrix: which imported commodities each industry and final use buys.

One wide table: commodities down, industries and final uses across, whole million USD; imports as a
final use are negative, so that each row of all uses sums to nothing. What an industry imports is
not surveyed: BEA gives each buyer of a commodity the same share of imports, but for a few known
ones. The only file that is at hand is *before* redefinitions, while the use tables here are after
them, so that a cell of imports may exceed its cell of use.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.loaders.economy.bea import FINAL_USE, SPECIAL
from clusteratlas.loaders.source.declaration import Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, read_csv_text, reals

_CODES = "rownames"
_BOUGHT, _FINAL = "T001", "T004"
_ROUNDING = 0.5
"""Million USD that each published cell may be off."""


def _read_bea_imports(path: Path, year: int) -> pd.DataFrame:
    del year
    return read_csv_text(path)


def _tidy_bea_imports(raw: pd.DataFrame, year: int) -> pd.DataFrame:
    del year
    across = [c for c in raw.columns if c != _CODES]
    missing = [c for c in (_CODES, _BOUGHT, _FINAL, *FINAL_USE) if c not in raw.columns]
    if missing:
        raise CellError(f"missing columns {missing}")
    down = [str(code) for code in raw[_CODES]]
    if absent := [c for c in SPECIAL if c not in down]:
        raise CellError(f"missing rows {absent}")
    values = {c: reals(raw[c], filled=True).to_numpy(dtype=np.float64) for c in across}
    industries = [c for c in across if c not in {_BOUGHT, _FINAL, *FINAL_USE}]
    for total, parts in ((_BOUGHT, industries), (_FINAL, list(FINAL_USE))):
        summed = np.sum([values[c] for c in parts], axis=0)
        off = np.abs(summed - values[total]) > _ROUNDING * (len(parts) + 1)
        if off.any():
            raise CellError(f"row {down[int(off.argmax())]}: the cells do not sum to {total}")
    users = [*industries, *FINAL_USE]
    matrix = np.stack([values[c] for c in users])
    j, i = np.nonzero(matrix)
    kinds = ["scrap_noncomparable" if code in SPECIAL else "commodity" for code in down]
    sides = ["final_use" if code in FINAL_USE else "industry" for code in users]
    return pd.DataFrame(
        {
            "row": _text(down, i),
            "column": _text(users, j),
            "value": pd.array(matrix[j, i], dtype="Float64"),
            "row_kind": _text(kinds, i),
            "column_kind": _text(sides, j),
        }
    )


def _text(words: list[str], at: npt.NDArray[np.intp]) -> pd.Series:
    return pd.Series(np.array(words, dtype=object)[at], dtype="string")


BEA_IMPORTS = Source(
    id="bea-imports",
    title="Benchmark input-output accounts, import matrix, before redefinitions, detail",
    publisher="U.S. Bureau of Economic Analysis",
    licence="US public domain",
    homepage="https://www.bea.gov/industry/input-output-accounts-data",
    url=None,
    pattern=r"Detail_Import_(?P<year>\d{4})_BeforeRedef_17sch\.csv(?:\.gz)?",
    example="Detail_Import_2017_BeforeRedef_17sch.csv.gz",
    vintages=frozenset({2017}),
    layouts=(),
    columns=(
        SourceColumn("row", "string", "code of the commodity"),
        SourceColumn("column", "string", "code of the buying industry or final use"),
        SourceColumn("value", "Float64", "imports bought; no cell is 0", "million USD"),
        SourceColumn("row_kind", "string", "commodity, scrap_noncomparable"),
        SourceColumn("column_kind", "string", "industry, final_use"),
    ),
    key=("row", "column"),
    read=_read_bea_imports,
    tidy=_tidy_bea_imports,
    note="As carried in the data of the US EPA's useeior. Imports by user are an estimate of BEA: "
    "every buyer of a commodity has about the same share of imports.",
)
