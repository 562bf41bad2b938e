"""IPEDS: institutions, their systems, branches and successors."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.organizations.institutions import ipeds
from clusteratlas.loaders.organizations.records import Records
from tests.loaders.files import csv_text
from tests.loaders.organizations.rows import by_id, links

LAYOUT = ipeds.HD.layouts[0]
HEAD = [*sorted(LAYOUT.columns), *sorted(LAYOUT.ignored)]


def _line(unitid: int, **cells: str) -> list[str]:
    known = {
        "UNITID": str(unitid),
        "INSTNM": f"College {unitid}",
        "ADDR": "1 Main St",
        "CITY": "Boston",
        "STABBR": "MA",
        "ZIP": "2139",
        "EIN": "42103594",
        "DUNS": "-2",
        "OPEID": "217800",
        "ICLEVEL": "1",
        "CONTROL": "2",
        "HOSPITAL": "2",
        "MEDICAL": "2",
        "ACT": "A ",
        "NEWID": "-2",
        "DEATHYR": "-2",
        "CYACTIVE": "1",
        "C18BASIC": "15",
        "F1SYSNAM": "-2",
        "COUNTYCD": "9003",
        "LONGITUD": "-71.09",
        "LATITUDE": "42.35",
        "CHFNM": "Jane Doe",
        "CHFTITLE": "President",
    }
    return [(known | cells).get(name, "") for name in HEAD]


def _load(folder: Path, *lines: list[str], head: list[str] = HEAD) -> Records:
    (folder / "hd2020.csv").write_bytes(csv_text([head, *lines]).encode("latin-1"))
    return ipeds.REGISTER.load(folder)


def test_lost_zeros_marks_of_missing_values_and_identifiers(tmp_path: Path) -> None:
    got = _load(
        tmp_path,
        _line(
            1,
            INSTNM="Universidad de Puerto Rico en Mayagüez",
            IALIAS="UPRM | Colegio  RUM;CAAM",
            DUNS="039570619|797414232",
            MEDICAL="1",
            HOSPITAL="1",
        ),
        _line(2, EIN="-1", OPEID="-2", COUNTYCD="-2", IALIAS=" ", ICLEVEL="3", C18BASIC="-2"),
    )
    first, second = by_id(got).values()
    assert first["name"] == "Universidad de Puerto Rico en Mayagüez"
    assert first["aliases"] == "UPRM|Colegio|RUM|CAAM"
    assert (first["zip"], first["county"]) == ("02139", "09003")
    assert first["identifiers"] == ("ein:042103594 opeid:00217800 duns:039570619 duns:797414232")
    assert first["field"] == "four years|very high research activity|medical degrees|hospital"
    assert second["field"] == "less than two years"
    assert [second[c] for c in ("aliases", "county", "identifiers")] == [None, None, None]
    assert (second["kind"], second["status"], second["last_seen"]) == ("university", "active", 2020)
    assert "Jane" not in got.records.to_csv()


def test_systems_branches_and_successors_are_links(tmp_path: Path) -> None:
    got = _load(
        tmp_path,
        _line(1, F1SYSNAM="State System"),
        _line(2, OPEID="217801", F1SYSNAM="School Group Inc.", CONTROL="3"),
        _line(3, OPEID="300001"),
        _line(4, OPEID="400000", ACT="C ", CYACTIVE="3", NEWID="1", DEATHYR="2019"),
        _line(5, OPEID="500000", NEWID="99", CYACTIVE="3"),
    )
    said = [(r["id"], r["type"], r["to_id"], r["to_name"], r["program"]) for r in links(got)]
    assert said == [
        ("1", "UNIT_OF", "", "State System", ""),
        ("2", "OWNED_BY", "", "School Group Inc.", ""),
        ("2", "UNIT_OF", "1", None, "campus"),
        ("4", "SUCCEEDED_BY", "1", None, ""),
    ]
    rows = by_id(got)
    assert [rows[i]["status"] for i in "12345"] == ["active"] * 3 + ["closed"] * 2
    assert [rows[i]["last_seen"] for i in "45"] == [2019, 2020]
    assert rows["1"]["parent"] == "State System"


def test_a_branch_with_two_possible_main_campuses_has_none(tmp_path: Path) -> None:
    got = _load(tmp_path, _line(1), _line(2), _line(3, OPEID="217801"))
    assert got.links.empty


def test_islands_that_are_not_of_the_united_states_are_left_out(tmp_path: Path) -> None:
    got = _load(tmp_path, _line(1, STABBR="GU"), _line(2, STABBR="PW"))
    assert got.records["id"].tolist() == ["1"]


def test_drift_and_repeated_ids(tmp_path: Path) -> None:
    with pytest.raises(SourceDrift, match=r"undeclared columns \['CHFEMAIL'\]"):
        _load(tmp_path, [*_line(1), "x"], head=[*HEAD, "CHFEMAIL"])
    with pytest.raises(SourceError, match="1 repeated keys, first unitid=1"):
        _load(tmp_path, _line(1), _line(1, STABBR="NH"))


@pytest.mark.data
def test_real_institutions(data_dir: Path) -> None:
    got = ipeds.REGISTER.load(data_dir)
    rows = by_id(got)
    assert len(rows) == 6437
    assert got.records["county"].notna().all()
    mit = rows["166683"]
    assert (mit["name"], mit["county"]) == ("Massachusetts Institute of Technology", "25017")
    assert mit["identifiers"] == "ein:042103594 opeid:00217800 duns:001425594"
    assert got.links["type"].value_counts().to_dict() == {
        "UNIT_OF": 2316,
        "OWNED_BY": 1052,
        "SUCCEEDED_BY": 102,
    }
