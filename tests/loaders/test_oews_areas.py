"""OEWS of areas and states: re-laid cells with the lists of areas and occupations beside them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError, SourceMissing
from clusteratlas.loaders.labor.oews_areas import OEWS_METRO, OEWS_STATE

HEADER = "area_code,occ_code,tot_emp,emp_prse,a_mean,a_median,jobs_1000,loc_quotient,emp_footnote"
AREAS = """area_code,areatype,state,area_name
0010180,M,48,"Abilene, TX"
0100001,M,01,Northwest Alabama nonmetropolitan area
0100000,S,01,Alabama
"""
OCCUPATIONS = """occ_code,occ_name,display_level
000000,All Occupations,0
110000,Management Occupations,0
111011,Chief Executives,3
"""


def write(folder: Path, which: str, rows: list[str], header: str = HEADER) -> Path:
    texts = {
        f"{which}_x_occ": "\n".join([header, *rows, ""]),
        "areas": AREAS,
        "occupations": OCCUPATIONS,
    }
    for name, text in texts.items():
        path = folder / f"oews_M2025_{name}.csv.gz"
        path.write_bytes(gzip.compress(text.encode()))
    return folder / f"oews_M2025_{which}_x_occ.csv.gz"


def cell(area: str, occupation: str, jobs: str = "40", median: str = "165770") -> str:
    return f"{area},{occupation},{jobs},10.0,206200,{median},0.542,0.41,"


def test_areas_of_both_kinds(tmp_path: Path) -> None:
    rows = [
        cell("0010180", "000000", "75070"),
        cell("0010180", "111011", "-", "-"),
        cell("0100001", "110000"),
    ]
    frame = OEWS_METRO.load(write(tmp_path, "metro", rows))
    assert frame[["area", "area_type", "soc", "group"]].values.tolist() == [
        ["0100001", "nonmetropolitan", "11-0000", "major"],
        ["10180", "metropolitan", "00-0000", "total"],
        ["10180", "metropolitan", "11-1011", "detailed"],
    ]
    assert frame["jobs"].fillna(-1).tolist() == [40, 75_070, -1]
    assert frame["median_wage"].fillna(-1).tolist() == [165_770, 165_770, -1]
    assert (OEWS_METRO.delineation(2025), OEWS_METRO.delineation(2023)) == (2023, None)


def test_states(tmp_path: Path) -> None:
    frame = OEWS_STATE.load(write(tmp_path, "state", [cell("0100000", "111011")]))
    assert frame[["area", "area_type", "area_name", "title"]].values.tolist() == [
        ["01", "state", "Alabama", "Chief Executives"]
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (cell("0010180", "111011", "many"), r"line 2, column 'tot_emp': 'many' is not a number"),
        (cell("0010181", "111011"), r"areas\.csv\.gz has no title of '0010181'"),
        (cell("0010180", "111012"), r"occupations\.csv\.gz has no title of '111012'"),
    ],
)
def test_one_clear_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        OEWS_METRO.load(write(tmp_path, "metro", [row]))


def test_lists_have_to_lie_beside_and_columns_to_be_known(tmp_path: Path) -> None:
    path = write(tmp_path, "metro", [cell("0010180", "111011")])
    (tmp_path / "oews_M2025_areas.csv.gz").unlink()
    with pytest.raises(SourceMissing, match=r"areas\.csv\.gz is not beside"):
        OEWS_METRO.load(path)
    header = HEADER.replace("a_median", "median")
    with pytest.raises(SourceDrift):
        OEWS_METRO.load(write(tmp_path, "metro", [cell("0010180", "111011")], header))


@pytest.mark.data
def test_real_areas_of_2025(data_dir: Path) -> None:
    frame = OEWS_METRO.load(OEWS_METRO.find(data_dir, 2025))
    assert len(frame) == 198_287
    assert frame.groupby("area_type")["area"].nunique().to_dict() == {
        "metropolitan": 393,
        "nonmetropolitan": 135,
    }
    assert len(OEWS_STATE.load(OEWS_STATE.find(data_dir, 2025))) == 37_408
