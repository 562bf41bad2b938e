from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.naics import NAICS_CODES, level_of, parent_of
from tests.loaders.files import Rows, csv_text, write_xlsx

HEAD = ["Seq. No.", "2017 NAICS US   Code", "2017 NAICS US Title", "", ""]
ROWS: Rows = [
    HEAD,
    ["", "", "", "", ""],
    [1, "31-33", "ManufacturingT", "", ""],
    [2, 325, "Chemical ManufacturingT", "", ""],
    [3, 3254, "Pharmaceutical and Medicine Manufacturing ", "", " "],
    [4, 32541, "Pharmaceutical and Medicine ManufacturingT", "", ""],
    [5, 325414, "Biological Product (except Diagnostic) Manufacturing", "", ""],
]


@pytest.mark.parametrize(
    ("code", "parent", "level"),
    [
        ("325414", "32541", 6),
        ("3254", "325", 4),
        ("325", "31-33", 3),
        ("491", "48-49", 3),
        ("111", "11", 3),
        ("11", None, 2),
        ("31-33", None, 2),
        ("45", "44-45", 2),
    ],
)
def test_hierarchy(code: str, parent: str | None, level: int) -> None:
    assert parent_of(code) == parent
    assert level_of(code) == level


@given(st.from_regex(r"[1-9][0-9]{5}", fullmatch=True))
def test_every_code_ends_in_a_sector(code: str) -> None:
    steps = 0
    at = code
    while (up := parent_of(at)) is not None:
        assert level_of(up) == level_of(at) - 1
        at, steps = up, steps + 1
    assert steps == 4


def test_csv_with_mark_and_trilateral_letter(tmp_path: Path) -> None:
    path = tmp_path / "2-6 digit_2017_Codes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + csv_text(ROWS).encode())
    frame = NAICS_CODES.load(path)
    assert frame["naics"].tolist() == ["31-33", "325", "3254", "32541", "325414"]
    assert frame["title"].tolist()[:3] == [
        "Manufacturing",
        "Chemical Manufacturing",
        "Pharmaceutical and Medicine Manufacturing",
    ]
    assert frame["level"].tolist() == [2, 3, 4, 5, 6]
    assert frame["parent"].isna().tolist() == [True, False, False, False, False]


def test_workbook_and_cr_line_ends_give_the_same(tmp_path: Path) -> None:
    text = tmp_path / "2-6 digit_2017_Codes.csv"
    text.write_bytes(csv_text(ROWS, end="\r").encode())
    book = write_xlsx(tmp_path / "2-6 digit_2017_Codes.xlsx", {"tbl_2017": ROWS, "notes": [["x"]]})
    assert NAICS_CODES.load(text).equals(NAICS_CODES.load(book))


def test_defects(tmp_path: Path) -> None:
    path = tmp_path / "2-6 digit_2017_Codes.csv"
    path.write_text(csv_text([HEAD, *ROWS[3:]]))
    with pytest.raises(SourceError, match=r"325 has no parent 31-33 \(1 such"):
        NAICS_CODES.load(path)
    path.write_text(csv_text([*ROWS, [6, "3254x", "odd"]]))
    with pytest.raises(SourceError, match="'3254x' is not a NAICS code"):
        NAICS_CODES.load(path)
    path.write_text(csv_text([*ROWS, [6, "325414", "again"]]))
    with pytest.raises(SourceError, match="repeated keys, first naics=325414"):
        NAICS_CODES.load(path)
    path.write_text(csv_text([["Seq. No.", "Code", "2017 NAICS US Title"], *ROWS[2:]]))
    with pytest.raises(SourceDrift, match=r"missing columns.*2017 NAICS US Code"):
        NAICS_CODES.load(path)


def test_names_of_all_vintages() -> None:
    names = {"naics07.xls": 2007, "2-digit_2012_Codes.xls": 2012, "2-6 digit_2022_Codes.xlsx": 2022}
    assert {name: NAICS_CODES.vintage_of(name) for name in names} == names


@pytest.mark.data
@pytest.mark.parametrize(
    ("vintage", "six", "five", "four", "three"),
    # Counts of the Census Bureau's own introductions to the manuals.
    [(2007, 1175, 721, 313, 99), (2012, 1065, 713, 312, 99), (2017, 1057, 709, 311, 99)]
    + [(2022, 1012, 689, 308, 96)],
)
def test_real_lists(
    data_dir: Path, vintage: int, six: int, five: int, four: int, three: int
) -> None:
    frame = NAICS_CODES.load(NAICS_CODES.find(data_dir, vintage))
    counts = frame["level"].value_counts().to_dict()
    assert counts == {6: six, 5: five, 4: four, 3: three, 2: 20}
    assert not frame["title"].str.contains(r"[a-z]T$| $").any()
