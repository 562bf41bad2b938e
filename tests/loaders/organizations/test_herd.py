"""HERD: universities with fields, each year once although the table repeats rows by county."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.organizations.institutions import herd
from tests.loaders.files import csv_text
from tests.loaders.organizations.rows import by_id

HEAD = "univ_code stco_code year st_name univ_abb field_broad field_detail federal non_federal"
HEAD += " univ_name total_rd"
LIFE, HEALTH, BIOLOGY = "Life sciences", "Health sciences", "Biological and biomedical sciences"

Row = list[object]


def _row(
    county: str,
    year: int,
    broad: str,
    detail: str,
    total: float,
    name: str = "Boston University",
    short: str = "Boston U.",
    state: str = "Massachusetts",
) -> Row:
    return ["1.0", county, f"{year}.0", state, short, broad, detail, "1.0", "2.0", name, total]


ROWS = [
    _row("", 2017, "Total", "Total", 900.0, "", "Total", "Total"),
    _row("", 2017, "Total", "Total", 900.0, "", "Total"),
    *(
        _row(county, year, broad, detail, total)
        for county in ("25021", "25025")
        for year, broad, detail, total in (
            (2010, "Total", "Total", 1.0),
            (2010, LIFE, "Humanities", 1.0),
            (2017, "Total", "Total", 30.0),
            (2017, LIFE, "Total", 30.0),
            (2017, LIFE, BIOLOGY, 10.0),
            (2017, LIFE, HEALTH, 20.0),
            (2017, LIFE, "Other Life sciences", 0.0),
        )
    ),
    _row("", 2011, "Total", "Total", 5.0, "", "Arcadia U.", "Pennsylvania"),
    _row("", 2011, LIFE, "Total", 5.0, "", "Arcadia U.", "Pennsylvania"),
    _row("", 2011, LIFE, HEALTH, 5.0, "", "Arcadia U.", "Pennsylvania"),
    _row("66010", 2017, "Total", "Total", 2.0, "University of of Guam", "U. Guam", "Guam"),
    _row("66010", 2017, LIFE, "Total", 2.0, "University of of Guam", "U. Guam", "Guam"),
]


def _write(folder: Path, rows: list[Row], head: str = HEAD) -> Path:
    (folder / "herd_university_rd.csv").write_text(csv_text([head.split(), *rows]))
    return folder


def test_each_university_with_its_latest_year(tmp_path: Path) -> None:
    got = herd.REGISTER.load(_write(tmp_path, ROWS))
    rows = by_id(got)
    assert list(rows) == ["arcadia-u", "boston-university", "university-of-guam"]
    boston = rows["boston-university"]
    assert (boston["name"], boston["aliases"]) == ("Boston University", "Boston U.")
    assert boston["field"] == f"{HEALTH}|{BIOLOGY}"
    assert (boston["size"], boston["first_seen"], boston["last_seen"]) == (30_000.0, 2010, 2017)
    # Two counties are given, and nothing says which one is right.
    assert boston["county"] is None
    assert (rows["arcadia-u"]["name"], rows["arcadia-u"]["aliases"]) == ("Arcadia U.", None)
    assert (rows["university-of-guam"]["state"], rows["university-of-guam"]["field"]) == (
        "GU",
        None,
    )
    assert rows["university-of-guam"]["county"] == "66010"


def test_repeats_that_differ_are_an_error(tmp_path: Path) -> None:
    other = _row("25017", 2017, "Total", "Total", 31.0)
    with pytest.raises(SourceError, match="1 repeated keys, first university=Boston University"):
        herd.REGISTER.load(_write(tmp_path, [*ROWS, other]))


def test_drift(tmp_path: Path) -> None:
    with pytest.raises(SourceDrift, match=r"missing columns \['total_rd'\]"):
        herd.REGISTER.load(_write(tmp_path, ROWS, HEAD.replace("total_rd", "total")))


@pytest.mark.data
def test_real_universities_sum_to_the_national_totals(data_dir: Path) -> None:
    spent = herd.HERD.load(herd.HERD.find(data_dir, herd.LAST), herd.LAST)
    whole = spent[spent["broad"].eq(herd.TOTAL)].groupby("year")["total"].sum()
    assert whole.to_dict() == {
        2010: 61_286_610,
        2011: 65_274_393,
        2012: 65_729_007,
        2013: 67_013_138,
        2014: 67_196_537,
        2015: 68_550_653,
        2016: 71_795_275,
        2017: 75_174_941,
    }
    got = herd.herd_records({f"herd:{herd.LAST}": spent})
    assert len(got.records) == 962
    last = got.records[got.records["last_seen"].eq(2017)]
    assert last["size"].sum() == 75_174_941_000
