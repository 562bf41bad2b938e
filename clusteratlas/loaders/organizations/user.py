"""A user's own lists: ``organizations.csv`` and ``links.csv``, checked line by line.

The format is documented in ``docs/organizations-csv.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.errors import InputError
from clusteratlas.loaders.organizations.frames import slug
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import (
    LINK,
    Records,
    Register,
    all_schemes,
    shaped,
)
from clusteratlas.loaders.organizations.user_lines import IDENTIFIER, LinkLine, OrganizationLine
from clusteratlas.loaders.source.csv_rows import CsvRow, Mistake, read_lines, refuse_rows
from clusteratlas.loaders.source.declaration import Source, SourceColumn

FORMAT = 2026
"""Year of the format, which stands as the vintage; the years of the evidence are in the lines."""
SHOWN = 20
"""Bad lines that an error names; the others it counts."""
ORGANIZATION: tuple[SourceColumn, ...] = (
    SourceColumn("line", "Int64", "line of the file"),
    SourceColumn("id", "string", "id, or made from name and place"),
    SourceColumn("name", "string", "name"),
    SourceColumn("kind", "string", "company, university, hospital, ..."),
    SourceColumn("street", "string", "street address"),
    SourceColumn("city", "string", "city"),
    SourceColumn("state", "string", "postal code of the state"),
    SourceColumn("zip", "string", "five digits"),
    SourceColumn("county", "string", "county, five digits"),
    SourceColumn("naics", "string", "NAICS code"),
    SourceColumn("identifiers", "string", "ids elsewhere, scheme:value, joined by blanks"),
    SourceColumn("role", "string", "role in a regional cluster"),
    SourceColumn("cluster", "string", "key or name of the cluster"),
    SourceColumn("region", "string", "key or name of the region"),
    SourceColumn("evidence", "string", "what says so"),
    SourceColumn("source", "string", "who says so: a title or an address"),
    SourceColumn("year", "Int64", "year of the evidence", "year"),
)
_LINK: tuple[SourceColumn, ...] = (
    SourceColumn("line", "Int64", "line of the file"),
    SourceColumn("from", "string", "name or id of an organization in organizations.csv"),
    SourceColumn("type", "string", "type of the link"),
    SourceColumn("to", "string", "name or id there, or register:id"),
    SourceColumn("share", "Float64", "share owned", "share"),
    SourceColumn("amount", "Float64", "money that passes", "USD"),
    SourceColumn("evidence", "string", "what says so"),
    SourceColumn("source", "string", "who says so"),
    SourceColumn("year", "Int64", "year of the evidence", "year"),
)
_HINT = "docs/organizations-csv.md says what each column holds"

Row = dict[str, str]
Faults = list[tuple[int, str]]


def read_organizations(path: Path, _year: int) -> pd.DataFrame:
    """Read and check every line.

    Raises
    ------
    InputError
        If the header or any line is wrong; it names up to twenty lines.
    """
    return _read(path, OrganizationLine, ORGANIZATION, context=all_schemes())


def read_links(path: Path, _year: int) -> pd.DataFrame:
    """Read and check every line by itself; :func:`user_records` checks the names.

    Raises
    ------
    InputError
        If the header or any line is wrong; it names up to twenty lines.
    """
    return _read(path, LinkLine, _LINK)


def _read(
    path: Path, model: type[CsvRow], columns: tuple[SourceColumn, ...], *, context: Any = None
) -> pd.DataFrame:
    rows = read_lines(path, model, hint=_HINT, shown=SHOWN, context=context)
    if not rows:
        raise InputError(f"{path.name} has no line below its header", hint=_HINT)
    cells = [{"line": line, **row.model_dump(by_alias=True)} for line, row in rows]
    return pd.DataFrame(cells, columns=[c.name for c in columns])


def refuse(file: str, faults: Faults) -> None:
    """Raise one error that names the first twenty mistakes by their lines, if there is any."""
    refuse_rows(file, [Mistake(line, text) for line, text in faults], hint=_HINT, shown=SHOWN)


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
            foreign = end == "to" and not found and IDENTIFIER.fullmatch(row[end])
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
    columns: tuple[SourceColumn, ...],
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
