"""ROR: research organizations with their names, ids elsewhere and relationships.

Records of schema 1 and 2, one JSON a line, and the registry's dump.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.loaders.organizations.frames import STATES_AND_AREAS, clean_text
from clusteratlas.loaders.organizations.identifiers import IdScheme, valid_ror
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import HEADER, CellError, open_binary

AS_OF = 2026
_YEARS = frozenset({AS_OF})
_DUMPS = frozenset(range(2022, 2031))
_KINDS = {
    "education": "university",
    "healthcare": "hospital",
    "company": "company",
    "government": "government agency",
    "nonprofit": "nonprofit",
    "facility": "research institute",
    "archive": "research institute",
    "other": "research institute",
}
"""Kinds by type; of several types the first in this order counts. A funder is no kind."""
_SCHEMES = ("grid", "isni", "fundref", "wikidata")
_LINKS = {
    "parent": "UNIT_OF",
    "child": "UNIT_OF",
    "related": "PARTNER_OF",
    "successor": "SUCCEEDED_BY",
    "predecessor": "SUCCEEDED_BY",
}
_BACKWARD = frozenset({"child", "predecessor"})
"""Relationships that say it from the other end."""
_POSTAL = {name: code for code, name in STATES.values()}
_FIPS = {postal: number for number, (postal, _) in STATES.items()}

_SCHEMA_1 = frozenset(
    [
        "id",
        "name",
        "aliases",
        "acronyms",
        "labels",
        "types",
        "status",
        "established",
        "addresses",
        "country",
        "external_ids",
        "relationships",
    ]
)
_SCHEMA_2 = frozenset(
    ["id", "names", "types", "status", "established", "locations", "external_ids", "relationships"]
)
_COLUMNS = (
    SourceColumn("ror", "string", "nine characters"),
    SourceColumn("name", "string", "name that ROR displays"),
    SourceColumn(
        "aliases", "string", "aliases, names in other languages and acronyms, joined by '|'"
    ),
    SourceColumn("types", "string", "types, lower case, joined by '|'"),
    SourceColumn("status", "string", "active, inactive or withdrawn"),
    SourceColumn("established", "Int64", "founded", "year"),
    SourceColumn("country", "string", "ISO code of the country of the place below"),
    SourceColumn(
        "city", "string", "place in GeoNames; the first in the United States if there is one"
    ),
    SourceColumn("state", "string", "postal code"),
    SourceColumn("county", "string", "five digits, by GeoNames; in records of schema 1 only"),
    SourceColumn("longitude", "Float64", "of the place, not of the building", "degrees"),
    SourceColumn("latitude", "Float64", "of the place, not of the building", "degrees"),
    SourceColumn("identifiers", "string", "grid, isni, fundref and wikidata, as 'scheme:value'"),
    SourceColumn("relationships", "string", "JSON: list of [type, id of the other, its name]"),
)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """One column of objects for each top-level name."""
    frame = pd.DataFrame({"record": pd.Series(rows, dtype="object")})
    frame.attrs[HEADER] = sorted({name for row in rows for name in row})
    return frame


def _read_lines(path: Path, _vintage: int) -> pd.DataFrame:
    with open_binary(path) as stream:
        return _frame([json.loads(line) for line in stream if line.strip()])


def _read_dump(path: Path, _vintage: int) -> pd.DataFrame:
    if path.suffix.lower() != ".zip":
        with open_binary(path) as stream:
            return _frame(json.load(stream))
    with zipfile.ZipFile(path) as archive:
        # Zips of 2024 and 2025 hold schema 1 too, under the shorter name.
        names = sorted(n for n in archive.namelist() if n.endswith(".json"))
        newest = [n for n in names if n.endswith("schema_v2.json")] or names
        return _frame(json.loads(archive.read(newest[0])))


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """One row a record of either schema; pure."""
    rows = [_row_2(r) if "names" in r else _row_1(r) for r in raw["record"]]
    frame = pd.DataFrame(rows, columns=[c.name for c in _COLUMNS])
    wrong = [ror for ror in frame["ror"] if not valid_ror(ror)]
    if wrong:
        raise CellError(f"id {wrong[0]!r} has wrong check digits ({len(wrong)} such ids)")
    return frame


def _row_1(record: dict[str, Any]) -> dict[str, Any]:
    place = record["addresses"][0] if record["addresses"] else {}
    geonames = place.get("geonames_city") or {}
    state = (geonames.get("geonames_admin1") or {}).get("code") or ""
    county = (geonames.get("geonames_admin2") or {}).get("code") or ""
    labels = [label["label"] for label in record["labels"]]
    values = {
        scheme.lower(): ids["all"] if isinstance(ids["all"], list) else [ids["all"]]
        for scheme, ids in record["external_ids"].items()
    }
    return _common(record, values) | {
        "name": record["name"],
        "aliases": _names(record["name"], [*record["aliases"], *labels, *record["acronyms"]]),
        "country": record["country"]["country_code"],
        "city": place.get("city"),
        "state": _state(state.removeprefix("US.")),
        "county": _county(county),
        "longitude": place.get("lng"),
        "latitude": place.get("lat"),
    }


def _row_2(record: dict[str, Any]) -> dict[str, Any]:
    places = [p["geonames_details"] for p in record["locations"]]
    place = next((p for p in places if p["country_code"] == "US"), (places or [{}])[0])
    name = next(n["value"] for n in record["names"] if "ror_display" in n["types"])
    # Acronyms last: they say least.
    others = sorted(record["names"], key=lambda n: "acronym" in n["types"])
    values = {ids["type"]: ids["all"] for ids in record["external_ids"]}
    code = place.get("country_subdivision_code")
    return _common(record, values) | {
        "name": name,
        "aliases": _names(name, [n["value"] for n in others]),
        "country": place.get("country_code"),
        "city": place.get("name"),
        "state": _state(code or _POSTAL.get(place.get("country_subdivision_name") or "", "")),
        "county": None,
        "longitude": place.get("lng"),
        "latitude": place.get("lat"),
    }


def _common(record: dict[str, Any], values: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "ror": _short(record["id"]),
        "types": "|".join(t.lower() for t in record["types"]),
        "status": record["status"],
        "established": record["established"],
        "identifiers": " ".join(
            f"{scheme}:{''.join(str(value).split())}"
            for scheme in _SCHEMES
            for value in values.get(scheme, [])
        ),
        "relationships": json.dumps(
            [[r["type"].lower(), _short(r["id"]), r["label"]] for r in record["relationships"]]
        ),
    }


def _short(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def _names(name: str, others: list[str]) -> str:
    """Join the other names; a company's gains the one without "(United States)"."""
    plain = re.sub(r" \((?:United States|[A-Z]{2})\)$", "", name)
    return "|".join(n for n in dict.fromkeys([plain, *others]) if n != name)


