"""BEA import matrix: kinds, totals, and what a damaged file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceError
from clusteratlas.loaders.accounts.bea_imports import BEA_IMPORTS
from clusteratlas.loaders.economy.bea import FINAL_USE, SPECIAL

NAME = "Detail_Import_2017_BeforeRedef_17sch.csv"


def write(folder: Path, *, oilseed: str = "3,1,4", rows: tuple[str, ...] = tuple(SPECIAL)) -> Path:
    final = list(FINAL_USE)
    blank = ",".join(["0"] * (len(final) - 1))
    lines = [
        ",".join(["rownames", "1111A0", "111200", "T001", *final, "T004"]),
        # The first final use is personal consumption; imports themselves balance the row.
        f"1111A0,{oilseed},-4,{blank},-4",
        *(f"{code},0,0,0,0,{blank},0" for code in rows),
    ]
    path = folder / NAME
    path.write_text("\n".join([*lines, ""]))
    return path


def test_cells_that_are_not_zero_with_their_kinds(tmp_path: Path) -> None:
    table = BEA_IMPORTS.load(write(tmp_path))
    assert table.to_numpy().tolist() == [
        ["1111A0", "1111A0", 3.0, "commodity", "industry"],
        ["1111A0", "111200", 1.0, "commodity", "industry"],
        ["1111A0", "F01000", -4.0, "commodity", "final_use"],
    ]


def test_a_row_that_is_not_whole(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="row 1111A0: the cells do not sum to T001"):
        BEA_IMPORTS.load(write(tmp_path, oilseed="3,1,40"))
    with pytest.raises(SourceError, match=r"missing rows \['S00900'\]"):
        BEA_IMPORTS.load(write(tmp_path, rows=tuple(SPECIAL)[:3]))
    with pytest.raises(SourceError, match="'x' is not a number"):
        BEA_IMPORTS.load(write(tmp_path, oilseed="x,1,4"))


@pytest.mark.data
def test_the_published_matrix(data_dir: Path) -> None:
    table = BEA_IMPORTS.load(BEA_IMPORTS.find(data_dir, 2017))
    bought = table[table["column_kind"] == "industry"]
    assert bought["value"].sum() == 1_416_292
    assert (bought["value"] > 0).all()
    assert bought["column"].nunique() > 390
