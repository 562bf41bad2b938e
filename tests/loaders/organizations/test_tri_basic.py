"""TRI basic data file: one row a plant and chemical, owners here and abroad."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift
from clusteratlas.loaders.organizations.facilities import tri_basic
from clusteratlas.loaders.organizations.facilities.tri_basic_layout import IGNORED, READ
from tests.loaders.organizations.rows import by_id, links

COLUMNS = sorted(READ | IGNORED)
SIKA = {
    "YEAR": "2021",
    "TRIFD": "60506CMB",
    "FRS ID": "110000433433",
    "FACILITY NAME": "SIKA CORP",
    "CITY": "AURORA",
    "ST": "IL",
    "ZIP": "60506",
    "PRIMARY NAICS": "325998",
    "PARENT CO NAME": "NA",
    "STANDARD PARENT CO NAME": "SIKA CORP",
    "FOREIGN PARENT CO NAME": "NA",
    "STANDARD FOREIGN PARENT CO NAME": "SIKA AG",
    "FEDERAL FACILITY": "NO",
}
VANTAGE = SIKA | {
    "TRIFD": "60031MZR",
    "PARENT CO NAME": "VANTAGE INC.",
    "PARENT CO DB NUM": "615568844",
    "STANDARD PARENT CO NAME": "NA",
    "STANDARD FOREIGN PARENT CO NAME": "NA",
}
ARMY = VANTAGE | {
    "TRIFD": "61299RCK",
    "PARENT CO NAME": "NA",
    "PARENT CO DB NUM": "NA",
    "FEDERAL FACILITY": "YES",
}


def file(folder: Path, *rows: dict[str, str], extra: str = "CHEMICAL") -> Path:
    path = folder / "2021_us.csv"
    names = [*COLUMNS, *({extra} - set(COLUMNS))]
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([f"{n}. {name}" for n, name in enumerate(names, start=1)])
        writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return path


def test_plants_and_owners(tmp_path: Path) -> None:
    file(tmp_path, SIKA | {"CHEMICAL": "Lead"}, SIKA | {"CHEMICAL": "Zinc"}, VANTAGE, ARMY)
    found = tri_basic.REGISTER.load(tmp_path)
    records = by_id(found)
    assert list(records) == [
        "60031MZR",
        "60506CMB",
        "61299RCK",
        "foreign-sika-ag",
        "parent-sika-corp",
        "parent-vantage-inc",
    ]
    assert records["60506CMB"]["identifiers"] == "tri:60506CMB frs:110000433433"
    assert records["60506CMB"]["naics_vintage"] == 2017
    assert records["61299RCK"]["kind"] == "government agency"
    assert records["parent-vantage-inc"]["identifiers"] == "duns:615568844"
    assert records["parent-sika-corp"]["identifiers"] is None
    ends = [(r["id"], r["to_id"], r["program"]) for r in links(found)]
    assert ends == [
        ("60031MZR", "parent-vantage-inc", ""),
        ("60506CMB", "parent-sika-corp", ""),
        ("60506CMB", "foreign-sika-ag", "foreign parent"),
    ]


def test_drift_is_told_without_the_numbers(tmp_path: Path) -> None:
    path = file(tmp_path, SIKA, extra="6.2 - M101")
    with pytest.raises(SourceDrift) as caught:
        tri_basic.SOURCE.load(path)
    assert caught.value.undeclared == ("6.2 - M101",)


@pytest.mark.data
def test_real_sample(data_dir: Path) -> None:
    plants = tri_basic.SOURCE.load(tri_basic.SOURCE.find(data_dir, 2021))
    assert len(plants) == 978
    # A standardized foreign parent for 170 plants and a parent for 743, else as reported.
    assert plants["foreign"].notna().sum() == 171
    assert plants["parent"].notna().sum() >= 743
