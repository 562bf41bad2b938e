"""Curated anatomies as one more register: their records among all others, and their roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.flow.step import step, table
from clusteratlas.editions.matching.resolving import Resolved
from clusteratlas.editions.organizations.anatomies import (
    GENERAL_KNOWLEDGE,
    Anatomy,
    AnatomyRow,
    read_anatomies,
)
from clusteratlas.editions.organizations.assemble import (
    in_hubs,
    named,
    organization_table,
    record_table,
    register_table,
)
from clusteratlas.editions.organizations.package_lists import OWN_YEAR, own_source
from clusteratlas.loaders.organizations.frames import slug
from clusteratlas.loaders.organizations.records import RECORD, Register, all_registers
from clusteratlas.vocabulary.keys import organization_key, organization_keys, region_key, source_key
from clusteratlas.vocabulary.tables import TABLES

REGISTER = "anatomies"
SCHEME = "known"

Frames = dict[str, pd.DataFrame]


def curated_source() -> dict[str, Any]:
    """Row of the table ``sources``."""
    folder = Path(str(files("clusteratlas.editions"))) / "anatomies"
    contents = b"".join(path.read_bytes() for path in sorted(folder.glob("*.csv")))
    return own_source(REGISTER, "Curated anatomies of regional clusters", contents)


def curated_register() -> dict[str, str | int | None]:
    """Row of the table ``registers`` without its counts."""
    return {
        "key": REGISTER,
        "title": "Curated anatomies",
        "holds": "well-known organizations of a few regional clusters, chosen by hand; each points "
        "at a record of a public register or is marked general knowledge",
        "lacks": "all other organizations and regions: it shows who matters, and counts nobody",
        "size_unit": None,
        "year": OWN_YEAR,
        "source": source_key(REGISTER, OWN_YEAR),
    }


@step()
def register_facts(found_facts: pd.DataFrame) -> pd.DataFrame:
    """Rows of the table ``registers`` without their counts, the anatomies among them."""
    return pd.concat([found_facts, pd.DataFrame([curated_register()])], ignore_index=True)


@table(name="sources")
def organization_sources(base_sources: pd.DataFrame, found_sources: pd.DataFrame) -> pd.DataFrame:
    """Files of the edition, of the registers, and the anatomies."""
    new = pd.concat([found_sources, pd.DataFrame([curated_source()])])
    old = base_sources[~base_sources["key"].isin(new["key"])]
    return pd.concat([old, new], ignore_index=True)


@step()
def curated_records(anatomies: Sequence[Anatomy], regions: pd.DataFrame) -> pd.DataFrame:
    """One record a row of an anatomy, in the form of all records.

    They are placed in the counties that they give, where the edition has them. ``points_at`` is the
    key of the record that the row names where its register has ids, or ``register:name | state``
    where it has not, or missing for general knowledge. ``standing`` is the share of the anatomy's
    rows of the same role that do not come before: those that matter most are written first.
    """
    rows = []
    registers = all_registers()
    for anatomy in anatomies:
        listed = Counter(row.role for row in anatomy.rows)
        before = Counter[str]()
        for row in anatomy.rows:
            known = row.basis == GENERAL_KNOWLEDGE
            standing = 1 - before[row.role] / listed[row.role]
            before[row.role] += 1
            rows.append(
                {
                    "id": _record_id(anatomy, row),
                    "name": row.name,
                    "kind": row.kind,
                    "status": "active",
                    "city": row.city or None,
                    "state": row.state,
                    "county": row.county,
                    "last_seen": OWN_YEAR,
                    "basis": row.basis,
                    "standing": standing,
                    "points_at": None if known else organization_key(row.register, row.id),
                    "own": organization_key(SCHEME, _slug(f"{row.name} {row.city} {row.state}")),
                    "named_key": None if known else _organization_key(row, registers),
                }
            )
    frame = pd.DataFrame(rows)
    shaped = frame.reindex(
        columns=[c.name for c in RECORD] + ["basis", "standing", "points_at", "own", "named_key"]
    ).astype({c.name: c.dtype for c in RECORD})
    source = source_key(REGISTER, OWN_YEAR)
    county = region_key("county", shaped["county"].astype(str))
    there = county.isin(set(regions["key"]))
    return shaped.assign(
        register=REGISTER,
        scheme=SCHEME,
        source=source,
        key=organization_key(REGISTER, shaped["id"]),
        place=county.where(there).astype(object),
        placement=there.map({True: "county", False: "none"}),
    )


def _record_id(anatomy: Anatomy, row: AnatomyRow) -> str:
    return f"{anatomy.id}/{_slug(row.name)}"


def _slug(text: str) -> str:
    return str(slug(pd.Series([text], dtype="string")).iloc[0])


def _organization_key(row: AnatomyRow, registers: Mapping[str, Register]) -> str:
    """Key of the organization that the record names: cik:..., ror:..., sbir:..."""
    scheme = registers[row.register].scheme.prefix
    if row.stored:
        name, state = row.stored
        return organization_key(scheme, _slug(f"{name} {state}"))
    return organization_key(scheme, row.id)


def pointed_at(records: pd.DataFrame) -> pd.Series:
    """Key of the record that each curated record points at; missing where it is not there.

    Where a register has no ids of its own, a row gives the name and the state of its record.
    """
    named = records["name"] + " | " + records["state"].fillna("")
    names = organization_keys(records["register"], named)
    wanted = records["points_at"].astype(object)
    stored = wanted.notna() & wanted.str.contains(" | ", regex=False).fillna(False).astype(bool)
    asked = names.isin(set(wanted[stored]))
    by_name = pd.DataFrame({"key": records.loc[asked, "key"], "name": names[asked]})
    of = {str(n): str(k) for n, k in by_name.drop_duplicates("name")[["name", "key"]].to_numpy()}
    of = {str(k): str(k) for k in records["key"]} | of
    return wanted.map(of).astype(object)


@step()
def named_records(
    placed_records: pd.DataFrame, resolved_records: Resolved, curated_records: pd.DataFrame
) -> pd.DataFrame:
    """Put all records together, each with its organization, and tell which one names it."""
    found = resolved_records.assignments
    records = placed_records.assign(
        **{c: found[c].to_numpy() for c in ("organization", "method", "confidence")}
    )
    chosen = curated_records.assign(method="identifier", confidence=1.0)
    both = pd.concat([records, chosen], ignore_index=True)
    of = records.set_index("key")["organization"]
    known = pointed_at(both).map(of).astype(object)
    own = known.fillna(both["named_key"].astype(object)).fillna(both["own"].astype(object))
    organization = both["organization"].astype(object).fillna(own)
    return named(both.assign(organization=organization))


@step()
def organization_of(named_records: pd.DataFrame) -> dict[str, str]:
    """Key of the organization by key of the record."""
    return dict(zip(named_records["key"], named_records["organization"], strict=True))


@step()
def curated_participations(
    anatomies: Sequence[Anatomy],
    organization_of: Mapping[str, str],
    cluster_of_code: Mapping[str, str],
) -> pd.DataFrame:
    """Roles of the rows of the anatomies, given to their organizations.

    Parameters
    ----------
    anatomies
        As read.
    organization_of
        Key of the organization by key of the curated record.
    cluster_of_code
        Key of the cluster of the default definitions by six-digit code. An anatomy whose defining
        industry is in none is left out.
    """
    rows = []
    for anatomy in anatomies:
        if anatomy.industry not in cluster_of_code:
            continue
        for row in anatomy.rows:
            rows.append(
                {
                    "organization": organization_of[
                        organization_key(REGISTER, _record_id(anatomy, row))
                    ],
                    "cluster": cluster_of_code[anatomy.industry],
                    "region": anatomy.region,
                    "role": row.role,
                    "subrole": row.subrole,
                    "evidence": row.note,
                    "basis": row.basis,
                    "confidence": 1.0,
                    "usd": None,
                    "first_seen": None,
                    "last_seen": OWN_YEAR,
                    "source": source_key(REGISTER, OWN_YEAR),
                }
            )
    found = pd.DataFrame(rows, columns=list(TABLES["participations"].names))
    return found.drop_duplicates(["organization", "cluster", "region", "role"])


def with_curated(tables: Frames, cluster: pd.Series) -> Frames:
    """Add the curated organizations to an edition that is built without registers.

    Parameters
    ----------
    tables
        Tables of the edition: ``sources``, ``regions`` and ``measures`` at least.
    cluster
        Index six-digit code, value key of its cluster in the default definitions.
    """
    anatomies = read_anatomies()
    records = curated_records(anatomies, tables["regions"])
    records = records.assign(
        # Without the registers the curated record stands for the one that it points at.
        organization=records["named_key"].fillna(records["own"]),
        method="itself",
        confidence=1.0,
    )
    naming = named(records)
    of = organization_of(naming)
    cluster_of = {str(code): str(key) for code, key in cluster.items()}
    units = pd.Series(dtype=object)
    none = pd.DataFrame(columns=list(TABLES["organization_industries"].names))
    facts = pd.DataFrame([curated_register()])
    parts = in_hubs(curated_participations(anatomies, of, cluster_of), tables["measures"])
    sources = [tables["sources"], pd.DataFrame([curated_source()])]
    return {
        **tables,
        "sources": pd.concat(sources, ignore_index=True),
        "registers": register_table(facts, naming, pd.DataFrame({"key": []})),
        "organizations": organization_table(naming, none, units),
        "records": record_table(naming, units),
        "participations": parts,
    }
