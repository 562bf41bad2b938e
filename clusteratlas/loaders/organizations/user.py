"""A user's own lists: ``organizations.csv`` and ``links.csv``, checked line by line.

The format is documented in ``docs/organizations-csv.md``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from clusteratlas.errors import InputError
from clusteratlas.loaders.organizations.frames import STATES_AND_AREAS, slug
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import (
    KINDS,
    LINK,
    Records,
    Register,
    all_schemes,
    shaped,
)
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Column, Source

FORMAT = 2026
"""Year of the format, which stands as the vintage; the years of the evidence are in the lines."""
SHOWN = 20
"""Bad lines that an error names; the others it counts."""
ROLES = (
    "core company",
    "supplier",
    "service provider",
    "customer",
    "government",
    "institution",
    "support organization",
)
"""Roles in a regional cluster."""
TYPES = ("UNIT_OF", "OWNED_BY", "FUNDED_BY", "PARTNER_OF", "SUCCEEDED_BY")
"""Types of links."""
ORGANIZATION: tuple[Column, ...] = (
    Column("line", "Int64", "line of the file"),
    Column("id", "string", "id, or made from name and place"),
    Column("name", "string", "name"),
    Column("kind", "string", "company, university, hospital, ..."),
    Column("street", "string", "street address"),
    Column("city", "string", "city"),
    Column("state", "string", "postal code of the state"),
    Column("zip", "string", "five digits"),
    Column("county", "string", "county, five digits"),
    Column("naics", "string", "NAICS 2017 code"),
    Column("identifiers", "string", "ids elsewhere, scheme:value, joined by blanks"),
    Column("role", "string", "role in a regional cluster"),
    Column("cluster", "string", "key or name of the cluster"),
    Column("region", "string", "key or name of the region"),
    Column("evidence", "string", "what says so"),
    Column("source", "string", "who says so: a title or an address"),
    Column("year", "Int64", "year of the evidence", "year"),
)
_LINK: tuple[Column, ...] = (
    Column("line", "Int64", "line of the file"),
    Column("from", "string", "name or id of an organization in organizations.csv"),
    Column("type", "string", "type of the link"),
    Column("to", "string", "name or id there, or register:id"),
    Column("share", "Float64", "share owned", "share"),
    Column("amount", "Float64", "money that passes", "USD"),
    Column("evidence", "string", "what says so"),
    Column("source", "string", "who says so"),
    Column("year", "Int64", "year of the evidence", "year"),
)
_REQUIRED = {
    "organizations.csv": ("name", "kind", "city", "state", "evidence", "source", "year"),
    "links.csv": ("from", "type", "to", "evidence", "source", "year"),
}
_HINT = "docs/organizations-csv.md says what each column holds"
_IDENTIFIER = re.compile(r"([a-z][a-z0-9-]*):(\S+)")
_FIPS = {postal: fips for fips, (postal, _) in STATES.items()}

Row = dict[str, str]
Faults = list[tuple[int, str]]


def read_organizations(path: Path, _year: int) -> pd.DataFrame:
    """Read and check every line.

    Raises
    ------
    InputError
        If the header or any line is wrong; it names up to twenty lines.
    """
    schemes = all_schemes()
    return _read(path, ORGANIZATION, lambda row: _check_organization(row, schemes))


def read_links(path: Path, _year: int) -> pd.DataFrame:
    """Read and check every line by itself; :func:`user_records` checks the names.

    Raises
    ------
    InputError
        If the header or any line is wrong; it names up to twenty lines.
    """
    return _read(path, _LINK, _check_link)


def _read(
    path: Path, columns: tuple[Column, ...], check: Callable[[Row], Iterable[str]]
) -> pd.DataFrame:
    names = [c.name for c in columns if c.name != "line"]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = [cell.strip().lower() for cell in next(reader, [])]
            _check_header(path.name, header, names)
            lines = [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except UnicodeDecodeError as exc:
        raise InputError(
            f"{path.name} is not UTF-8 text", hint="save it as CSV UTF-8 and try again"
        ) from exc
    except csv.Error as exc:
        raise InputError(f"{path.name}: {exc}", hint="is a quotation mark left open?") from exc
    if not lines:
        raise InputError(f"{path.name} has no line below its header", hint=_HINT)
    faults: Faults = []
    rows = []
    for line, cells in lines:
        if len(cells) != len(header):
            faults.append((line, f"{len(cells)} cells, not {len(header)}"))
            continue
        row = dict.fromkeys(names, "") | {
            name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)
        }
        faults += [(line, fault) for fault in check(row)]
        rows.append({"line": line, **row})
    refuse(path.name, faults)
    return pd.DataFrame(rows, columns=["line", *names])


def _check_header(file: str, header: list[str], names: list[str]) -> None:
    missing = [name for name in _REQUIRED[file] if name not in header]
    unknown = [name for name in header if name not in names]
    again = sorted({name for name in header if header.count(name) > 1})
    if missing or unknown or again:
        facts = [
            f"{what} {', '.join(map(repr, found))}"
            for what, found in (("missing", missing), ("unknown", unknown), ("repeated", again))
            if found
        ]
        raise InputError(f"{file}: columns {'; '.join(facts)}", hint=_HINT)


def _check_organization(row: Row, schemes: Mapping[str, IdScheme]) -> Iterable[str]:
    yield from _blank(row, ("name", "evidence", "source"))
    if row["id"] and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", row["id"]):
        yield f"id {row['id']!r}: letters, digits, '-', '_' and '.' only"
    if row["kind"] not in KINDS:
        yield f"kind {row['kind']!r} is none of {', '.join(KINDS)}"
    if row["state"] not in STATES_AND_AREAS:
        yield f"state {row['state']!r} is no postal code of a state, such as MA"
    if not row["city"] and not row["county"]:
        yield "neither city nor county"
    if row["zip"] and not re.fullmatch(r"\d{5}(-\d{4})?", row["zip"]):
        yield f"zip {row['zip']!r} has not five digits (a spreadsheet drops leading zeros)"
    if row["county"]:
        if not re.fullmatch(r"\d{5}", row["county"]):
            yield f"county {row['county']!r} is no FIPS code of five digits"
        elif _FIPS.get(row["state"], row["county"][:2]) != row["county"][:2]:
            yield f"county {row['county']} is not in {row['state']}"
    if row["naics"] and not re.fullmatch(r"\d{2,6}", row["naics"]):
        yield f"naics {row['naics']!r} is no code of two to six digits"
    yield from _identifiers(row["identifiers"], schemes)
    if row["role"] and row["role"] not in ROLES:
        yield f"role {row['role']!r} is none of {', '.join(ROLES)}"
    given = [name for name in ("role", "cluster", "region") if row[name]]
    if given and len(given) < 3:
        yield f"role, cluster and region go together: here only {' and '.join(given)}"
    yield from _year(row["year"])


def _identifiers(cell: str, schemes: Mapping[str, IdScheme]) -> Iterable[str]:
    for text in cell.split():
        match = _IDENTIFIER.fullmatch(text)
        if match is None:
            yield f"identifier {text!r} is not scheme:value, such as cik:0000875320"
            continue
        prefix, value = match.groups()
        scheme = schemes.get(prefix)
        if scheme is None:
            continue
        if scheme.digits and not re.fullmatch(rf"\d{{{scheme.digits}}}", value):
            yield f"identifier {text!r} has not {scheme.digits} digits"
        if scheme.valid and not scheme.valid(value):
            yield f"identifier {text!r} has wrong check digits"


def _check_link(row: Row) -> Iterable[str]:
    yield from _blank(row, ("from", "to", "evidence", "source"))
    if row["type"] not in TYPES:
        yield f"type {row['type']!r} is none of {', '.join(TYPES)}"
    for name, most in (("share", 1.0), ("amount", float("inf"))):
        if row[name] and not (_number(row[name]) and 0 <= float(row[name]) <= most):
            yield f"{name} {row[name]!r} is no number {'from 0 to 1' if most == 1 else 'above 0'}"
    yield from _year(row["year"])


def _number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?|\.\d+", text) is not None


def _blank(row: Row, names: Iterable[str]) -> Iterable[str]:
    return [f"no {name}" for name in names if not row[name]]


def _year(cell: str) -> Iterable[str]:
    if not re.fullmatch(r"(1[6-9]|20)\d\d", cell):
        yield f"year {cell!r} is no year of four digits"


def refuse(file: str, faults: Faults) -> None:
    """Raise one error that names the first twenty mistakes by their lines, if there is any."""
    if not faults:
        return
    shown = [f"line {line}: {fault}" for line, fault in faults[:SHOWN]]
    if len(faults) > SHOWN:
        shown.append(f"and {len(faults) - SHOWN} more")
    head = f"{file}: {len(faults)} mistake{'s' * (len(faults) > 1)}"
    raise InputError("\n  ".join([head, *shown]), hint=_HINT)


def tidy_organizations(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Make ids from name and place where none is given; an organization may have several lines.

    Raises
    ------
    InputError
        If two lines give one id another name, kind or place, or the same role twice.
    """
    frame = raw.astype("string").replace("", pd.NA)
    place = frame["city"].fillna(frame["county"]) + " " + frame["state"]
    frame["id"] = frame["id"].fillna(slug(frame["name"] + " " + place))
    frame["zip"] = frame["zip"].str[:5]
    faults: Faults = []
    first: dict[str, Row] = {}
    seen: set[tuple[str, ...]] = set()
    same = ("name", "kind", "street", "city", "state", "zip", "county", "naics", "identifiers")
    for record in frame.fillna("").to_dict("records"):
        row = {str(name): str(cell) for name, cell in record.items()}
        line, before = int(row["line"]), first.setdefault(row["id"], row)
        other = [name for name in same if row[name] != before[name]]
        if other:
            what = f"{row['id']!r} has another {other[0]} in line {before['line']}"
            faults.append((line, f"{what}; give it an id of its own, or the same {other[0]}"))
        role = (row["id"], row["role"], row["cluster"], row["region"])
        if role in seen:
            faults.append((line, f"{row['name']!r} stands with the same role in an earlier line"))
        seen.add(role)
    refuse("organizations.csv", faults)
    return frame[[c.name for c in ORGANIZATION]]


