"""GLEIF: legal entities with an LEI, and who consolidates whom.

The golden copy of entities and of relationships, and single records as the public interface gives
them. People in business on their own account are left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.loaders.organizations.frames import clean_text, postal_states
from clusteratlas.loaders.organizations.identifiers import IdScheme, valid_lei
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import HEADER, CellError, integers, read_csv_text

_SINGLE = 2024
_YEARS = frozenset(range(2017, 2031))
_OTHER_NAMES = tuple(f"Entity.OtherEntityNames.OtherEntityName.{n}" for n in range(1, 6))
_PLACE = "Entity.HeadquartersAddress."
_RENAMED = {
    "LEI": "lei",
    "Entity.LegalName": "name",
    f"{_PLACE}FirstAddressLine": "street",
    f"{_PLACE}City": "city",
    f"{_PLACE}Region": "region",
    f"{_PLACE}Country": "country",
    f"{_PLACE}PostalCode": "zip",
    "Entity.EntityCategory": "category",
    "Entity.EntityStatus": "status",
    "Entity.EntityCreationDate": "created",
    "Entity.SuccessorEntity.1.SuccessorLEI": "successor",
    "Registration.InitialRegistrationDate": "registered",
    "Registration.LastUpdateDate": "updated",
    "Registration.RegistrationStatus": "registration",
} | {name: f"other{n}" for n, name in enumerate(_OTHER_NAMES)}
_KNOWN = re.compile(
    r"Entity\.(?:LegalName|OtherEntityNames|TransliteratedOtherEntityNames|LegalAddress|"
    r"HeadquartersAddress|OtherAddresses|TransliteratedOtherAddresses|RegistrationAuthority|"
    r"LegalJurisdiction|EntitySubCategory|LegalForm|AssociatedEntity|EntityExpiration\w+|"
    r"SuccessorEntity|LegalEntityEvents)(?:[.@].*)?"
    r"|Registration\.(?:NextRenewalDate|ManagingLOU|ValidationSources|ValidationAuthority|"
    r"OtherValidationAuthorities)(?:\..*)?|ConformityFlag"
)
"""Columns that are known and not wanted: the golden copy numbers some of them, 338 in all."""
_RELATION = (
    "Relationship.StartNode.NodeID",
    "Relationship.EndNode.NodeID",
    "Relationship.RelationshipType",
    "Relationship.RelationshipStatus",
    "Relationship.Period.1.startDate",
)
_KNOWN_RELATION = re.compile(
    r"Relationship\.(?:(?:Start|End)Node\.NodeIDType|Period\.\d+\.\w+|Quantifiers\..*)"
    r"|Relationship\.Qualifiers\..*"
    r"|Registration\..*"
)
_VOID = ("DUPLICATE", "ANNULLED", "CANCELLED", "TRANSFERRED", "PENDING_VALIDATION")
_KINDS = {
    "FUND": "investor",
    "RESIDENT_GOVERNMENT_ENTITY": "government agency",
    "INTERNATIONAL_ORGANIZATION": "nonprofit",
}
PERSON = "SOLE_PROPRIETOR"
_TYPES = {
    "IS_DIRECTLY_CONSOLIDATED_BY": ("OWNED_BY", "direct"),
    "IS_ULTIMATELY_CONSOLIDATED_BY": ("OWNED_BY", "ultimate"),
    "IS_INTERNATIONAL_BRANCH_OF": ("UNIT_OF", ""),
}


def _read_entities(path: Path, _vintage: int) -> pd.DataFrame:
    return _known(read_csv_text(path, keep=frozenset(_RENAMED)), _KNOWN)


def _known(frame: pd.DataFrame, known: re.Pattern[str]) -> pd.DataFrame:
    """Leave the known families of columns out of what the layout is compared with."""
    header = frame.attrs[HEADER]
    frame.attrs[HEADER] = [h for h in header if h in frame.columns or not known.fullmatch(h)]
    return frame


def _tidy_entities(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """One row an entity; addresses in the United States only; pure."""
    frame = raw.rename(columns=_RENAMED)
    frame = frame[frame["category"].ne(PERSON) & ~frame["registration"].isin(_VOID)]
    wrong = [lei for lei in frame["lei"] if not valid_lei(lei)]
    if wrong:
        raise CellError(f"LEI {wrong[0]!r} has wrong check digits ({len(wrong)} such cells)")
    home = frame["country"].eq("US")
    others = pd.Series("", index=frame.index, dtype="string")
    for n in range(len(_OTHER_NAMES)):
        others = others + "|" + frame[f"other{n}"]
    others = others.str.replace(r"\|+", "|", regex=True).str.strip("|")
    code = frame["zip"].str.extract(r"^(\d{5})(?:-?\d{4})?$")[0]
    start = frame["created"].mask(frame["created"].eq(""), frame["registered"])
    return pd.DataFrame(
        {
            "lei": frame["lei"],
            "name": clean_text(frame["name"]),
            "aliases": clean_text(others),
            "category": frame["category"],
            "country": frame["country"],
            "street": clean_text(frame["street"]).where(home),
            "city": clean_text(frame["city"]).where(home),
            "state": postal_states(frame["region"].str.removeprefix("US-")).where(home),
            "zip": code.where(home),
            "closed": frame["status"].eq("INACTIVE") | frame["registration"].isin(["RETIRED"]),
            "successor": frame["successor"].mask(frame["successor"].eq("")),
            "created": integers(start.str.slice(0, 4)),
            "updated": integers(frame["updated"].str.slice(0, 4)),
        }
    )


def _read_relations(path: Path, _vintage: int) -> pd.DataFrame:
    return _known(read_csv_text(path, keep=frozenset(_RELATION)), _KNOWN_RELATION)


def _tidy_relations(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Relationships that hold; pure."""
    frame = raw[raw["Relationship.RelationshipStatus"].eq("ACTIVE")]
    return pd.DataFrame(
        {
            "start": frame["Relationship.StartNode.NodeID"],
            "end": frame["Relationship.EndNode.NodeID"],
            "type": frame["Relationship.RelationshipType"],
            "since": integers(frame["Relationship.Period.1.startDate"].str.slice(0, 4)),
        }
    ).drop_duplicates(["start", "end", "type"])


