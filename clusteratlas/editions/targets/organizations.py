"""Organizations added to an edition: registers in, tables and a manifest out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.flow import Axis, Flow, Given
from clusteratlas.editions.flow.step import steps_of
from clusteratlas.editions.matching.doubtful_pairs import read_verdicts
from clusteratlas.editions.organizations.classify import CONFIDENCE
from clusteratlas.editions.organizations.registers import find_registers, optional_file
from clusteratlas.editions.store.edition import Edition, open_edition, write_edition
from clusteratlas.loaders.economy.concordances import NAICS_CONCORDANCE, SIC_NAICS
from clusteratlas.loaders.organizations import user
from clusteratlas.loaders.organizations.institutions.herd import HERD
from clusteratlas.loaders.organizations.records import all_registers
from clusteratlas.loaders.source.listing import sha256
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.tables import ORGANIZATION_TABLES, TABLES

PACKAGES = ("clusteratlas.editions.matching", "clusteratlas.editions.organizations")
"""Where the steps of organizations are."""

BASE = {
    "base_sources": "sources",
    **{
        name: name
        for name in (
            "clusters",
            "cluster_roles",
            "definitions",
            "industries",
            "measures",
            "memberships",
            "region_parts",
            "regions",
        )
    },
}
"""Tables of the base edition by what steps need them by."""

OWN_FACTS = ("format", "edition", "package", "tables", "digest")
"""What :func:`write_edition` writes into a manifest by itself."""


@dataclass(frozen=True)
class OpenedOrganizations:
    """An edition, the registers at hand, and everything that can be made of them."""

    base: Edition
    flow: Flow
    left_out: Mapping[str, str]
    """Register -> what is missing for it."""
    verdicts: str | None
    """SHA-256 of the user's verdicts."""


@dataclass(frozen=True)
class _Named:
    """What a flow that is only looked at has in the place of a file or a table."""

    key: str


