"""County Business Patterns: the layouts of every era, withheld figures, and the real files."""

from __future__ import annotations

import gzip
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.cbp import (
    CBP_COUNTY,
    CBP_MSA,
    CBP_STATE,
    CBP_US,
    naics_code,
)
from clusteratlas.loaders.economy.cbp_layouts import FLAG_BOUNDS, SIZES, VINTAGES
from clusteratlas.loaders.source.declaration import Source
from clusteratlas.loaders.source.rows import notes_of
from clusteratlas.loaders.source.tabular import CellError
from clusteratlas.vocabulary.naics import naics_level

CLASSES = "n5_9,n10_19,n20_49,n50_99,n100_249,n250_499,n500_999,n1000"
SPLITS = "n1000_1,n1000_2,n1000_3,n1000_4"
COUNTY_1998 = (
    f"fipstate,fipscty,naics,empflag,emp,qp1,ap,est,n1_4,{CLASSES},{SPLITS},censtate,cencty"
)
COUNTY_2007 = (
    "FIPSTATE,FIPSCTY,NAICS,EMPFLAG,EMP_NF,EMP,QP1_NF,QP1,AP_NF,AP,EST,N1_4,"
    f"{CLASSES.upper()},{SPLITS.upper()},CENSTATE,CENCTY"
)
COUNTY_2018 = f"fipstate,fipscty,naics,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,n<5,{CLASSES},{SPLITS}"
MSA_2018 = COUNTY_2018.replace("fipstate,fipscty", "msa")

TWELVE = ",".join(["0"] * 12)
NONE = ",".join(["N"] * 12)


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    data = ("\n".join(lines) + "\n").encode()
    if name.endswith(".gz"):
        data = gzip.compress(data)
    path.write_bytes(data)
    return path


def cell(frame: pd.DataFrame, naics: str, column: str) -> object:
    return frame.set_index("naics").at[naics, column]


def test_layout_of_1998_flags_withhold_all_figures_of_a_row(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "cbp98co.txt",
        COUNTY_1998,
        f"01,001,------,,9000,40000,180000,700,400,{TWELVE},63,001",
        f"01,001,113///,B,0,0,0,3,1,{TWELVE},63,001",
    )
    frame = CBP_COUNTY.load(path)
    assert frame["area"].tolist() == ["01001", "01001"]
    assert frame["naics"].tolist() == ["113", "total"]
    assert cell(frame, "total", "jobs") == 9000
    assert cell(frame, "total", "jobs_low") == cell(frame, "total", "jobs_high") == 9000
    assert cell(frame, "total", "n1_4") == 400
    assert cell(frame, "113", "jobs") is pd.NA
    assert cell(frame, "113", "payroll") is pd.NA
    assert cell(frame, "113", "establishments") == 3
    assert (cell(frame, "113", "jobs_low"), cell(frame, "113", "jobs_high")) == (20, 99)


def test_layout_of_2007_has_a_noise_flag_for_each_figure(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Cbp12co.txt",
        COUNTY_2007,
        f"01,001,11----,,G,60,H,400,H,2000,9,5,{TWELVE},63,001",
        f"01,001,113///,M,D,0,D,0,D,0,9,5,{TWELVE},63,001",
        f"01,001,114///,A,D,0,G,4,G,25,1,1,{TWELVE},63,001",
    )
    frame = CBP_COUNTY.load(path)
    assert cell(frame, "11", "jobs_noise") == "G"
    assert cell(frame, "11", "payroll_noise") == "H"
    assert cell(frame, "113", "jobs") is pd.NA
    assert cell(frame, "113", "jobs_low") == 100_000
    assert cell(frame, "113", "jobs_high") is pd.NA
    # Employment withheld, payroll published.
    assert cell(frame, "114", "jobs") is pd.NA
    assert cell(frame, "114", "payroll") == 25
    assert cell(frame, "114", "size_flag") == "A"


def test_layout_of_2017_with_and_without_the_size_flag(tmp_path: Path) -> None:
    row = f"113310,J,12,J,90,J,400,4,4,{TWELVE}"
    new = write(tmp_path, "cbp17co.txt", COUNTY_2018, f"01,001,{row}")
    with_flag = COUNTY_2018.replace("naics,", "naics,empflag,")
    (tmp_path / "other").mkdir()
    old = write(tmp_path / "other", "cbp17co.txt", with_flag, f"01,001,{row.replace(',', ',,', 1)}")
    pd.testing.assert_frame_equal(CBP_COUNTY.load(new), CBP_COUNTY.load(old))