def _read_single(path: Path, _vintage: int) -> pd.DataFrame:
    """Read all records of one entity each that lie in the folder of ``path``."""
    own = sorted(p for p in path.parent.iterdir() if re.fullmatch(_SINGLE_NAME, p.name))
    texts = [json.loads(p.read_text("utf-8"))["data"]["attributes"] for p in own]
    frame = pd.DataFrame([_row(a) for a in texts], columns=list(_RENAMED), dtype="string")
    frame.attrs[HEADER] = [*_RENAMED]
    return frame.fillna("")


def _row(attributes: dict[str, Any]) -> dict[str, str | None]:
    entity, registration = attributes["entity"], attributes["registration"]
    place = entity["headquartersAddress"]
    names = [other["name"] for other in entity["otherNames"]]
    row = {
        "LEI": attributes["lei"],
        "Entity.LegalName": entity["legalName"]["name"],
        f"{_PLACE}FirstAddressLine": place["addressLines"][0] if place["addressLines"] else None,
        f"{_PLACE}City": place["city"],
        f"{_PLACE}Region": place["region"],
        f"{_PLACE}Country": place["country"],
        f"{_PLACE}PostalCode": place["postalCode"],
        "Entity.EntityCategory": entity["category"],
        "Entity.EntityStatus": entity["status"],
        "Entity.EntityCreationDate": entity["creationDate"],
        "Entity.SuccessorEntity.1.SuccessorLEI": entity["successorEntity"]["lei"],
        "Registration.InitialRegistrationDate": registration["initialRegistrationDate"],
        "Registration.LastUpdateDate": registration["lastUpdateDate"],
        "Registration.RegistrationStatus": registration["status"],
    }
    return row | dict(zip(_OTHER_NAMES, names, strict=False))


def gleif_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Entities with headquarters in the United States; owners may be abroad; pure."""
    # The latest edition of each file stands first.
    entities = next(t for name, t in tables.items() if not name.startswith("gleif-relations"))
    entities = entities.set_index("lei", drop=False)
    frame = entities[entities["country"].eq("US")]
    record = frame.assign(
        id=frame["lei"],
        kind=frame["category"].map(_KINDS).fillna("company"),
        status=frame["closed"].map({True: "closed", False: "active"}),
        first_seen=frame["created"],
        last_seen=frame["updated"],
    )
    gone = frame[frame["successor"].notna()]
    links = [
        pd.DataFrame(
            {
                "id": gone["lei"],
                "type": "SUCCEEDED_BY",
                "to_id": gone["successor"],
                "program": "",
                "evidence": "GLEIF gives the successor's LEI",
            }
        )
    ]
    relations = [t for name, t in tables.items() if name.startswith("gleif-relations")]
    links += [_owners(t, frame) for t in relations[:1]]
    joined = pd.concat(links, ignore_index=True)
    joined = joined.assign(to_name=joined["to_id"].map(entities["name"]))
    joined["to_id"] = joined["to_id"].where(joined["to_id"].isin(frame.index), "")
    joined = joined[joined["to_id"].ne("") | joined["to_name"].notna()]
    joined = joined.sort_values(["id", "type", "program", "to_id", "to_name"])
    return Records(shaped(record.sort_values("id")), shaped(joined, LINK))


def _owners(relations: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Consolidation is by accounting: who consolidates owns more than half, as a rule."""
    known = relations[relations["start"].isin(frame.index) & relations["type"].isin(list(_TYPES))]
    return pd.DataFrame(
        {
            "id": known["start"],
            "type": known["type"].map({key: value[0] for key, value in _TYPES.items()}),
            "to_id": known["end"],
            "program": known["type"].map({key: value[1] for key, value in _TYPES.items()}),
            "first_seen": known["since"],
            "evidence": "GLEIF: " + known["type"].str.lower().str.replace("_", " "),
        }
    )