def _state(code: str) -> str | None:
    return code if code in STATES_AND_AREAS else None


def _county(code: str) -> str | None:
    """Five digits: GeoNames writes ``US.CT.003``, with the Census number of the county."""
    match = re.fullmatch(r"US\.([A-Z]{2})\.(\d{3})", code)
    return _FIPS[match[1]] + match[2] if match and match[1] in _FIPS else None


def ror_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Gather records in the United States that are not withdrawn, and how they relate; pure.

    The parent of a company owns it, any other parent is what the body is a unit of.
    """
    # Schema 2 and later dumps first: of two versions of a record the newer counts.
    order = sorted(tables, key=lambda name: ("dump" in name, name), reverse=True)
    frame = pd.concat([tables[name] for name in order], ignore_index=True)
    frame = frame.drop_duplicates("ror")
    frame = frame[frame["country"].eq("US") & frame["status"].ne("withdrawn")].set_index(
        "ror", drop=False
    )
    kind = pd.Series("research institute", index=frame.index, dtype="string")
    types = "|" + frame["types"].astype("string") + "|"
    for name, becomes in reversed(_KINDS.items()):
        kind = kind.mask(types.str.contains(f"|{name}|", regex=False), becomes)
    active = frame["status"].eq("active")
    last = max(int(name.rsplit(":", 1)[1]) for name in tables)
    record = frame.assign(
        id=frame["ror"],
        name=clean_text(frame["name"]),
        aliases=clean_text(frame["aliases"]),
        kind=kind,
        status=active.map({True: "active", False: "closed"}),
        field=frame["types"],
        identifiers=clean_text(frame["identifiers"]),
        first_seen=frame["established"],
        last_seen=pd.Series(last, index=frame.index, dtype="Int64").where(active),
    )
    return Records(shaped(record.sort_values("id")), shaped(_links(frame, kind), LINK))


def _links(frame: pd.DataFrame, kind: pd.Series) -> pd.DataFrame:
    """Relationships, each once, from the unit, the predecessor or the smaller id of partners."""
    said = [
        (ror, *relationship)
        for ror, text in zip(frame["ror"], frame["relationships"], strict=True)
        for relationship in json.loads(text)
    ]
    links = pd.DataFrame(said, columns=["id", "type", "to_id", "to_name"], dtype="string")
    backward = links["type"].isin(_BACKWARD)
    links["evidence"] = "ROR lists the relationship: " + links["type"]
    links["type"] = links["type"].map(_LINKS)
    links = links[links["type"].notna()]
    known = links["to_id"].isin(frame.index)
    backward = backward.loc[links.index]
    smaller = links["type"].eq("PARTNER_OF") & known & links["to_id"].lt(links["id"])
    links = _turned(links, backward | smaller, frame["name"])
    links = links[links["id"].isin(frame.index)]
    owned = links["type"].eq("UNIT_OF") & links["id"].map(kind).eq("company")
    links["type"] = links["type"].mask(owned, "OWNED_BY")
    links = links.drop_duplicates(["id", "type", "to_id"])
    abroad = ~links["to_id"].isin(frame.index)
    links["to_id"] = links["to_id"].mask(abroad, "")
    return links.assign(program="").sort_values(["id", "type", "to_id", "to_name"])


def _turned(links: pd.DataFrame, which: pd.Series, names: pd.Series) -> pd.DataFrame:
    """Exchange the ends of some links; pure."""
    return links.assign(
        id=links["id"].mask(which, links["to_id"]),
        to_id=links["to_id"].mask(which, links["id"]),
        to_name=links["to_name"].mask(which, links["id"].map(names)),
    )


def _source(
    key: str, title: str, pattern: str, layout: Layout, example: str, *, dump: bool = False
) -> Source:
    return Source(
        id=key,
        title=title,
        publisher="Research Organization Registry",
        licence="CC0 1.0",
        homepage="https://ror.org/",
        url=None,
        pattern=pattern,
        vintages=layout.vintages,
        layouts=(layout,),
        columns=_COLUMNS,
        key=("ror",),
        read=_read_dump if dump else _read_lines,
        tidy=_tidy,
        vintage=None if dump else AS_OF,
        note="On Zenodo: https://doi.org/10.5281/zenodo.6347574."
        if dump
        else "Records that were added or changed since 2022, not the whole registry.",
        example=example,
    )


RECORDS_1 = _source(
    "ror-records-1",
    "ROR records of schema 1, one JSON a line",
    r"ror_us_schema1\.jsonl(\.gz)?",
    Layout(
        _YEARS,
        _SCHEMA_1,
        ignored=frozenset({"email_address", "ip_addresses", "links", "wikipedia_url"}),
    ),
    "ror_us_schema1.jsonl.gz",
)
RECORDS_2 = _source(
    "ror-records-2",
    "ROR records of schema 2, one JSON a line",
    r"ror_us_schema2\.jsonl(\.gz)?",
    Layout(_YEARS, _SCHEMA_2, ignored=frozenset({"admin", "domains", "links"})),
    "ror_us_schema2.jsonl.gz",
)
DUMP = _source(
    "ror-dump",
    "ROR data dump, schema 2",
    r"v\d+(?:\.\d+)+-(?P<year>\d{4})-\d\d-\d\d-ror-data(?:_schema_v2)?\.(?:json|zip)",
    Layout(_DUMPS, _SCHEMA_2, ignored=frozenset({"admin", "domains", "links"})),
    "v2.1-2026-01-15-ror-data.zip",
    dump=True,
)
REGISTER = Register(
    key="ror",
    title="Research Organization Registry",
    holds="bodies that publish, fund or carry out research, with their parents and parts",
    lacks="firms without research publications, departments inside a university, exact addresses; "
    "the records without a dump are only those changed since 2022",
    size_unit=None,
    sources=(("ror-records-2", AS_OF), ("ror-records-1", AS_OF)),
    full=("ror-dump",),
    scheme=IdScheme(
        "ror",
        form=r"0[0-9a-hj-km-np-tv-z]{6}\d{2}",
        valid=valid_ror,
        proves="alone",
        single=True,
    ),
    naming=40,
    gather=ror_records,
)