def test_withheld_by_s_without_a_bracket_is_open_above(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "cbp18msa.txt.gz",
        MSA_2018,
        f"10100,113310,S,0,S,0,S,0,4,N,{NONE}",
        f"10100,113///,G,25,G,80,S,0,4,3,{TWELVE}",
    )
    frame = CBP_MSA.load(path)
    assert cell(frame, "113310", "jobs") is pd.NA
    assert (cell(frame, "113310", "jobs_low"), cell(frame, "113310", "jobs_high")) == (0, pd.NA)
    assert cell(frame, "113310", "n1_4") is pd.NA
    assert cell(frame, "113310", "n1000_4") is pd.NA
    assert cell(frame, "113", "jobs") == 25
    assert cell(frame, "113", "payroll") is pd.NA
    assert cell(frame, "113", "n1_4") == 3


COUNTY = f"01,045,------,,11844,53021,221000,950,520,{TWELVE},63,045"
SECTOR = f"01,045,62----,,1400,7000,29000,80,40,{TWELVE},63,045"


def test_a_block_that_the_publisher_repeats_counts_once(tmp_path: Path) -> None:
    """As in the files of some early years, where whole counties come again."""
    again = write(tmp_path, "cbp99co.txt", COUNTY_1998, COUNTY, SECTOR, COUNTY, SECTOR, SECTOR)
    frame = CBP_COUNTY.load(again)
    assert frame["jobs"].tolist() == [1400, 11844]
    (note,) = notes_of(frame)
    assert note.startswith("3 rows repeat others unchanged: they count once, first area=01045")
    once = write(tmp_path, "cbp99co.txt", COUNTY_1998, COUNTY, SECTOR)
    assert notes_of(CBP_COUNTY.load(once)) == []
    other = SECTOR.replace("1400", "1401")
    for rows in ([COUNTY, SECTOR, other], [SECTOR, SECTOR, COUNTY, other]):
        path = write(tmp_path, "cbp99co.txt", COUNTY_1998, *rows)
        says = "1 repeated keys, first area=01045, naics=62: its rows differ in jobs, jobs_low"
        with pytest.raises(SourceError, match=says):
            CBP_COUNTY.load(path)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (COUNTY.replace("------,,", "------,X,"), "line 3, column 'empflag': 'X' is no known flag"),
        (COUNTY.replace("------,,", "------,N,"), "line 3, column 'empflag': 'N' is no known flag"),
        (COUNTY.replace("11844", "D"), "in line 3, column 'emp'.*'D'"),
        (COUNTY.replace("221000", "*"), "in line 3, column 'ap'.*"),
    ],
)
def test_a_mark_that_is_not_known_is_refused_by_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        CBP_COUNTY.load(write(tmp_path, "cbp99co.txt", COUNTY_1998, SECTOR, row))
    assert caught.value.message.startswith("cbp99co.txt")


def test_a_missing_figure_has_no_meaning_as_a_flag(tmp_path: Path) -> None:
    """N is "not available" in a figure; as a noise flag nobody declared it."""
    row = f"10100,------,N,5,G,1,G,1,4,1,{TWELVE}"
    with pytest.raises(SourceError, match="line 2, column 'emp_nf': 'N' is no known flag"):
        CBP_MSA.load(write(tmp_path, "cbp19msa.txt", MSA_2018, row))


def test_state_files_keep_only_all_legal_forms(tmp_path: Path) -> None:
    sizes = ["1_4", "5_9", "10_19", "20_49", "50_99", "100_249", "250_499", "500_999", "1000"]
    by_size = [
        c.format(s) for s in sizes for c in ("f{}", "e{}nf", "e{}", "q{}nf", "q{}", "a{}nf", "a{}")
    ]
    header = (
        "fipstate,lfo,naics,empflag,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,"
        + ",".join(by_size)
        + f",n1_4,{CLASSES}"
    )
    filler = ",".join(["0"] * len(by_size))
    counts = ",".join(["1"] * 9)
    path = write(
        tmp_path,
        "cbp10st.txt",
        header,
        f"25,-,31----,,G,200,G,1,G,5,9,{filler},{counts}",
        f"25,N,31----,,G,90,G,1,G,5,4,{filler},{counts}",
    )
    frame = CBP_STATE.load(path)
    assert frame[["area", "naics", "level", "jobs"]].values.tolist() == [["25", "31-33", 2, 200]]
    assert frame["n1000_1"].isna().all()