_COLUMNS = (
    SourceColumn("lei", "string", "Legal Entity Identifier, twenty characters"),
    SourceColumn("name", "string", "legal name"),
    SourceColumn("aliases", "string", "other names, joined by '|'"),
    SourceColumn("category", "string", "GENERAL, FUND, BRANCH, ..."),
    SourceColumn("country", "string", "ISO code of the headquarters' country"),
    SourceColumn("street", "string", "headquarters, in the United States only"),
    SourceColumn("city", "string", "headquarters, in the United States only"),
    SourceColumn("state", "string", "postal code"),
    SourceColumn("zip", "string", "five digits"),
    SourceColumn("closed", "boolean", "inactive, or its registration retired"),
    SourceColumn("successor", "string", "LEI of the entity that it went into"),
    SourceColumn("created", "Int64", "founded, else first registered", "year"),
    SourceColumn("updated", "Int64", "last update", "year"),
)
_SINGLE_NAME = r"[0-9A-Z]{18}\d\d(?:_\w+)?\.json"
_GLEIF = "Global Legal Entity Identifier Foundation"
_HOME = "https://www.gleif.org/en/lei-data/gleif-golden-copy"
_FILE = r"(?P<year>\d{4})\d{4}-\d{4}-gleif-goldencopy-%s-golden-copy\.csv(?:\.zip|\.gz)?"

ENTITIES = Source(
    id="gleif-entities",
    title="GLEIF golden copy, level 1: entities",
    publisher=_GLEIF,
    licence="CC0 1.0",
    homepage=_HOME,
    url=None,
    pattern=_FILE % "lei2",
    vintages=_YEARS,
    layouts=(Layout(_YEARS, frozenset(_RENAMED)),),
    columns=_COLUMNS,
    key=("lei",),
    read=_read_entities,
    tidy=_tidy_entities,
    note="Sole proprietors are persons and are left out.",
    example="20260101-0800-gleif-goldencopy-lei2-golden-copy.csv.zip",
)
RELATIONS = Source(
    id="gleif-relations",
    title="GLEIF golden copy, level 2: relationships",
    publisher=_GLEIF,
    licence="CC0 1.0",
    homepage=_HOME,
    url=None,
    pattern=_FILE % "rr",
    vintages=_YEARS,
    layouts=(Layout(_YEARS, frozenset(_RELATION)),),
    columns=(
        SourceColumn("start", "string", "LEI of the one consolidated, or of the branch"),
        SourceColumn("end", "string", "LEI of the one who consolidates, or of the head office"),
        SourceColumn("type", "string", "type of the relationship"),
        SourceColumn("since", "Int64", "start", "year"),
    ),
    key=("start", "end", "type"),
    read=_read_relations,
    tidy=_tidy_relations,
    example="20260101-0800-gleif-goldencopy-rr-golden-copy.csv.zip",
)
SINGLE = Source(
    id="gleif-records",
    title="Single LEI records of GLEIF's public interface",
    publisher=_GLEIF,
    licence="CC0 1.0",
    homepage=_HOME,
    url=None,
    pattern=_SINGLE_NAME,
    vintages=frozenset({_SINGLE}),
    layouts=(Layout(frozenset({_SINGLE}), frozenset(_RENAMED)),),
    columns=_COLUMNS,
    key=("lei",),
    read=_read_single,
    tidy=_tidy_entities,
    vintage=_SINGLE,
    note="All records in one folder are read together; they have no relationships.",
    example="9845001B2AD43E664E58_issued.json",
)
REGISTER = Register(
    key="gleif",
    title="Global LEI index",
    holds="legal entities that take part in financial markets, with the parents that consolidate "
    "them",
    lacks="most small firms, plants and branches without a legal form of their own; parents that "
    "a body declines to report",
    size_unit=None,
    sources=(("gleif-records", _SINGLE),),
    full=("gleif-entities", "gleif-relations"),
    scheme=IdScheme("lei", form=r"[0-9A-Z]{18}\d{2}", valid=valid_lei, proves="alone", single=True),
    naming=50,
    gather=gleif_records,
)
