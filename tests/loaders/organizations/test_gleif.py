"""GLEIF: entities and who consolidates them, without people in business on their own account."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.organizations.companies import gleif
from clusteratlas.loaders.organizations.identifiers import valid_lei
from tests.loaders.files import csv_text
from tests.loaders.organizations.rows import by_id, links


def _lei(stem: str) -> str:
    """Give a made-up LEI with its check digits."""
    body = stem.ljust(18, "0")
    number = int("".join(str(int(c, 36)) for c in body + "00"))
    return body + f"{98 - number % 97:02d}"


PLANT, HOLDING, ABROAD, PERSON, OLD = (_lei(s) for s in ("PLANT", "HOLD", "ABROAD", "DOE", "OLD"))
HEAD = [
    *gleif.ENTITIES.layouts[0].columns,
    "Entity.LegalName.xmllang",
    "Entity.OtherEntityNames.OtherEntityName.1.type",
    "Entity.LegalAddress.City",
    "Entity.HeadquartersAddress.MailRouting",
    "Entity.LegalForm.EntityLegalFormCode",
    "Registration.ManagingLOU",
    "ConformityFlag",
]
HEAD_RELATIONS = [
    *gleif.RELATIONS.layouts[0].columns,
    "Relationship.StartNode.NodeIDType",
    "Relationship.Quantifiers.1.QuantifierAmount",
    "Registration.RegistrationStatus",
]
HQ = "Entity.HeadquartersAddress."


def _entity(lei: str, name: str, **cells: str) -> list[str]:
    known = {
        "LEI": lei,
        "Entity.LegalName": name,
        f"{HQ}FirstAddressLine": "1 Main St",
        f"{HQ}City": "Boston",
        f"{HQ}Region": "US-MA",
        f"{HQ}Country": "US",
        f"{HQ}PostalCode": "02110-1234",
        "Entity.EntityCategory": "GENERAL",
        "Entity.EntityStatus": "ACTIVE",
        "Registration.InitialRegistrationDate": "2014-01-01T00:00:00Z",
        "Registration.LastUpdateDate": "2023-05-01T00:00:00Z",
        "Registration.RegistrationStatus": "ISSUED",
    }
    short = {new: old for old, new in gleif._RENAMED.items()}
    known |= {short[key]: value for key, value in cells.items()}
    return [known.get(column, "") for column in HEAD]


def _relation(start: str, end: str, kind: str, status: str = "ACTIVE") -> list[str]:
    known = {
        "Relationship.StartNode.NodeID": start,
        "Relationship.EndNode.NodeID": end,
        "Relationship.RelationshipType": kind,
        "Relationship.RelationshipStatus": status,
        "Relationship.Period.1.startDate": "2012-11-29T00:00:00.000Z",
    }
    return [known.get(column, "") for column in HEAD_RELATIONS]


ENTITIES = [
    _entity(PLANT, "Plant LLC", other0="Works", other3="Old Works", successor=HOLDING),
    _entity(HOLDING, "Holding Inc.", created="1901-01-01T00:00:00Z", registration="LAPSED"),
    _entity(ABROAD, "Mutter AG", country="CH", region="CH-BS", city="Basel", zip="4056"),
    _entity(PERSON, "JANE DOE", category="SOLE_PROPRIETOR"),
    _entity(OLD, "Old Fund", category="FUND", status="INACTIVE", registration="RETIRED"),
]
RELATIONS = [
    _relation(PLANT, HOLDING, "IS_DIRECTLY_CONSOLIDATED_BY"),
    _relation(PLANT, ABROAD, "IS_ULTIMATELY_CONSOLIDATED_BY"),
    _relation(HOLDING, ABROAD, "IS_DIRECTLY_CONSOLIDATED_BY", "INACTIVE"),
    _relation(HOLDING, ABROAD, "IS_INTERNATIONAL_BRANCH_OF"),
    _relation(OLD, HOLDING, "IS_FUND-MANAGED_BY"),
    _relation(ABROAD, HOLDING, "IS_DIRECTLY_CONSOLIDATED_BY"),
]


def _write(folder: Path, name: str, rows: list[list[str]]) -> None:
    stem = f"20240706-0800-gleif-goldencopy-{name}-golden-copy.csv"
    with zipfile.ZipFile(folder / f"{stem}.zip", "w") as archive:
        archive.writestr(stem, csv_text(rows))


def test_entities_in_the_united_states(tmp_path: Path) -> None:
    _write(tmp_path, "lei2", [HEAD, *ENTITIES])
    got = gleif.REGISTER.load(tmp_path)
    rows = by_id(got)
    assert sorted(rows) == sorted([PLANT, HOLDING, OLD])
    assert got.records[got.records["id"].eq(PLANT)].iloc[0].dropna().to_dict() == {
        "id": PLANT,
        "name": "Plant LLC",
        "aliases": "Works|Old Works",
        "kind": "company",
        "status": "active",
        "street": "1 Main St",
        "city": "Boston",
        "state": "MA",
        "zip": "02110",
        "first_seen": 2014,
        "last_seen": 2023,
    }
    assert (rows[OLD]["kind"], rows[OLD]["status"]) == ("investor", "closed")
    assert (rows[HOLDING]["status"], rows[HOLDING]["first_seen"]) == ("active", 1901)


def test_owners_may_be_abroad(tmp_path: Path) -> None:
    _write(tmp_path, "lei2", [HEAD, *ENTITIES])
    _write(tmp_path, "rr", [HEAD_RELATIONS, *RELATIONS])
    said = links(gleif.REGISTER.load(tmp_path))
    keys = ("id", "type", "program", "to_id", "to_name", "first_seen")
    assert [tuple(link[k] for k in keys) for link in said] == [
        (HOLDING, "UNIT_OF", "", "", "Mutter AG", 2012),
        (PLANT, "OWNED_BY", "direct", HOLDING, "Holding Inc.", 2012),
        (PLANT, "OWNED_BY", "ultimate", "", "Mutter AG", 2012),
        (PLANT, "SUCCEEDED_BY", "", HOLDING, "Holding Inc.", None),
    ]


def test_void_registrations_are_left_out(tmp_path: Path) -> None:
    again = _entity(_lei("AGAIN"), "Plant LLC", registration="DUPLICATE")
    _write(tmp_path, "lei2", [HEAD, *ENTITIES, again])
    assert len(gleif.REGISTER.load(tmp_path).records) == 3


def test_defects(tmp_path: Path) -> None:
    wrong = PLANT[:-1] + str((int(PLANT[-1]) + 1) % 10)
    _write(tmp_path, "lei2", [HEAD, _entity(wrong, "Mistyped")])
    with pytest.raises(SourceError, match=f"LEI '{wrong}' has wrong check digits"):
        gleif.REGISTER.load(tmp_path)
    _write(tmp_path, "lei2", [[*HEAD, "Entity.Owner"], [*ENTITIES[0], "Jane"]])
    with pytest.raises(SourceDrift, match=r"undeclared columns \['Entity.Owner'\]"):
        gleif.REGISTER.load(tmp_path)


def _record(lei: str, **entity: Any) -> str:
    place = {
        "addressLines": ["1 Main St"],
        "city": "Boston",
        "region": "US-MA",
        "country": "US",
        "postalCode": "02110",
    }
    known = {
        "legalName": {"name": "Plant LLC"},
        "otherNames": [{"name": "Works", "type": "TRADING_OR_OPERATING_NAME"}],
        "headquartersAddress": place,
        "category": "GENERAL",
        "status": "ACTIVE",
        "creationDate": None,
        "successorEntity": {"lei": None, "name": None},
    }
    registration = {
        "initialRegistrationDate": "2013-11-05T03:03:00Z",
        "lastUpdateDate": "2023-07-31T17:11:36Z",
        "status": "ISSUED",
    }
    attributes = {"lei": lei, "entity": known | entity, "registration": registration}
    return json.dumps({"data": {"type": "lei-records", "attributes": attributes}})


def test_single_records_of_the_public_interface(tmp_path: Path) -> None:
    (tmp_path / f"{PLANT}_issued.json").write_text(_record(PLANT))
    (tmp_path / f"{PERSON}.json").write_text(_record(PERSON, category="SOLE_PROPRIETOR"))
    rows = gleif.REGISTER.load(tmp_path).records
    assert rows[["id", "aliases", "zip", "first_seen"]].to_numpy().tolist() == [
        [PLANT, "Works", "02110", 2013]
    ]


def test_made_up_identifiers_are_right() -> None:
    assert all(valid_lei(lei) for lei in (PLANT, HOLDING, ABROAD, PERSON, OLD))


@pytest.mark.data
def test_real_single_records_are_of_bodies_abroad(data_dir: Path) -> None:
    table = gleif.SINGLE.load(gleif.SINGLE.find(data_dir, 2024), 2024)
    # The other one is of a person in business on his own account.
    assert table["lei"].tolist() == ["549300LBI3LRIZ2V8V66"]
    assert gleif.REGISTER.load(data_dir).records.empty