def open_organizations(
    data: Path | None,
    *,
    base: str | Path | None = None,
    strict: bool = False,
    verdicts: Path | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> OpenedOrganizations:
    """Find the files of all registers and wire the steps; nothing is computed yet.

    Parameters
    ----------
    data
        Folder with the registers, at any depth. None looks for no file: then the flow can be looked
        at and makes nothing.
    base, strict, verdicts, progress, cache
        As of :func:`build_organizations`.

    Raises
    ------
    SourceMissing
        If no register is there, or ``strict`` and one is missing.
    InputError
        If the verdicts are wrong.
    EditionError
        If the base is none.
    """
    edition = open_edition(base)
    told = None if verdicts is None else sha256(verdicts)
    said = None if verdicts is None else read_verdicts(verdicts)
    kept = Cache(cache, progress)
    given, entries, left_out = _looked_at() if data is None else _found(data, strict, kept)
    given["verdicts"] = Given(said, told or "none")
    for name, source in BASE.items():
        # Of the tables of an edition the manifest knows the content.
        facts = edition.manifest["tables"].get(source, {})
        digest = f"{source} {facts.get('sha256')}"
        value = _Named(f"{edition.key} {source}") if data is None else edition.table(source)
        given[name] = Given(value, digest)
    flow = Flow(steps_of(*PACKAGES), given, [Axis("registers", entries)], kept)
    return OpenedOrganizations(edition, flow, left_out, told)


def _found(
    data: Path, strict: bool, cache: Cache
) -> tuple[dict[str, Given], dict[str, dict[str, Given]], dict[str, str]]:
    found, left_out = find_registers(all_registers().values(), data, strict=strict)
    every = " ".join(one.digest for one in found.values())
    years = [(NAICS_CONCORDANCE, year) for year in sorted(NAICS_CONCORDANCE.vintages)]
    years += [(SIC_NAICS, year) for year in sorted(SIC_NAICS.vintages)]
    # A concordance that is missing bridges nothing.
    lists = [f for s, y in years if (f := optional_file(s, y, data, cache)) is not None]
    given = {
        "found_registers": Given(found, every),
        "concordance_files": Given(lists, " ".join(["lists", *(f.digest for f in lists)])),
    }
    for name, source, year in (
        ("research_file", HERD, max(HERD.vintages)),
        ("user_file", user.ORGANIZATIONS, user.FORMAT),
    ):
        file = optional_file(source, year, data, cache)
        given[name] = Given(file, file.digest if file else "none")
    entries = {key: {"register_files": Given(one, one.digest)} for key, one in found.items()}
    return given, entries, left_out


def _looked_at() -> tuple[dict[str, Given], dict[str, dict[str, Given]], dict[str, str]]:
    keys = {
        key: ", ".join(f"{source}-{year}" for source, year in register.sources) or key
        for key, register in all_registers().items()
    }
    given = {
        "found_registers": Given(_Named(f"{len(keys)} registers"), "named"),
        "concordance_files": Given(_Named("concordances of NAICS and SIC"), "named"),
        "research_file": Given(_Named(f"{HERD.id}-{max(HERD.vintages)}"), "named"),
        "user_file": Given(_Named(user.ORGANIZATIONS.example), "named"),
    }
    entries = {key: {"register_files": Given(_Named(files), files)} for key, files in keys.items()}
    return given, entries, {}


def build_organizations(
    data: Path,
    out: Path,
    *,
    base: str | Path | None = None,
    strict: bool = False,
    verdicts: Path | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> Edition:
    """Add the organizations of public registers to an edition.

    The tables of the base edition stay as they are, and the new edition has its key: loading it
    replaces the base in a graph.

    Parameters
    ----------
    data
        Folder with the registers, at any depth.
    out
        Folder of the edition to write.
    base
        Edition to add to; None for the shipped one.
    strict
        Refuse to go on without a register; else a missing one is left out and named.
    verdicts
        CSV file of pairs of records that a user calls the same or not, as ``organizations review``
        writes it.
    progress
        Told of each kept step.
    cache
        Folder that keeps the results of steps; None keeps nothing.

    Raises
    ------
    SourceError
        If a file is not what its loader declares, or ``strict`` and one is missing.
    InputError
        If the verdicts or a user's own list are wrong.
    EditionError
        If the base is none, or ``out`` holds something else.
    """
    progress = progress or Silent()
    opened = open_organizations(
        data, base=base, strict=strict, verdicts=verdicts, progress=progress, cache=cache
    )
    edition, flow = opened.base, opened.flow
    made = {one.name: flow.make(one.name) for one in flow.steps.values() if one.is_table}
    kept = (set(TABLES) - ORGANIZATION_TABLES | {"cluster_roles"}) - made.keys()
    tables = {name: edition.table(name) for name in kept}
    extra = {k: v for k, v in edition.manifest.items() if k not in OWN_FACTS}
    progress.start("write")
    manifest = {**extra, "organizations": _facts(opened)}
    written = write_edition(out, edition.key, {**tables, **made}, manifest)
    progress.finish(f"{sum(len(frame) for frame in made.values()):,} rows of organizations")
    return written


def _facts(opened: OpenedOrganizations) -> dict[str, Any]:
    """Say in the manifest what went in, and what could not be used."""
    make = opened.flow.make
    records: pd.DataFrame = make("named_records")
    links = make("carried_links")
    return {
        "sources": [
            {k: row[k] for k in ("key", "file", "vintage", "sha256", "bytes")}
            for row in make("found_sources").to_dict("records")
        ],
        "left_out": dict(opened.left_out),
        "records": len(records),
        "organizations": int(records["organization"].nunique()),
        "unclassified": int((~records["key"].isin(make("record_classes")["key"])).sum()),
        "confidence": CONFIDENCE,
        "links_to_nobody": links.dropped,
        "links_within": links.within,
        "verdicts": opened.verdicts,
    }