def tidy_links(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Leave the cells as they are; pure."""
    return raw.astype("string").replace("", pd.NA)


def user_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record an id, and the links between them or to records of other registers.

    Raises
    ------
    InputError
        If a link names an organization that is not there, or one of several of that name.
    """
    rows = tables[f"user-organizations:{FORMAT}"]
    first = rows.drop_duplicates("id").sort_values("id").set_index("id")
    years = rows.groupby("id")["year"]
    records = first.assign(
        status="active",
        naics_vintage=pd.Series(2017, index=first.index).where(first["naics"].notna()),
        first_seen=years.min(),
        last_seen=years.max(),
    )
    links = tables.get(f"user-links:{FORMAT}")
    stated = shaped(pd.DataFrame(), LINK) if links is None else _links(links, first["name"])
    return Records(shaped(records.reset_index()), stated)


def _links(rows: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Find both ends of every link; two lines for one link are a mistake."""
    ids: dict[str, list[str]] = {}
    for id_, name in names.items():
        for key in {str(id_), str(name)}:
            ids.setdefault(key, []).append(str(id_))
    faults: Faults = []
    links = []
    seen: dict[tuple[str, ...], int] = {}
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        ends = {}
        for end in ("from", "to"):
            found = ids.get(row[end], [])
            foreign = end == "to" and not found and _IDENTIFIER.fullmatch(row[end])
            if len(found) != 1 and not foreign:
                what = f"{end} {row[end]!r}"
                why = (
                    "is the name of several: give the id"
                    if found
                    else "is not in organizations.csv"
                )
                faults.append((row["line"], f"{what} {why}"))
            ends[end] = found[0] if len(found) == 1 else row[end]
        link = (ends["from"], str(row["type"]), ends["to"])
        if seen.setdefault(link, row["line"]) != row["line"]:
            faults.append((row["line"], f"the same link as in line {seen[link]}"))
        known = row["to"] in ids
        links.append(
            {
                "id": ends["from"],
                "type": row["type"],
                "to_id": ends["to"] if known else None,
                "to_key": None if known else ends["to"],
                "program": "",
                "share": row["share"],
                "usd": row["amount"],
                "count": 1,
                "first_seen": row["year"],
                "last_seen": row["year"],
                "evidence": f"{row['evidence']} ({row['source']})",
            }
        )
    refuse("links.csv", faults)
    return shaped(pd.DataFrame(links), LINK)


def stated_roles(rows: pd.DataFrame | None) -> pd.DataFrame:
    """Keep the lines of ``organizations.csv`` that state a role; pure.

    Returns
    -------
    DataFrame
        Columns ``line``, ``id``, ``role``, ``cluster``, ``region``, ``evidence``, ``source``,
        ``year``; empty where there is no such file.
    """
    wanted = ["line", "id", "role", "cluster", "region", "evidence", "source", "year"]
    if rows is None:
        return pd.DataFrame(columns=wanted)
    return rows.loc[rows["role"].notna(), wanted].reset_index(drop=True)


def _source(
    id_: str,
    title: str,
    columns: tuple[Column, ...],
    read: Callable[[Path, int], pd.DataFrame],
    tidy: Callable[[pd.DataFrame, int], pd.DataFrame],
) -> Source:
    file = f"{id_.removeprefix('user-')}.csv"
    return Source(
        id=id_,
        title=title,
        publisher="the user",
        licence="the user's own",
        homepage="https://clusteratlas.readthedocs.io",
        url=None,
        pattern=re.escape(file),
        vintages=frozenset({FORMAT}),
        layouts=(),
        columns=columns,
        key=("line",),
        read=read,
        tidy=tidy,
        vintage=FORMAT,
        note="docs/organizations-csv.md has the format; the vintage is its year.",
        example=file,
    )


ORGANIZATIONS = _source(
    "user-organizations",
    "Organizations of the user's own",
    ORGANIZATION,
    read_organizations,
    tidy_organizations,
)
LINKS = _source("user-links", "Links of the user's own", _LINK, read_links, tidy_links)
REGISTER = Register(
    key="user",
    title="The user's own list",
    holds="organizations that the user has added, each with its evidence",
    lacks="whatever the user has not added",
    size_unit=None,
    sources=((ORGANIZATIONS.id, FORMAT),),
    scheme=IdScheme("user"),
    naming=10,
    own=True,
    gather=user_records,
    full=(ORGANIZATIONS.id, LINKS.id),
)
