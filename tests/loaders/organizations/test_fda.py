"""Drug establishments: addresses taken apart, registrants linked, persons left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceError
from clusteratlas.loaders.organizations.facilities import fda
from tests.loaders.organizations.rows import by_id, links, write

HEADER = (
    "FEI_NUMBER,DUNS_NUMBER,FIRM_NAME,ADDRESS,EXPIRATION_DATE,OPERATIONS,REGISTRANT_NAME,"
    "REGISTRANT_DUNS,EXCLUSION_FLAG,REGISTRANT_CONTACT_NAME"
)
ROW = '{fei},{duns},{name},"{address}",12/31/2025,{does},{owner},{owner_duns},N,Jane Q Doe'
US = "United States (USA)"


def site(fei: str, duns: str, name: str, address: str, **more: str) -> str:
    facts = {"does": "PACK", "owner": name, "owner_duns": duns} | more
    return ROW.format(fei=fei, duns=duns, name=name, address=address, **facts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        site(
            "0001222181",
            "111111111",
            "Takeda Plant",
            f"840 Railroad St Ste 1, Saint Johnsbury, Vermont (VT) 05819-1655, {US}",
            does="PACK; API MANUFACTURE",
            owner="Takeda Pharma Inc",
            owner_duns="999999999",
        ),
        site(
            "",
            "222222222",
            "Own Lab",
            f"1 Centennial Ave,, PISCATAWAY,, New Jersey (NJ) 08854, {US}",
        ),
        site("0000000", "333333333", "Island Gas", "U 101 Rd, Tamuning,  96913, Guam (USA)"),
        site(
            "3000000001",
            "444444444",
            "Hired Packer",
            f"5 B St, Salem, Oregon (OR) 97301, {US}",
            owner="Own Lab",
            owner_duns="222222222",
        ),
        site(
            "3000000002",
            "555555555",
            "Small Shop",
            f"6 C St, Salem, Oregon (OR) 97301, {US}",
            owner="John Roe",
            owner_duns="888888888",
        ),
        site("3000000003", "666666666", "Seoul Site", "167 Songpa, Seoul, Korea, South (KOR)"),
    ]
    write(tmp_path / "drls_reg_2025-09.csv", HEADER, *lines)
    return tmp_path


def test_establishments(folder: Path) -> None:
    found = by_id(fda.REGISTER.load(folder))
    assert set(found) == {
        "1222181",
        "3000000001",
        "3000000002",
        "duns-222222222",
        "duns-333333333",
        "registrant-999999999",
    }
    plant = found["1222181"]
    assert (plant["street"], plant["city"]) == ("840 Railroad St Ste 1", "Saint Johnsbury")
    assert (plant["state"], plant["zip"]) == ("VT", "05819")
    assert plant["field"] == "api manufacture|pack"
    assert plant["identifiers"] == "fei:1222181 duns:111111111"
    lab = found["duns-222222222"]
    assert (lab["street"], lab["city"], lab["state"]) == ("1 Centennial Ave", "PISCATAWAY", "NJ")
    assert (found["duns-333333333"]["state"], found["duns-333333333"]["zip"]) == ("GU", "96913")


def test_registrants(folder: Path) -> None:
    found = fda.REGISTER.load(folder)
    ends = {(r["id"], r["to_id"], r["type"], r["program"]) for r in links(found)}
    assert ends == {
        ("1222181", "registrant-999999999", "OWNED_BY", "registrant"),
        ("3000000001", "duns-222222222", "OWNED_BY", "registrant"),
    }
    owner = by_id(found)["registrant-999999999"]
    assert (owner["name"], owner["city"]) == ("Takeda Pharma Inc", None)


def test_no_person_is_loaded(folder: Path) -> None:
    found = fda.REGISTER.load(folder)
    everything = found.records.to_csv() + found.links.to_csv()
    assert "Roe" not in everything
    assert "Jane" not in everything


def test_a_broken_duns_number(folder: Path) -> None:
    path = folder / "drls_reg_2025-09.csv"
    path.write_text(path.read_text().replace("444444444", "4444"))
    with pytest.raises(SourceError, match="'4444' is no DUNS number"):
        fda.REGISTER.load(folder)


def test_sponsors(tmp_path: Path) -> None:
    write(
        tmp_path / "drugsatfda_Applications.txt",
        "ApplNo\tApplType\tApplPublicNotes\tSponsorName",
        "000004\tNDA\t\tVERTEX PHARMS INC",
        "000005\tANDA\tnote\tVERTEX PHARMS INC.",
        "000006\tNDA\t\tVERTEX PHARMS INC",
        "000007\tBLA\t\tLILLY",
    )
    found = by_id(fda.SPONSOR_REGISTER.load(tmp_path))
    vertex = found["vertex-pharms-inc"]
    assert (vertex["size"], vertex["field"]) == (3, "ANDA|NDA")
    assert (vertex["aliases"], vertex["state"]) == ("VERTEX PHARMS INC.", None)
    assert found["lilly"]["size"] == 1


@pytest.mark.data
def test_real_establishments(data_dir: Path) -> None:
    found = fda.REGISTER.load(data_dir)
    sites = found.records[~found.records["id"].str.startswith("registrant-")]
    assert len(sites) == 5_535
    assert sites["zip"].notna().mean() > 0.999
    assert sites["state"].notna().all()
    assert set(found.links["to_id"]) <= set(found.records["id"])
    sponsors = fda.SPONSOR_REGISTER.load(data_dir).records
    assert sponsors["size"].sum() == 23_267