def test_national_file_before_and_after_legal_forms(tmp_path: Path) -> None:
    old = write(
        tmp_path,
        "cbp02us.txt",
        f"uscode,naics,empflag,emp,qp1,ap,est,n1_4,{CLASSES}",
        "00,------,,1000,5,20,7,1,1,1,1,1,1,1,1,1",
    )
    assert CBP_US.load(old)[["area", "jobs"]].values.tolist() == [["us", 1000]]
    new = write(
        tmp_path,
        "cbp08us.txt",
        f"lfo,naics,empflag,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,n1_4,{CLASSES}",
        "-,------,,G,1000,G,5,G,20,7,1,1,1,1,1,1,1,1,1",
        "C,------,,G,400,G,5,G,20,3,1,1,1,1,1,1,1,1,1",
    )
    assert CBP_US.load(new)[["area", "jobs"]].values.tolist() == [["us", 1000]]


def test_zip_as_the_publisher_ships_it(tmp_path: Path) -> None:
    path = tmp_path / "cbp19co.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("cbp19co.txt", f"{COUNTY_2018}\n25,999,------,G,7,,,,,2,2,{TWELVE}\n")
    assert CBP_COUNTY.load(path)["area"].tolist() == ["25999"]


@pytest.mark.parametrize("source", [CBP_MSA, CBP_STATE, CBP_COUNTY, CBP_US], ids=lambda s: s.id)
def test_every_vintage_has_one_layout(source: Source) -> None:
    for vintage in VINTAGES:
        layout = source.layout(vintage)
        assert layout is not None
        assert {"naics", "emp", "est"} <= layout.columns
        assert not layout.columns & layout.ignored


@pytest.mark.parametrize(
    ("name", "vintage"),
    [("cbp98msa.txt", 1998), ("CBP03MSA.TXT", 2003), ("cbp21msa.zip", 2021), ("cbp21co.zip", None)],
)
def test_vintage_by_name(name: str, vintage: int | None) -> None:
    assert CBP_MSA.vintage_of(name) == vintage


def test_missing_and_undeclared_columns_are_drift(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "cbp19msa.txt",
        MSA_2018.replace("emp,", "employees,"),
        f"10100,------,G,5,G,1,G,1,4,1,{TWELVE}",
    )
    with pytest.raises(SourceDrift) as caught:
        CBP_MSA.load(path)
    assert caught.value.missing == ("emp",)
    assert caught.value.undeclared == ("employees",)
    assert "cbp19msa.txt" in caught.value.message


ROW = f"10100,------,G,5,G,1,G,1,4,1,{TWELVE}"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            [ROW, ROW.replace(",4,1,", ",5,1,")],
            r"1 repeated keys, first area=10100, naics=total: "
            r"its rows differ in establishments",
        ),
        ([ROW.replace(",G,5,", ",G,-5,")], r"negative jobs in 1 rows, first at area=10100"),
        ([ROW.replace(",G,5,", ",G,five,")], r"in line 2, column 'emp'.*'five'"),
        ([ROW.replace(",G,5,", ",Q,5,")], r"line 2, column 'emp_nf': 'Q' is no known flag"),
        ([ROW.replace("------", "1133")], r"line 2, column 'naics': '1133' is no NAICS code"),
        ([ROW.replace("10100", "101")], r"line 2, column 'msa': '101' is no area code"),
        ([ROW, "10100,11----,G,5"], r"Expected 22 columns, got 4"),
        ([], r"holds no rows"),
    ],
)
def test_one_clear_line_for_what_cannot_be_right(
    tmp_path: Path, lines: list[str], says: str
) -> None:
    path = write(tmp_path, "cbp19msa.txt", MSA_2018, *lines)
    with pytest.raises(SourceError, match=says) as caught:
        CBP_MSA.load(path)
    assert "cbp19msa.txt" in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_truncated_gzip(tmp_path: Path) -> None:
    rows = [ROW.replace("------", f"{n:06d}") for n in range(100_000, 104_000)]
    path = write(tmp_path, "cbp19msa.txt.gz", MSA_2018, *rows)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(SourceError, match=r"cbp19msa\.txt\.gz.*truncated"):
        CBP_MSA.load(path)


