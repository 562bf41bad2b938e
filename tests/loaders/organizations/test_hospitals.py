"""Hospitals: place, beds, owner, closed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.organizations.institutions import hospitals
from clusteratlas.loaders.organizations.records import Records
from tests.loaders.files import csv_text
from tests.loaders.organizations.rows import by_id

LAYOUT = hospitals.HOSPITALS.layouts[0]
HEAD = [*sorted(LAYOUT.columns), *sorted(LAYOUT.ignored)]


def _line(**cells: str) -> list[str]:
    known = {
        "ID": "0005793230",
        "NAME": "CENTRAL  VALLEY GENERAL HOSPITAL",
        "ADDRESS": "1025 NORTH DOUTY STREET",
        "CITY": "HANFORD",
        "STATE": "CA",
        "ZIP": "93230",
        "TYPE": "GENERAL ACUTE CARE",
        "STATUS": "CLOSED",
        "COUNTYFIPS": "06031",
        "LATITUDE": "36.33",
        "LONGITUDE": "-119.64",
        "NAICS_CODE": "622110",
        "SOURCEDATE": "2016/02/04 00:00:00",
        "ALT_NAME": "NOT AVAILABLE",
        "OWNER": "PROPRIETARY",
        "BEDS": "49",
    }
    return [(known | cells).get(name, "") for name in HEAD]


def _load(folder: Path, *lines: list[str]) -> Records:
    (folder / "hospitals_hifld.csv").write_text(csv_text([HEAD, *lines]))
    return hospitals.REGISTER.load(folder)


def test_a_hospital(tmp_path: Path) -> None:
    got = _load(tmp_path, _line())
    assert got.records.iloc[0].dropna().to_dict() == {
        "id": "0005793230",
        "name": "CENTRAL VALLEY GENERAL HOSPITAL",
        "kind": "hospital",
        "status": "closed",
        "street": "1025 NORTH DOUTY STREET",
        "city": "HANFORD",
        "state": "CA",
        "zip": "93230",
        "county": "06031",
        "longitude": -119.64,
        "latitude": 36.33,
        "naics": "622110",
        "naics_vintage": 2017,
        "field": "general acute care|proprietary",
        "size": 49.0,
        "last_seen": 2016,
    }


def test_marks_of_missing_values(tmp_path: Path) -> None:
    missing = _line(ID="2", BEDS="-999", OWNER="NOT AVAILABLE", COUNTYFIPS="NOT AVAILABLE")
    got = _load(tmp_path, missing, _line(ID="3", STATE="PW"), _line(ID="4", ALT_NAME="ST. X"))
    rows = by_id(got)
    assert list(rows) == ["2", "4"]
    assert (rows["2"]["size"], rows["2"]["county"], rows["2"]["field"]) == (
        None,
        None,
        "general acute care",
    )
    assert rows["4"]["aliases"] == "ST. X"


def test_defects(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'many' is not a number"):
        _load(tmp_path, _line(BEDS="many"))
    (tmp_path / "hospitals_hifld.csv").write_text(csv_text([HEAD[1:], _line()[1:]]))
    with pytest.raises(SourceDrift, match=rf"missing columns \['{HEAD[0]}'\]"):
        hospitals.REGISTER.load(tmp_path)


@pytest.mark.data
def test_real_hospitals(data_dir: Path) -> None:
    rows = hospitals.REGISTER.load(data_dir).records
    assert len(rows) == 7595
    assert rows["status"].eq("closed").sum() == 319
    assert rows["county"].isna().sum() == 7
    assert rows["size"].isna().sum() == 307
