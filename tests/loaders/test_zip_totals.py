"""Totals of ZIP codes: what is withheld is no zero."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.places.zip_totals import ZIP_TOTALS
from tests.loaders.files import Rows, csv_text

HEAD = ["zip", "year", "state", "estab", "emp", "payann_k"]


def _file(folder: Path, rows: Rows) -> Path:
    path = folder / "zbp_2021_2022_zip_totals.csv"
    path.write_text(csv_text(rows))
    return path


def test_withheld_figures_are_missing(tmp_path: Path) -> None:
    rows = [["06226", 2021, "CT", 470, 5000, 9], ["501", 2022, "NY", 2, 0, 0]]
    rows += [["06262", 2022, "CT", 3, 0, 7], ["06227", 2022, "CT", 0, 0, 0]]
    frame = ZIP_TOTALS.load(_file(tmp_path, [HEAD, *rows]))
    assert frame.to_numpy().tolist() == [
        ["00501", 2022, "NY", 2, pd.NA, pd.NA],
        ["06226", 2021, "CT", 470, 5000, 9],
        ["06227", 2022, "CT", 0, 0, 0],
        ["06262", 2022, "CT", 3, 0, 7],
    ]


def test_defects(tmp_path: Path) -> None:
    row = ["06226", 2021, "CT", 470, 5000, 9]
    with pytest.raises(SourceError, match="line 2, column 'emp': 'D' is not a number"):
        ZIP_TOTALS.load(_file(tmp_path, [HEAD, [*row[:4], "D", 9]]))
    with pytest.raises(SourceError, match="1 repeated keys, first zip=06226, year=2021"):
        ZIP_TOTALS.load(_file(tmp_path, [HEAD, row, [*row[:5], 8]]))
    with pytest.raises(SourceDrift, match="missing columns"):
        ZIP_TOTALS.load(_file(tmp_path, [["zip", "year", "state", "est", *HEAD[4:]], row]))


@pytest.mark.data
def test_real_file(data_dir: Path) -> None:
    frame = ZIP_TOTALS.load(ZIP_TOTALS.find(data_dir, 2022))
    own = frame[frame["state"].eq("CT") & frame["year"].eq(2022)]
    assert (len(frame), len(own)) == (404_629, 335)
    assert (own["establishments"].sum(), own["jobs"].sum()) == (88_449, 1_476_759)
