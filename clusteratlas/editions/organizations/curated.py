"""Curated anatomies as a register: records, and the parts that they give organizations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import pandas as pd

from clusteratlas.editions.organizations import assemble
from clusteratlas.editions.organizations.anatomies import (
    GENERAL_KNOWLEDGE,
    Anatomy,
    AnatomyRow,
    read_anatomies,
)
from clusteratlas.editions.organizations.gather import OWN_YEAR, SourceRow, own_source
from clusteratlas.loaders.organizations.frames import slug
from clusteratlas.loaders.organizations.records import RECORD, Register, all_registers
from clusteratlas.vocabulary.keys import organization_key, region_key
from clusteratlas.vocabulary.tables import TABLES

REGISTER = "anatomies"
SCHEME = "known"

Frames = dict[str, pd.DataFrame]


def curated_source() -> SourceRow:
    """Row of the table ``sources``."""
    folder = Path(str(files("clusteratlas.editions"))) / "anatomies"
    return own_source(REGISTER, "Curated anatomies of regional clusters", folder.glob("*.csv"))


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
        "source": f"{REGISTER}-{OWN_YEAR}",
    }


def curated_records(anatomies: Sequence[Anatomy]) -> pd.DataFrame:
    """One record a row of an anatomy, in the form of all records.

    ``points_at`` is the key of the record that the row names where its register has ids, or
    ``register:name | state`` where it has not, or missing for general knowledge.
    """
    rows = []
    registers = all_registers()
    for anatomy in anatomies:
        for row in anatomy.rows:
            known = row.basis == GENERAL_KNOWLEDGE
            rows.append(
                {
                    "id": f"{anatomy.id}/{_slug(row.name)}",
                    "name": row.name,
                    "kind": row.kind,
                    "status": "active",
                    "city": row.city or None,
                    "state": row.state,
                    "county": row.county,
                    "last_seen": OWN_YEAR,
                    "basis": row.basis,
                    "points_at": None if known else f"{row.register}:{row.id}",
                    "own": f"{SCHEME}:{_slug(f'{row.name} {row.city} {row.state}')}",
                    "named_key": None if known else _organization_key(row, registers),
                }
            )
    frame = pd.DataFrame(rows)
    shaped = frame.reindex(
        columns=[c.name for c in RECORD] + ["basis", "points_at", "own", "named_key"]
    ).astype({c.name: c.dtype for c in RECORD})
    source = f"{REGISTER}-{OWN_YEAR}"
    return shaped.assign(
        register=REGISTER, scheme=SCHEME, source=source, key=REGISTER + ":" + shaped["id"]
    )


def _slug(text: str) -> str:
    return str(slug(pd.Series([text], dtype="string")).iloc[0])


def _organization_key(row: AnatomyRow, registers: Mapping[str, Register]) -> str:
    """Key of the organization that the record names: cik:..., ror:..., sbir:..."""
    scheme = registers[row.register].scheme.prefix
    if row.stored:
        name, state = row.stored
        return organization_key(scheme, _slug(f"{name} {state}"))
    return organization_key(scheme, row.id)


def placed_anatomies(records: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Put curated records into the counties that they give, where the edition has them."""
    county = region_key("county", records["county"].astype(str))
    known = county.isin(set(regions["key"]))
    return records.assign(
        place=county.where(known).astype(object),
        placement=known.map({True: "county", False: "none"}),
    )


def pointed_at(records: pd.DataFrame) -> pd.Series:
    """Key of the record that each curated record points at; missing where it is not there.

    Where a register has no ids of its own, a row gives the name and the state of its record.
    """
    names = records["register"] + ":" + records["name"] + " | " + records["state"].fillna("")
    wanted = records["points_at"].astype(object)
    stored = wanted.notna() & wanted.str.contains(" | ", regex=False).fillna(False).astype(bool)
    asked = names.isin(set(wanted[stored]))
    by_name = pd.DataFrame({"key": records.loc[asked, "key"], "name": names[asked]})
    of = {str(n): str(k) for n, k in by_name.drop_duplicates("name")[["name", "key"]].to_numpy()}
    of = {str(k): str(k) for k in records["key"]} | of
    return wanted.map(of).astype(object)


def curated_participations(
    anatomies: Sequence[Anatomy], organization: Mapping[str, str], cluster_of: Mapping[str, str]
) -> pd.DataFrame:
    """Give organizations the roles of their rows.

    Parameters
    ----------
    organization
        Key of the organization by key of the curated record.
    cluster_of
        Key of the cluster of the default definitions by six-digit code. An anatomy whose defining
        industry is in none is left out.
    """
    rows = []
    for anatomy in anatomies:
        if anatomy.industry not in cluster_of:
            continue
        for row in anatomy.rows:
            rows.append(
                {
                    "organization": organization[f"{REGISTER}:{anatomy.id}/{_slug(row.name)}"],
                    "cluster": cluster_of[anatomy.industry],
                    "region": anatomy.region,
                    "role": row.role,
                    "subrole": row.subrole,
                    "evidence": row.note,
                    "basis": row.basis,
                    "confidence": 1.0,
                    "usd": None,
                    "first_seen": None,
                    "last_seen": OWN_YEAR,
                    "source": f"{REGISTER}-{OWN_YEAR}",
                }
            )
    table = pd.DataFrame(rows, columns=list(TABLES["participations"].names))
    return table.drop_duplicates(["organization", "cluster", "region", "role"])


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
    records = curated_records(anatomies)
    records = placed_anatomies(records, tables["regions"]).assign(
        # Without the registers the curated record stands for the one that it points at.
        organization=records["named_key"].fillna(records["own"]),
        method="itself",
        confidence=1.0,
    )
    naming = assemble.named(records)
    of = dict(zip(naming["key"], naming["organization"], strict=True))
    cluster_of = {str(code): str(key) for code, key in cluster.items()}
    units = pd.Series(dtype=object)
    none = pd.DataFrame(columns=list(TABLES["organization_industries"].names))
    facts = pd.DataFrame([curated_register()])
    parts = in_hubs(curated_participations(anatomies, of, cluster_of), tables["measures"])
    sources = [tables["sources"], pd.DataFrame([curated_source()])]
    return {
        **tables,
        "sources": pd.concat(sources, ignore_index=True),
        "registers": assemble.register_table(facts, naming, pd.DataFrame({"key": []})),
        "organizations": assemble.organization_table(naming, none, units),
        "records": assemble.record_table(naming, units),
        "participations": parts,
    }


def in_hubs(participations: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Keep those in regional clusters that the edition measures."""
    hubs = measures[["cluster", "region"]].drop_duplicates()
    there = set(zip(hubs["cluster"], hubs["region"], strict=True))
    kept = [
        pair in there
        for pair in zip(participations["cluster"], participations["region"], strict=True)
    ]
    found: pd.DataFrame = participations[kept]
    return found
