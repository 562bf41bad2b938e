"""Greenhouse gas reports: facilities of all sheets, their owners and shares; no private persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift
from clusteratlas.loaders.organizations.facilities import ghgrp
from clusteratlas.loaders.organizations.facilities.ghgrp_layout import IGNORED, PLACE, READ, SHEETS
from tests.loaders.files import write_xlsx
from tests.loaders.organizations.rows import links, write

COMMON = ["Facility Id", "FRS Id", "Facility Name", "Primary NAICS Code"]
PARENTS = (
    "GHGRP FACILITY ID,FRS ID (FACILITY),REPORTING YEAR,FACILITY NAME,FACILITY ADDRESS,"
    "FACILITY CITY,FACILITY STATE,FACILITY ZIP,FACILITY COUNTY,PARENT COMPANY NAME,"
    "PARENT CO. STREET ADDRESS,PARENT CO. CITY,PARENT CO. STATE,PARENT CO. ZIP,"
    "PARENT CO. PERCENT OWNERSHIP,FACILITY NAICS CODE"
)
GLASS = "1,110,{year},GLASS WORKS,5 E ST,DUNKIRK,IN,47336,JAY COUNTY"
FIELD = "2,,2019,BIG FIELD,,,TX,0,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sheets: dict[str, list[list[object]]] = {}
    rest = sorted(IGNORED)
    for sheet, total in SHEETS.items():
        reported = "" if total in {None, SHEETS["Direct Emitters"]} else "Reported "
        header = [*COMMON, *(f"{reported}{c}" for c in PLACE), *([total] if total else [])]
        if sheet == "Direct Emitters":
            header += ["Industry Type (sectors)", *rest]
        sheets[sheet] = [[], [], ["All emissions"], list(header)]
    place = ["DUNKIRK", "IN", "47336", "5 E ST", "JAY COUNTY", 40.37, -85.2]
    office = ["Houston", "TX", 77056, "1 Court", "HARRIS COUNTY", 29.7, -95.4]
    direct = sheets["Direct Emitters"]
    direct.append([1, "110", "GLASS  WORKS", "327213", *place, 100.5, "Minerals,Other"])
    for emitted in (30, 12):
        sheets["Transmission Pipelines"].append([3, "", "PIPE LLC", "486210", *office, emitted])
    sheets["CO2 Injection"].append([1, "110", "GLASS WORKS", "327213", *place])
    write_xlsx(tmp_path / "ghgp_data_2020.xlsx", sheets)
    lines = [
        PARENTS,
        f"{GLASS.format(year=2017)},OLD OWNER CORP,1 A ST,Gary,IN,46402,100,327213",
        f"{GLASS.format(year=2020)},Glass Co.,1 A ST,Muncie,IN,47302,60,327213",
        f"{GLASS.format(year=2020)},GLASS CO,2 B ST,Muncie,IN,47302,15,327213",
        f"{GLASS.format(year=2020)},GLASS CO,2 B ST,Muncie,IN,47302,5,327213",
        f"{GLASS.format(year=2020)},US GOVERNMENT,,,,,,327213",
        f"{FIELD},HESS CORP,1 C ST,Houston,TX,77002,99,211111",
        f"{FIELD},JANE Q DOE,9 Q ST,Tyler,TX,75701,1,211111",
    ]
    write(tmp_path / "ghgp_data_parent_company_2017_2020.csv", *lines)
    write(tmp_path / "FIPS.csv", "State,County,FIPS", "Indiana,Jay,18075")
    return tmp_path


def test_facilities_of_all_sheets_and_years(folder: Path) -> None:
    records = ghgrp.REGISTER.load(folder).records.set_index("id")
    plants = records[~records.index.str.startswith("parent-")]
    assert list(plants.index) == ["1", "2", "3"]
    assert plants["name"].tolist() == ["GLASS WORKS", "BIG FIELD", "PIPE LLC"]
    assert plants["size"].fillna(0).tolist() == [100.5, 0, 42]
    assert plants["field"].fillna("").tolist() == ["Minerals|Other", "", ""]
    assert plants["city"].fillna("").tolist() == ["DUNKIRK", "", "Houston"]
    assert plants["county"].fillna("").tolist() == ["18075", "", ""]
    assert plants["naics_vintage"].fillna(0).tolist() == [2017, 0, 2017]
    assert plants["identifiers"].fillna("").tolist() == ["frs:110", "", ""]
    assert plants["first_seen"].tolist() == [2017, 2019, 2020]
    assert plants["last_seen"].tolist() == [2020, 2019, 2020]
    assert plants.loc["1", "parent"] == "GLASS CO|Glass Co.|US GOVERNMENT"


def test_parents_are_records_and_private_persons_are_not(folder: Path) -> None:
    records = ghgrp.REGISTER.load(folder).records.set_index("id")
    parents = records[records.index.str.startswith("parent-")]
    assert parents["name"].tolist() == ["GLASS CO", "HESS CORP", "OLD OWNER CORP", "US GOVERNMENT"]
    assert parents["kind"].tolist() == [*["company"] * 3, "government agency"]
    assert parents["city"].fillna("").tolist() == ["Muncie", "Houston", "Gary", ""]


def test_shares_of_one_owner_are_added_up(folder: Path) -> None:
    stated = {(r["id"], r["to_id"]): r for r in links(ghgrp.REGISTER.load(folder))}
    assert len(stated) == 4
    glass = stated["1", "parent-glass-co"]
    assert glass["share"] == pytest.approx(0.8)
    assert (glass["first_seen"], glass["last_seen"]) == (2020, 2020)
    assert glass["evidence"].endswith("80 percent")
    assert stated["1", "parent-old-owner-corp"]["last_seen"] == 2017
    assert stated["1", "parent-us-government"]["evidence"].endswith("share not stated")


def test_drift_of_any_sheet(folder: Path) -> None:
    path = write_xlsx(folder / "ghgp_data_2020.xlsx", {s: [[], [], [], ["x"]] for s in SHEETS})
    with pytest.raises(SourceDrift) as caught:
        ghgrp.SUMMARY.load(path)
    assert caught.value.undeclared == ("x",)
    assert set(caught.value.missing) == READ


@pytest.mark.data
def test_real_reports(data_dir: Path) -> None:
    found = ghgrp.REGISTER.load(data_dir)
    records = found.records
    plants = records[~records["id"].str.startswith("parent-")]
    assert len(plants) == 8_818
    assert len(records) - len(plants) == 4_582
    # 2.400 billion tons of direct emitters, and oil fields, pipelines and distributors.
    summary = ghgrp.SUMMARY.load(ghgrp.SUMMARY.find(data_dir, 2020))
    assert summary["emissions"].sum() == pytest.approx(2.602e9, rel=1e-3)
    assert set(found.links["to_id"]) <= set(records["id"])
    assert found.links["share"].dropna().between(0, 1).all()
