"""Towns of Connecticut: codes with their zeros, and villages that are in a town."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.places.ct_towns import CT_TOWNS, towns_of_cities
from clusteratlas.loaders.places.zip_counties import ZIP_COUNTIES
from tests.loaders.files import Rows, csv_text

HEAD = ["town_name", "town_fips_2020", "town_fips_2022", "ce_name_2022", "ce_fips_2022"]
SOUTHEAST = "Southeastern Connecticut Planning Region"
TOWNS: Rows = [
    ["Windham", 901586790, 918086790, SOUTHEAST, 9180],
    ["Norwich", 901156270, 918056270, SOUTHEAST, 9180],
]


def _file(folder: Path, rows: Rows) -> Path:
    path = folder / "ct-town-to-planning-region.csv"
    path.write_text("\ufeff" + csv_text(rows), encoding="utf-8")
    return path


def test_lost_zeros_are_restored(tmp_path: Path) -> None:
    frame = CT_TOWNS.load(_file(tmp_path, [HEAD, *TOWNS]))
    assert frame.to_numpy().tolist() == [
        ["56270", "Norwich", "09011", "09180", SOUTHEAST],
        ["86790", "Windham", "09015", "09180", SOUTHEAST],
    ]


def test_codes_with_their_zeros_are_the_same(tmp_path: Path) -> None:
    whole = [[t[0], f"0{t[1]}", f"0{t[2]}", t[3], f"0{t[4]}"] for t in TOWNS]
    lost = CT_TOWNS.load(_file(tmp_path, [HEAD, *TOWNS]))
    assert CT_TOWNS.load(_file(tmp_path, [HEAD, *whole])).equals(lost)


def test_defects(tmp_path: Path) -> None:
    other = ["Windham", 901586790, 918056270, SOUTHEAST, 9180]
    with pytest.raises(SourceError, match="Windham is 0901586790 in its county and 0918056270 in"):
        CT_TOWNS.load(_file(tmp_path, [HEAD, other]))
    with pytest.raises(SourceDrift, match="missing columns"):
        CT_TOWNS.load(_file(tmp_path, [[h.upper() for h in HEAD], *TOWNS]))


def test_a_village_is_in_its_town(tmp_path: Path) -> None:
    towns = CT_TOWNS.load(_file(tmp_path, [HEAD, *TOWNS]))
    cities = pd.Series(["WILLIMANTIC", "Norwich", "TAFTVILLE", "BOSTON", "UNCASVILLE"])
    found = towns_of_cities(cities, towns)
    assert found.fillna("").tolist() == ["86790", "56270", "56270", "", ""]


@pytest.mark.data
def test_real_files(data_dir: Path) -> None:
    towns = CT_TOWNS.load(CT_TOWNS.find(data_dir, 2022))
    assert (len(towns), towns["county"].nunique(), towns["region"].nunique()) == (169, 8, 9)
    zips = ZIP_COUNTIES.load(ZIP_COUNTIES.find(data_dir, 2023))
    own = zips[zips["county"].isin(towns["county"])]
    found = towns_of_cities(own["city"], towns)
    assert found.notna().all()
    assert set(towns["name"][~towns["town"].isin(found)]) == {"Lisbon", "Union", "Warren"}
