"""Cambridge: firms of the city's directory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.organizations.institutions import cambridge
from tests.loaders.files import csv_text

HEAD = ["Business Name", "Address", "City", "State", "Zip Code", "Business Type", "IT Type"]
HEAD += ["Business Description", "Year Established", "Website", "Longitude", "Latitude", "Location"]
FIRM: list[object] = ["Abata  Therapeutics", "75 Sidney St", "Cambridge", "MA", "2139"]
FIRM += ["Life Sciences", "Biotechnology, Medical", "text", "01/01/2021 12:00:00 AM", "x"]
FIRM += [-71.1, 42.3, "POINT"]


def _write(folder: Path, *rows: Sequence[object]) -> Path:
    (folder / "cambridge_companies_2024.csv").write_text(csv_text(rows))
    return folder


def test_a_firm(tmp_path: Path) -> None:
    got = cambridge.REGISTER.load(_write(tmp_path, HEAD, FIRM))
    assert got.records.iloc[0].dropna().to_dict() == {
        "id": "abata-therapeutics",
        "name": "Abata Therapeutics",
        "kind": "company",
        "status": "active",
        "street": "75 Sidney St",
        "city": "Cambridge",
        "state": "MA",
        "zip": "02139",
        "longitude": -71.1,
        "latitude": 42.3,
        "field": "Life Sciences|Biotechnology|Medical",
        "first_seen": 2021,
        "last_seen": 2024,
    }
    assert got.links.empty


def test_defects(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="1 repeated keys, first id=abata-therapeutics"):
        cambridge.REGISTER.load(_write(tmp_path, HEAD, FIRM, [*FIRM[:1], "x", *FIRM[2:]]))
    with pytest.raises(SourceDrift, match=r"undeclared columns \['Owner'\]"):
        cambridge.REGISTER.load(_write(tmp_path, [*HEAD, "Owner"], [*FIRM, "Jane"]))


@pytest.mark.data
def test_real_firms(data_dir: Path) -> None:
    rows = cambridge.REGISTER.load(data_dir).records
    assert len(rows) == 429
    assert rows["field"].str.startswith("Life Sciences").sum() == 272
    assert rows[["zip", "longitude", "latitude"]].notna().all().all()