def test_wrong_encoding(tmp_path: Path) -> None:
    path = tmp_path / "cbp19msa.txt"
    path.write_bytes(f"{MSA_2018}\n{ROW.replace('------', 'Ã')}\n".encode("latin-1"))
    with pytest.raises(SourceError, match=r"cbp19msa\.txt.*UTF8"):
        CBP_MSA.load(path)
    path.write_bytes(f"{MSA_2018}\n{ROW}\n".encode("utf-16"))
    with pytest.raises(SourceError, match=r"cbp19msa\.txt is not utf-8 text"):
        CBP_MSA.load(path)


@pytest.mark.parametrize(
    ("padded", "plain", "level"),
    [
        ("------", "total", 0),
        ("11----", "11", 2),
        ("31----", "31-33", 2),
        ("44----", "44-45", 2),
        ("48----", "48-49", 2),
        ("113///", "113", 3),
        ("1133//", "1133", 4),
        ("11331/", "11331", 5),
        ("113310", "113310", 6),
    ],
)
def test_naics_codes(padded: str, plain: str, level: int) -> None:
    assert naics_code(padded) == plain
    assert naics_level(plain) == level


@given(st.text("0123456789-/", max_size=8))
def test_naics_code_gives_a_plain_code_or_refuses(padded: str) -> None:
    shaped = re.fullmatch(r"-{6}|\d\d-{4}|\d{3}/{3}|\d{4}//|\d{5}/|\d{6}", padded)
    if shaped:
        plain = naics_code(padded)
        assert 0 <= naics_level(plain) <= 6
        assert plain in {"total", "31-33", "44-45", "48-49"} or plain == padded.rstrip("-/")
    else:
        with pytest.raises(CellError, match="is no NAICS code"):
            naics_code(padded)


def test_brackets_neither_overlap_nor_leave_gaps() -> None:
    brackets = [FLAG_BOUNDS[flag] for flag in "ABCEFGHIJKLM"]
    for (_, high), (low, _) in pairwise(brackets):
        assert high is not None
        assert low == high + 1


@pytest.mark.data
@pytest.mark.parametrize("year", [2017, 2018, 2019, 2020, 2021])
def test_real_states(data_dir: Path, year: int) -> None:
    frame = CBP_STATE.load(CBP_STATE.find(data_dir, year))
    assert frame["area"].nunique() == 50
    assert "11" not in set(frame["area"])  # the re-laid files lack the District of Columbia
    total = frame[frame["naics"] == "total"].set_index("area")
    sectors = frame[frame["level"] == 2].groupby("area")
    # Establishments are never perturbed; employment of sectors carries noise.
    assert sectors["establishments"].sum().equals(total["establishments"].sort_index())
    gap = (sectors["jobs"].sum() / total["jobs"].sort_index() - 1).abs()
    assert gap.max() < 0.002
    assert (frame["jobs_low"] == frame["jobs"]).all()


@pytest.mark.data
def test_real_metropolitan_areas(data_dir: Path) -> None:
    frame = CBP_MSA.load(CBP_MSA.find(data_dir, 2019))
    assert len(frame) == 569_017
    assert frame["area"].nunique() == 933
    six = frame[frame["level"] == 6]
    assert int(((six["jobs"] == 0) & (six["establishments"] > 0)).sum()) == 110
    assert frame[["payroll", *SIZES]].isna().all(axis=None)
    boston = frame[(frame["area"] == "14460") & (frame["naics"] == "541714")]
    assert boston["jobs"].item() > 10_000


@pytest.mark.data
@pytest.mark.parametrize(("year", "rows", "states"), [(2017, 568_297, 38), (2021, 863_565, 50)])
def test_real_counties(data_dir: Path, year: int, rows: int, states: int) -> None:
    frame = CBP_COUNTY.load(CBP_COUNTY.find(data_dir, year))
    assert len(frame) == rows
    assert frame["area"].str[:2].nunique() == states
    assert frame["payroll"].notna().all()
