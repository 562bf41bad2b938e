"""Establishments of ZIP codes by industry: whole codes, whole numbers, and two levels."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.places.zip_industries import ZIP_INDUSTRIES
from tests.loaders.files import Rows, csv_text

HEAD = ["zip", "naics", "estab"]


def _file(folder: Path, rows: Rows) -> Path:
    path = folder / "zbp_2016_zip_x_naics.csv"
    path.write_text(csv_text(rows))
    return path


def test_california_has_five_digits(tmp_path: Path) -> None:
    rows: Rows = [HEAD, ["90001", "23816", 3], ["01001", "221320", 1]]
    frame = ZIP_INDUSTRIES.load(_file(tmp_path, rows))
    assert frame.to_numpy().tolist() == [["01001", "221320", 6, 1], ["90001", "23816", 5, 3]]
    assert ZIP_INDUSTRIES.naics(2016) == 2012
    assert ZIP_INDUSTRIES.naics(2022) == 2017


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["1001", "221320", 1], "column 'zip': '1001' is no code"),
        (["01001", "2213", 1], "column 'naics': '2213' is no code"),
        (["01001", "22132X", 1], "column 'naics': '22132X' is no code"),
        (["01001", "221320", "D"], "line 2.*'D'"),
        (["01001", "221320", ""], "column 'estab': a cell is empty"),
        (["01001", "", 1], "column 'naics': a cell is empty"),
    ],
)
def test_an_unknown_mark_is_refused(tmp_path: Path, row: list[object], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        ZIP_INDUSTRIES.load(_file(tmp_path, [HEAD, row]))


def test_another_layout_and_repeated_cells_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceDrift, match="missing columns"):
        ZIP_INDUSTRIES.load(_file(tmp_path, [["zip", "naics", "est"], ["01001", "221320", 1]]))
    twice = [["01001", "221320", 1], ["01001", "221320", 2]]
    with pytest.raises(SourceError, match="1 repeated keys, first zip=01001, naics=221320"):
        ZIP_INDUSTRIES.load(_file(tmp_path, [HEAD, *twice]))


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "rows", "five"), [(2012, 2_695_938, 225_341), (2016, 2_714_746, 227_663)]
)
def test_real_files(data_dir: Path, year: int, rows: int, five: int) -> None:
    frame = ZIP_INDUSTRIES.load(ZIP_INDUSTRIES.find(data_dir, year))
    assert (len(frame), int(frame["level"].eq(5).sum())) == (rows, five)
    assert frame.loc[frame["level"].eq(5), "zip"].str.startswith("9").all()
