from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.concordances import NAICS_CONCORDANCE, SIC_NAICS
from clusteratlas.loaders.economy.naics import NAICS_CODES
from clusteratlas.loaders.source.rows import notes_of
from tests.loaders.files import Rows, csv_text, write_xlsx

PIECE = "2012 NAICS Title\n(and specific piece of the 2012 industry)"
ROWS: Rows = [
    ["2012 NAICS U.S. Matched to 2017 NAICS U.S. (Full Concordance)", "", "", "", ""],
    ["(Note: 2017 NAICS codes in bold ...)", "", "", "", ""],
    ["2012 NAICS Code", PIECE, "2017 NAICS Code", "2017 NAICS Title", ""],
    [111110, "Soybean Farming", 111110, "Soybean Farming", ""],
    [541711, "R&D in Biotechnology - nanobiotechnology", 541713, "R&D in Nanotechnology", ""],
    [541711, "R&D in Biotechnology - other", 541714, "R&D in Biotechnology", ""],
    [541712, "R&D in Sciences - nanotechnology", 541713, "R&D in Nanotechnology", ""],
]


def test_splits_and_mergers(tmp_path: Path) -> None:
    path = tmp_path / "2012_to_2017_NAICS.csv"
    path.write_text(csv_text(ROWS), encoding="utf-8-sig")
    frame = NAICS_CONCORDANCE.load(path)
    assert frame[["from_naics", "to_naics", "split", "merged"]].to_numpy().tolist() == [
        ["111110", "111110", False, False],
        ["541711", "541713", True, True],
        ["541711", "541714", True, False],
        ["541712", "541713", False, True],
    ]
    assert set(frame["from_vintage"]) == {2012}
    assert set(frame["to_vintage"]) == {2017}


def test_a_repeated_line_is_no_split(tmp_path: Path) -> None:
    path = tmp_path / "2012_to_2017_NAICS.csv"
    path.write_text(csv_text([*ROWS, ROWS[3]]))
    frame = NAICS_CONCORDANCE.load(path)
    assert frame["split"].tolist() == [False, True, True, False]
    assert len(notes_of(frame)) == 1


def test_workbook_of_the_same_layout(tmp_path: Path) -> None:
    text = tmp_path / "2012_to_2017_NAICS.csv"
    text.write_text(csv_text(ROWS))
    book = write_xlsx(tmp_path / "2012_to_2017_NAICS.xlsx", {"Sheet1": ROWS})
    assert NAICS_CONCORDANCE.load(text).equals(NAICS_CONCORDANCE.load(book))


def test_reverse_files_are_not_taken_for_forward_ones() -> None:
    assert NAICS_CONCORDANCE.vintage_of("2017_to_2012_NAICS.xlsx") is None
    assert NAICS_CONCORDANCE.vintage_of("2012_to_2017_NAICS.xlsx") == 2017


def test_defects(tmp_path: Path) -> None:
    path = tmp_path / "2012_to_2017_NAICS.csv"
    path.write_text(csv_text(ROWS[3:]))
    with pytest.raises(SourceError, match="no header with two columns 'NAICS Code'"):
        NAICS_CONCORDANCE.load(path)
    path.write_text(csv_text([*ROWS, ["54171", "short", "541714", "x"]]))
    with pytest.raises(SourceError, match="'54171' in from_naics is not a six-digit code"):
        NAICS_CONCORDANCE.load(path)
    other: Rows = [[str(c).replace("2012", "2007") for c in ROWS[2]], *ROWS[3:]]
    path.write_text(csv_text(other))
    with pytest.raises(SourceDrift, match="2012 NAICS Code"):
        NAICS_CONCORDANCE.load(path)


SIC_HEAD = ["SIC", "SIC Title (and note)", "2002 NAICS", "2002 NAICS Title"]


def test_sic(tmp_path: Path) -> None:
    rows: Rows = [
        SIC_HEAD,
        [111.0, "Wheat", 111140.0, "Wheat Farming"],
        [2299.0, "Textile Goods (recovered fibers)", 313111.0, "Yarn Spinning Mills"],
        [2299.0, "Textile Goods (spinning)", 313111.0, "Yarn Spinning Mills"],
        [2299.0, "Textile Goods (felt)", 313230.0, "Nonwoven Fabric Mills"],
        ["Aux", "Auxiliaries", 551114.0, "Managing Offices"],
        [None, "Null Set for U.S.", 541120.0, "Offices of Notaries"],
        [None, None, " ", None],
    ]
    path = write_xlsx(tmp_path / "1987_SIC_to_2002_NAICS.xlsx", {"Sheet1": rows})
    frame = SIC_NAICS.load(path)
    assert frame[["sic", "naics", "split"]].to_numpy().tolist() == [
        ["0111", "111140", False],
        ["2299", "313111", True],
        ["2299", "313230", True],
    ]
    assert frame["sic_title"][1] == "Textile Goods (recovered fibers); Textile Goods (spinning)"


def test_sic_that_is_none(tmp_path: Path) -> None:
    rows: Rows = [SIC_HEAD, ["12x", "odd", 111140, "Wheat Farming"]]
    path = write_xlsx(tmp_path / "1987_SIC_to_2002_NAICS.xlsx", {"Sheet1": rows})
    with pytest.raises(SourceError, match="'12x' is not a SIC code"):
        SIC_NAICS.load(path)


@pytest.mark.data
@pytest.mark.parametrize(
    ("vintage", "rows", "split"), [(2007, 1200, 34), (2012, 1184, 15), (2017, 1069, 8)]
)
def test_real_concordances_cover_the_code_lists(
    data_dir: Path, vintage: int, rows: int, split: int
) -> None:
    frame = NAICS_CONCORDANCE.load(NAICS_CONCORDANCE.find(data_dir, vintage))
    codes = NAICS_CODES.load(NAICS_CODES.find(data_dir, vintage))
    assert len(frame) == rows
    assert int(frame["split"].sum()) == split
    assert set(frame["to_naics"]) == set(codes.loc[codes["level"] == 6, "naics"])


@pytest.mark.data
def test_real_sic(data_dir: Path) -> None:
    frame = SIC_NAICS.load(SIC_NAICS.find(data_dir, 2002))
    assert len(frame) == 2163
    assert frame["sic"].str.fullmatch(r"\d{4}").all()
    biological = frame[frame["sic"] == "2836"]
    assert biological["naics"].tolist() == ["325414"]
