"""SBIR and STTR: firms out of awards, and awards as links to agencies."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift
from clusteratlas.loaders.organizations.awards import agencies, sbir
from clusteratlas.loaders.organizations.awards.sbir_full import AWARD_DATA
from clusteratlas.loaders.organizations.records import Records
from tests.loaders.files import csv_text
from tests.loaders.organizations.rows import by_id, links

HEAD = [
    "stco_fips",
    "year",
    "amt",
    "name",
    "program",
    "agency",
    "phase",
    "Hub",
    "gender",
    "disadv",
    "count_awards",
]
DEFENSE, HEALTH = "Department of Defense", "Department of Health and Human Services"


def _award(
    county: str, year: str, usd: str, name: str, program: str = "SBIR", agency: str = DEFENSE
) -> list[str]:
    return [county, year, usd, name, program, agency, "Phase I", "0.0", "0.0", "0.0", "1"]


def _load(folder: Path, *awards: list[str]) -> Records:
    (folder / "sbir_sttr_awards.csv").write_text(csv_text([HEAD, *awards]))
    return sbir.REGISTER.load(folder)


def test_awards_of_one_firm_are_one_record_and_a_link_a_program(tmp_path: Path) -> None:
    got = _load(
        tmp_path,
        _award("25017", "1999.0", "100.0", "orincon corpon"),
        _award("25021", "2012.0", "200.0", "orincon corp"),
        # An exact repeat may be a second, equal award.
        _award("25021", "2012.0", "200.0", "orincon corp"),
        _award("25021", "2011.0", "50.0", "orincon corporation", "STTR", HEALTH),
        _award("25021", "", "0.0", "orincon corp", agency=""),
    )
    row = got.records.iloc[0].dropna().to_dict()
    assert row == {
        "id": "orincon-corp-ma",
        "name": "orincon corp",
        "aliases": "orincon corporation",
        "kind": "company",
        "status": "active",
        "state": "MA",
        "county": "25021",
        "size": 550.0,
        "first_seen": 1999,
        "last_seen": 2012,
    }
    links = got.links[["to_key", "program", "usd", "count", "first_seen", "last_seen"]]
    assert links.to_numpy().tolist() == [
        ["agency:dod", "SBIR", 500.0, 3, 1999, 2012],
        ["agency:hhs", "STTR", 50.0, 1, 2011, 2011],
    ]
    assert got.links["evidence"].tolist()[0] == "SBIR awards to the firm: 3"


def test_silent_after_ten_years_and_nameless_awards_left_out(tmp_path: Path) -> None:
    got = _load(
        tmp_path,
        _award("25017", "2006.0", "1.0", "old inc"),
        _award("25017", "2007.0", "1.0", "just in time inc"),
        _award("25017", "", "1.0", "never dated inc"),
        _award("25017", "2016.0", "1.0", ""),
        _award("", "2016.0", "1.0", "nowhere inc"),
    )
    status = got.records.set_index("name")["status"].to_dict()
    assert status == {
        "just in time inc": "active",
        "never dated inc": "silent",
        "nowhere inc": "active",
        "old inc": "silent",
    }
    nowhere = got.records[got.records["name"].eq("nowhere inc")].iloc[0]
    assert nowhere["id"] == "nowhere-inc-us"
    assert nowhere[["state", "county"]].isna().all()


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (("acme corp", "MA", "1"), ("ACME Corporation", "MA", "2"), True),
        (("acme corp", "MA", "1"), ("acme inc", "MA", "1"), True),
        (("acme", "MA", "1"), ("acme, l.l.c.", "MA", "1"), True),
        (("acme corp", "MA", "1"), ("acme inc", "MA", "2"), False),
        (("acme corp", "MA", "1"), ("acme corp", "CA", "1"), False),
        (("acme & sons co", "MA", "1"), ("acme and sons company", "MA", "3"), True),
        (("inc", "MA", "1"), ("corp", "MA", "1"), False),
    ],
)
def test_which_names_are_one_firm(
    first: tuple[str, str, str], second: tuple[str, str, str], one: bool
) -> None:
    rows = pd.DataFrame([first, second], columns=["name", "state", "place"], dtype="string")
    assert (sbir.firms(rows["name"], rows["state"], rows["place"]).nunique() == 1) is one


def test_one_firm_is_carried_on_from_row_to_row() -> None:
    rows = pd.DataFrame(
        [("a corp", "MA", "1"), ("a inc", "MA", "1"), ("a inc", "MA", "2"), ("a llc", "MA", "2")],
        columns=["name", "state", "place"],
        dtype="string",
    )
    assert sbir.firms(rows["name"], rows["state"], rows["place"]).tolist() == [0, 0, 0, 0]


FULL = [
    *sorted(AWARD_DATA.layouts[0].columns),
    *sorted(AWARD_DATA.layouts[0].ignored - {"Woman Owned"}),
]


def _full(**cells: str) -> list[str]:
    known = {
        "Company": "Tiny Optics, Inc.",
        "Agency": HEALTH,
        "Branch": "National Institutes of Health",
        "Phase": "Phase I",
        "Program": "SBIR",
        "Award Year": "2024",
        "Award Amount": "$250,000.50",
        "Duns": "001234567",
        "UEI": "ABCDEFGH1234",
        "Address1": "1 Main St",
        "City": "Tucson",
        "State": "Arizona",
        "Zip": "85701-1234",
        "PI Name": "Jane Doe",
        "Abstract": 'Lenses, "tiny",\nfor all',
    }
    return [(known | cells).get(name, "") for name in FULL]


def test_the_publishers_own_file_goes_first(tmp_path: Path) -> None:
    _load(tmp_path, _award("25017", "2016.0", "1.0", "old inc"))
    lines = [
        FULL,
        _full(),
        _full(Company="TINY OPTICS INC", Agency=DEFENSE, Branch="Army", State="AZ"),
        _full(Company="Gone LLC", **{"Award Year": "2013", "Duns": "", "UEI": ""}),
    ]
    (tmp_path / "award_data.csv").write_text(csv_text(lines))
    got = sbir.REGISTER.load(tmp_path)
    rows = got.records.set_index("id")
    assert list(rows.index) == ["gone-llc-az", "tiny-optics-inc-az"]
    assert list(rows["status"]) == ["silent", "active"]
    tiny = by_id(got)["tiny-optics-inc-az"]
    assert tiny["identifiers"] == "duns:001234567 uei:ABCDEFGH1234"
    assert (tiny["street"], tiny["city"], tiny["state"]) == ("1 Main St", "Tucson", "AZ")
    assert (tiny["zip"], tiny["size"]) == ("85701", 500001.0)
    assert got.links["to_key"].tolist() == ["agency:nih", "agency:dod", "agency:nih"]
    text = got.records.to_csv() + got.links.to_csv()
    assert "Jane" not in text


def test_an_award_listed_again_counts_once(tmp_path: Path) -> None:
    numbers = {"Agency Tracking Number": "R43EY012345", "Contract": "1R43EY012345-01"}
    lines = [
        FULL,
        _full(**numbers, **{"Award Amount": "300", "Proposal Award Date": "September 5, 2024"}),
        _full(**numbers, **{"Award Amount": "200", "Proposal Award Date": "2024-01-31"}),
        # Another phase, another year, and awards that nothing tells apart.
        _full(**numbers, **{"Award Amount": "10", "Phase": "Phase II"}),
        _full(**numbers, **{"Award Amount": "10", "Award Year": "2023"}),
        _full(**{"Award Amount": "1", "Contract": "N/A", "Agency Tracking Number": "0"}),
        _full(**{"Award Amount": "1", "Contract": "N/A", "Agency Tracking Number": "0"}),
    ]
    (tmp_path / "award_data.csv").write_text(csv_text(lines))
    [link] = links(sbir.REGISTER.load(tmp_path))
    assert (link["usd"], link["count"]) == (322.0, 5)


def test_older_files_without_uei_and_drift(tmp_path: Path) -> None:
    place = FULL.index("UEI")
    lines = [line[:place] + line[place + 1 :] for line in (FULL, _full())]
    (tmp_path / "award_data.csv").write_text(csv_text(lines))
    assert sbir.REGISTER.load(tmp_path).records["identifiers"].tolist() == ["duns:001234567"]
    (tmp_path / "award_data.csv").write_text(csv_text([[*FULL, "Spouse"], [*_full(), "x"]]))
    with pytest.raises(SourceDrift, match=r"undeclared columns \['Spouse'\]"):
        sbir.REGISTER.load(tmp_path)


def test_agencies_are_records() -> None:
    got = agencies.agency_records({})
    ids = set(got.records["id"])
    assert set(agencies.agency_ids().values()) == ids
    assert got.records["kind"].eq("government agency").all()
    assert got.links[["id", "to_id"]].to_numpy().tolist() == [
        ["fda", "hhs"],
        ["fsis", "usda"],
        ["nih", "hhs"],
    ]


@pytest.mark.data
def test_real_awards(data_dir: Path) -> None:
    source = sbir.AWARDS
    awards = source.load(source.find(data_dir, sbir.LAST), sbir.LAST)
    got = sbir.sbir_records({f"sbir-awards:{sbir.LAST}": awards})
    assert len(awards) == 175_508 - 13
    assert len(got.records) == 31_353
    assert got.records["county"].notna().mean() > 0.999
    assert got.records["size"].sum() == pytest.approx(awards["usd"].sum())
    # Twenty awards name no agency.
    assert 0 <= len(awards) - got.links["count"].sum() <= 20
    creare = got.records[got.records["id"].eq("creare-llc-nh")].iloc[0]
    assert creare["aliases"] == "creare|creare inc|creare incorporated"
    assert (creare["county"], creare["first_seen"], creare["last_seen"]) == ("33009", 1983, 2017)
