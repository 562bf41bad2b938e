from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.tabular import (
    CellError,
    codes,
    frame_of_rows,
    integers,
    read_csv_text,
    read_rows,
    read_sheet,
    reals,
)
from clusteratlas.loaders.source.workbook import cell_text
from tests.loaders.files import Rows, write_xlsx

TEXT = 'code,name\n"01","Cambridge, MA"\n02, Añasco \n'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(tmp_path: Path, end: str, mark: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((mark + TEXT.replace("\n", end)).encode())
    frame = read_csv_text(path)
    assert list(frame.columns) == ["code", "name"]
    assert frame.to_numpy().tolist() == [["01", "Cambridge, MA"], ["02", "Añasco"]]
    assert all(str(t) == "string" for t in frame.dtypes)


def test_gzip_and_zip_read_like_the_plain_file(tmp_path: Path) -> None:
    plain = tmp_path / "a.txt"
    plain.write_text(TEXT)
    packed = tmp_path / "a.txt.gz"
    packed.write_bytes(gzip.compress(TEXT.encode()))
    zipped = tmp_path / "a.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("folder/a.txt", TEXT)
    expected = read_csv_text(plain)
    for path in (packed, zipped):
        pd.testing.assert_frame_equal(read_csv_text(path), expected)


def test_keep_reads_some_columns_and_remembers_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3\n")
    frame = read_csv_text(path, keep={"b"})
    assert frame.to_numpy().tolist() == [["2"]]
    assert frame.attrs["header"] == ["a", "b", "c"]
    renamed = read_csv_text(path, keep={"B"})
    assert renamed.attrs["header"] == ["a", "b", "c"]  # for the layout to say what is missing


def test_skip_and_header_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,\n"NAICS\n Code","Title"\n111110,x\n')
    frame = read_csv_text(path, skip=1)
    assert list(frame.columns) == ["NAICS Code", "Title"]
    assert frame["NAICS Code"].tolist() == ["111110"]


def test_repeated_and_unnamed_columns_get_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,a,,a\n1,2,3,4\n")
    assert list(read_csv_text(path).columns) == ["a", "a (2)", "column 3", "a (3)"]


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", "utf-8", "is empty"),
        (b"a,b\n1\n", "utf-8", "is not a regular table.*Expected 2 columns, got 1"),
        (b"a,b\n1,\xf1\n", "utf-8", "is not utf-8 text"),
        ("a,b\n1,ñ\n".encode(), "latin-1", "is UTF-8, but the publisher's file is latin-1"),
        ("a,b\n1,2\n".encode("utf-16"), "latin-1", "is not latin-1 text"),
    ],
)
def test_unusable_text_is_one_clear_line(
    tmp_path: Path, data: bytes, encoding: str, message: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=f"a.csv {message}") as caught:
        read_csv_text(path, encoding=encoding)
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_truncated_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 10_000)[:-20])
    with pytest.raises(SourceError, match=r"a.csv.gz is truncated or damaged"):
        read_csv_text(path)
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(SourceError, match="Not a gzipped file"):
        read_csv_text(path)


def test_damaged_and_ambiguous_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", TEXT)
        archive.writestr("b.csv", TEXT)
    with pytest.raises(SourceError, match=r"holds 2 files, not one: a.csv, b.csv"):
        read_csv_text(path)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(SourceError, match="truncated or damaged"):
        read_csv_text(path)


def test_publishers_that_changed_their_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for encoding in ("utf-8", "latin-1"):
        path.write_bytes("a\nDoña Ana\n".encode(encoding))
        assert read_rows(path, encoding=("utf-8", "latin-1")) == [["a"], ["Doña Ana"]]


def test_sheet_gives_codes_as_text_and_leaves_notes_out(tmp_path: Path) -> None:
    rows: Rows = [
        ["List 1.", None, None],
        ["Code", "Title\n(and note)", None],
        [111200.0, "Vegetables ", None],
        ["0010", True, None],
        [None, None, None],
        ["Source: somebody", None, None],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", {"List 1": rows})
    frame = read_sheet(path, skip=1)
    assert list(frame.columns) == ["Code", "Title (and note)"]
    assert frame.to_numpy().tolist() == [["111200", "Vegetables"], ["0010", "TRUE"]]


def test_missing_sheet_and_no_workbook(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"2012": [["a"]], "2007": [["a"]]})
    with pytest.raises(SourceError, match=r"has no sheet '2017': it has '2012', '2007'"):
        read_sheet(path, "2017")
    with pytest.raises(SourceError, match="has no sheet None"):
        read_sheet(path)
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(SourceError, match="not a readable workbook"):
        read_sheet(path, "2012")


def test_an_unnamed_column_with_content_is_kept_so_that_drift_shows_it() -> None:
    frame = frame_of_rows([["a", "b", "", ""], ["1", "2", "", "x"], ["3", "4"]])
    assert list(frame.columns) == ["a", "b", "column 4"]
    assert frame["column 4"].tolist() == ["x", ""]


def test_tables_without_rows() -> None:
    assert frame_of_rows([["note"]], skip=3).empty
    assert frame_of_rows([["a", "b"]]).empty
    assert list(frame_of_rows([["a", "b"]]).columns) == ["a", "b"]


def test_codes_are_repaired_and_padded() -> None:
    column = pd.Series(["111200.0", " 13 ", "", "Aux", "31-33"])
    assert codes(column, 5).tolist() == ["111200", "00013", "", "Aux", "31-33"]


def test_numbers_from_text() -> None:
    column = pd.Series(["1,234", "", "(NA)", "-5"], name="jobs")
    assert integers(column, missing=["(NA)"]).tolist() == [1234, pd.NA, pd.NA, -5]
    assert str(reals(column, missing=["(NA)"]).dtype) == "Float64"
    with pytest.raises(CellError, match=r"column 'jobs': '\(NA\)' is not a number \(1 such"):
        integers(column)
    with pytest.raises(CellError, match=r"'1.5' is not a whole number"):
        integers(pd.Series(["1.5"], name="jobs"))


@given(st.integers(min_value=0, max_value=10**15))
def test_whole_floats_of_cells_are_codes(number: int) -> None:
    assert cell_text(float(number)) == str(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_cells_keep_every_digit(number: float) -> None:
    assert float(cell_text(number)) == number
