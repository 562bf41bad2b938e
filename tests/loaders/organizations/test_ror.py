"""ROR: both schemas and the dump, states and counties, and each relationship once."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.organizations.identifiers import valid_lei, valid_ror
from clusteratlas.loaders.organizations.institutions import ror
from clusteratlas.loaders.organizations.records import Records

MIT, BROAD, MGH, OTIS, HURRICANES = (
    "042nb2s44",
    "05a0ya142",
    "002pd6e78",
    "0000p0n60",
    "0010c4a50",
)


def _two(key: str, name: str, *said: tuple[str, str, str], **fields: Any) -> dict[str, Any]:
    place = {
        "continent_code": "NA",
        "continent_name": "North America",
        "country_code": "US",
        "country_name": "United States",
        "country_subdivision_code": "MA",
        "country_subdivision_name": "Massachusetts",
        "lat": 42.36,
        "lng": -71.1,
        "name": "Cambridge",
    }
    place |= fields.pop("place", {})
    return {
        "admin": {},
        "domains": [],
        "established": 1861,
        "external_ids": [
            {"type": "grid", "all": ["grid.1"], "preferred": None},
            {"type": "isni", "all": ["0000 0001 2341 2786"], "preferred": None},
        ],
        "id": f"https://ror.org/{key}",
        "links": [],
        "locations": [{"geonames_id": 1, "geonames_details": place}],
        "names": [
            {"lang": None, "types": ["acronym"], "value": "ABC"},
            {"lang": "en", "types": ["ror_display", "label"], "value": name},
            {"lang": "en", "types": ["alias"], "value": f"The {name}"},
        ],
        "relationships": [
            {"type": kind, "id": f"https://ror.org/{other}", "label": label}
            for kind, other, label in said
        ],
        "status": "active",
        "types": ["education", "funder"],
    } | fields


def _one(key: str, name: str, **fields: Any) -> dict[str, Any]:
    city = {
        "city": "Farmington",
        "geonames_admin1": {"code": "US.CT"},
        "geonames_admin2": {"code": "US.CT.003"},
    }
    return {
        "id": f"https://ror.org/{key}",
        "name": name,
        "email_address": None,
        "ip_addresses": [],
        "established": 1853,
        "types": ["Company"],
        "relationships": [],
        "addresses": [{"lat": 41.7, "lng": -72.8, "city": "Farmington", "geonames_city": city}],
        "links": [],
        "aliases": ["Otis Elevator Company"],
        "acronyms": [],
        "status": "active",
        "wikipedia_url": None,
        "labels": [{"label": "Otis Deux", "iso639": "fr"}],
        "country": {"country_name": "United States", "country_code": "US"},
        "external_ids": {
            "GRID": {"preferred": "grid.5", "all": "grid.5"},
            "FundRef": {"preferred": None, "all": ["1", "2"]},
            "OrgRef": {"preferred": None, "all": ["9"]},
        },
    } | fields


def _load(folder: Path, two: list[dict[str, Any]], one: list[dict[str, Any]]) -> Records:
    for name, rows in (("2", two), ("1", one)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"ror_us_schema{name}.jsonl").write_text(text)
    return ror.REGISTER.load(folder)


def test_both_schemas_in_one_form(tmp_path: Path) -> None:
    got = _load(tmp_path, [_two(MIT, "Institute")], [_one(OTIS, "Otis (United States)")])
    otis, mit = (row.dropna().to_dict() for _, row in got.records.iterrows())
    assert otis == {
        "id": OTIS,
        "name": "Otis (United States)",
        "aliases": "Otis|Otis Elevator Company|Otis Deux",
        "kind": "company",
        "status": "active",
        "city": "Farmington",
        "state": "CT",
        "county": "09003",
        "longitude": -72.8,
        "latitude": 41.7,
        "field": "company",
        "identifiers": "grid:grid.5 fundref:1 fundref:2",
        "first_seen": 1853,
        "last_seen": 2026,
    }
    assert (mit["kind"], mit["state"], mit["aliases"]) == ("university", "MA", "The Institute|ABC")
    assert mit["identifiers"] == "grid:grid.1 isni:0000000123412786"


def test_state_by_code_by_name_or_none_and_who_is_left_out(tmp_path: Path) -> None:
    nameless = {"country_subdivision_code": None}
    got = _load(
        tmp_path,
        [
            _two(MIT, "By name", place=nameless),
            _two(BROAD, "None", place=nameless | {"country_subdivision_name": None}),
            _two(MGH, "Withdrawn", status="withdrawn"),
            _two(HURRICANES, "Abroad", place={"country_code": "CA"}),
        ],
        [_one(OTIS, "Closed", status="inactive")],
    )
    rows = got.records.set_index("id")
    assert sorted(rows.index) == sorted([MIT, BROAD, OTIS])
    assert rows.loc[MIT, "state"] == "MA"
    assert rows.loc[[BROAD], "state"].isna().all()
    assert rows.loc[OTIS, "status"] == "closed"
    assert rows.loc[[OTIS], "last_seen"].isna().all()


def test_each_relationship_once_and_from_the_right_end(tmp_path: Path) -> None:
    got = _load(
        tmp_path,
        [
            _two(MIT, "MIT", ("child", BROAD, "Broad"), ("related", MGH, "MGH")),
            _two(BROAD, "Broad", ("parent", MIT, "MIT"), ("child", "0123456", "Not here")),
            _two(MGH, "MGH", ("related", MIT, "MIT"), ("predecessor", HURRICANES, "Old")),
        ],
        [
            _one(
                OTIS,
                "Otis",
                relationships=[
                    {"type": "Parent", "id": "https://ror.org/04cydv396", "label": "UTC"},
                    {"type": "Successor", "id": f"https://ror.org/{MGH}", "label": "MGH"},
                ],
            ),
            _one(HURRICANES, "Old", status="inactive"),
        ],
    )
    links = got.links[["id", "type", "to_id", "to_name"]].to_numpy().tolist()
    assert links == [
        [OTIS, "OWNED_BY", "", "UTC"],
        [OTIS, "SUCCEEDED_BY", MGH, "MGH"],
        [HURRICANES, "SUCCEEDED_BY", MGH, "MGH"],
        [MGH, "PARTNER_OF", MIT, "MIT"],
        [BROAD, "UNIT_OF", MIT, "MIT"],
    ]


def test_the_dump_goes_first_and_its_zip_holds_two_schemas(tmp_path: Path) -> None:
    _load(tmp_path, [_two(MIT, "Sample")], [_one(OTIS, "Sample too")])
    stem = "v1.50-2024-07-29-ror-data"
    with zipfile.ZipFile(tmp_path / f"{stem}.zip", "w") as archive:
        archive.writestr(f"{stem}.json", json.dumps([_one(OTIS, "Old schema")]))
        archive.writestr(f"{stem}.csv", "id")
        archive.writestr(f"{stem}_schema_v2.json", json.dumps([_two(BROAD, "Dump")]))
    rows = ror.REGISTER.load(tmp_path).records
    assert rows[["id", "name", "last_seen"]].to_numpy().tolist() == [[BROAD, "Dump", 2024]]
    newer = [_two(BROAD, "Newer dump")]
    (tmp_path / "v2.1-2026-01-15-ror-data.json").write_text(json.dumps(newer))
    assert ror.REGISTER.load(tmp_path).records["name"].tolist() == ["Newer dump"]


def test_defects(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'042nb2s45' has wrong check digits"):
        _load(tmp_path, [_two("042nb2s45", "Mistyped")], [_one(OTIS, "Otis")])
    with pytest.raises(SourceDrift, match=r"undeclared columns \['contact'\]"):
        _load(tmp_path, [_two(MIT, "MIT", contact="Jane")], [_one(OTIS, "Otis")])
    _load(tmp_path, [_two(MIT, "MIT")], [_one(OTIS, "Otis")])
    (tmp_path / "ror_us_schema1.jsonl").write_text('{"id": ')
    with pytest.raises(SourceError, match="cannot be read: JSONDecodeError"):
        ror.REGISTER.load(tmp_path)


@pytest.mark.parametrize("key", [MIT, BROAD, MGH, OTIS, HURRICANES])
def test_check_digits_of_ror(key: str) -> None:
    assert valid_ror(key)
    assert not valid_ror(key[:-1] + str((int(key[-1]) + 1) % 10))
    assert not valid_ror(key[:8])
    assert not valid_ror("l" + key[1:])


@pytest.mark.parametrize("lei", ["549300LBI3LRIZ2V8V66", "9845001B2AD43E664E58"])
def test_check_digits_of_lei(lei: str) -> None:
    assert valid_lei(lei)
    assert not valid_lei(lei[:-1] + str((int(lei[-1]) + 1) % 10))
    assert not valid_lei(lei[:10] + lei[11] + lei[10] + lei[12:])
    assert not valid_lei(lei.lower())
    assert not valid_lei(lei[:19])


@pytest.mark.data
def test_real_records(data_dir: Path) -> None:
    got = ror.REGISTER.load(data_dir)
    rows = got.records
    assert len(rows) == 7603 + 237
    assert rows["longitude"].notna().all()
    assert rows["state"].notna().mean() > 0.85
    assert not got.links.duplicated(["id", "type", "to_id", "to_name"]).any()
    northwestern = rows[rows["id"].eq("000e0be47")].iloc[0]
    assert (northwestern["kind"], northwestern["first_seen"]) == ("university", 1851)
