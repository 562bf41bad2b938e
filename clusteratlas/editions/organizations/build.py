"""Build the organizations of an edition: registers in, seven tables and a manifest out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.matching.doubtful_pairs import read_verdicts
from clusteratlas.editions.matching.placing import placed_records
from clusteratlas.editions.matching.resolving import resolve_records
from clusteratlas.editions.organizations import assemble, curated, participation
from clusteratlas.editions.organizations.anatomies import Anatomy, read_anatomies
from clusteratlas.editions.organizations.classify import CONFIDENCE, classify
from clusteratlas.editions.organizations.gather import Gathered, gather_registers
from clusteratlas.editions.organizations.links import Linked, organization_links
from clusteratlas.editions.organizations.own_roles import own_participations
from clusteratlas.editions.store.edition import Edition, open_edition, write_edition
from clusteratlas.loaders.organizations.records import all_registers
from clusteratlas.loaders.source.declaration import sha256
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.keys import region_key
from clusteratlas.vocabulary.tables import ORGANIZATION_TABLES, TABLES

Frames = dict[str, pd.DataFrame]

OWN_FACTS = ("format", "edition", "package", "tables", "digest")
"""What :func:`write_edition` writes into a manifest by itself."""


def build_organizations(
    data: Path,
    out: Path,
    *,
    base: str | Path | None = None,
    strict: bool = False,
    verdicts: Path | None = None,
    progress: Progress | None = None,
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
        Told of each step.

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
    edition = open_edition(base)
    gathered = gather_registers(data, strict=strict, progress=progress)
    built = _Organizations(edition, gathered, data, verdicts, progress).tables()
    tables = {name: edition.table(name) for name in set(TABLES) - ORGANIZATION_TABLES}
    tables["cluster_roles"] = edition.table("cluster_roles")
    old = tables["sources"]
    new = pd.concat([gathered.sources, pd.DataFrame([curated.curated_source()])])
    tables["sources"] = pd.concat([old[~old["key"].isin(new["key"])], new], ignore_index=True)
    extra = {k: v for k, v in edition.manifest.items() if k not in OWN_FACTS}
    progress.start("write")
    written = write_edition(
        out, edition.key, {**tables, **built.tables}, {**extra, "organizations": built.manifest}
    )
    progress.finish(f"{sum(len(f) for f in built.tables.values()):,} rows of organizations")
    return written


@dataclass(frozen=True)
class _Built:
    tables: Frames
    manifest: Mapping[str, Any]


class _Organizations:
    def __init__(
        self,
        edition: Edition,
        gathered: Gathered,
        data: Path,
        verdicts: Path | None,
        progress: Progress,
    ) -> None:
        self.edition = edition
        self.verdicts = verdicts
        self.gathered = gathered
        self.data = data
        self.progress = progress
        industries = edition.table("industries")
        six = industries[(industries["level"] == 6) & industries["kind"].notna()]
        vintages = industries.loc[industries["level"] == 2, "vintage"]
        self.vintage = int(vintages.max()) if len(vintages) else int(six["vintage"].max())
        own = industries[(industries["level"] == 6) & (industries["vintage"] == self.vintage)]
        self.codes = frozenset(own["naics"].astype(str))
        definitions = edition.table("definitions")
        default = definitions.loc[definitions["is_default"].astype(bool), "key"]
        members = edition.table("memberships")
        members = members[members["definition"].isin(default) & members["traded"].astype(bool)]
        self.cluster_of = {
            str(n): str(c) for n, c in zip(members["naics"], members["cluster"], strict=True)
        }

    def tables(self) -> _Built:
        anatomies = read_anatomies()
        lists = [register.key for register in all_registers().values() if register.own]
        own = self.gathered.records["register"].isin(lists)
        basis = own.map({True: "user", False: "register"})
        records = self._placed(self.gathered.records.assign(basis=basis))
        records = self._resolved(records, anatomies)
        self.progress.start("classify")
        classes = classify(records, self.data, self.codes)
        industries = assemble.industry_rows(records, classes, self.vintage)
        self.progress.finish(f"{len(classes):,} of {len(records):,} records")
        facts = pd.concat(
            [self.gathered.registers, pd.DataFrame([curated.curated_register()])],
            ignore_index=True,
        )
        units = facts.set_index("key")["size_unit"].dropna()
        organizations = assemble.organization_table(records, industries, units)
        self.progress.start("links")
        linked = organization_links(self.gathered.links, records)
        self.progress.finish(f"{len(linked.table):,} links")
        parts = self._participations(anatomies, records, organizations, industries, linked.table)
        tables = {
            "registers": assemble.register_table(facts, records, classes),
            "organizations": organizations,
            "records": assemble.record_table(records, units),
            "organization_industries": industries,
            "organization_links": linked.table,
            "participations": parts,
        }
        return _Built(tables, self._manifest(records, classes, linked))

    def _placed(self, records: pd.DataFrame) -> pd.DataFrame:
        """Give records the key of their county, or of their state where it is not known."""
        self.progress.start("place")
        regions = self.edition.table("regions")
        counties = regions.loc[regions["type"] == "county", "code"]
        found = placed_records(records, counties)
        known = set(regions["key"])
        county = region_key("county", found["county"])
        state_of = {
            str(s): str(k)
            for s, k in regions.loc[regions["type"] == "state", ["states", "key"]].to_numpy()
        }
        state = found["state"].map(state_of)
        there = county.isin(known)
        self.progress.finish(f"{int(there.sum()):,} of {len(found):,} records in a county")
        word = found["placement"].where(there, state.notna().map({True: "state", False: "none"}))
        place = county.where(there, state).astype(object)
        return found.assign(place=place, placement=word)

    def _resolved(self, records: pd.DataFrame, anatomies: list[Anatomy]) -> pd.DataFrame:
        """Add the curated records, and give all records their organization."""
        told = None if self.verdicts is None else read_verdicts(self.verdicts)
        found = resolve_records(records, verdicts=told, progress=self.progress).assignments
        records = records.assign(
            **{c: found[c].to_numpy() for c in ("organization", "method", "confidence")}
        )
        chosen = curated.placed_anatomies(
            curated.curated_records(anatomies), self.edition.table("regions")
        )
        chosen = chosen.assign(method="identifier", confidence=1.0)
        both = pd.concat([records, chosen], ignore_index=True)
        of = records.set_index("key")["organization"]
        known = curated.pointed_at(both).map(of).astype(object)
        own = known.fillna(both["named_key"].astype(object)).fillna(both["own"].astype(object))
        organization = both["organization"].astype(object).fillna(own)
        return assemble.named(both.assign(organization=organization))

    def _participations(
        self,
        anatomies: list[Anatomy],
        records: pd.DataFrame,
        organizations: pd.DataFrame,
        industries: pd.DataFrame,
        links: pd.DataFrame,
    ) -> pd.DataFrame:
        self.progress.start("roles")
        of = dict(zip(records["key"], records["organization"], strict=True))
        table = self.edition.table
        found = participation.participations(
            participation.Parts(
                records,
                organizations,
                industries,
                links,
                table("cluster_roles"),
                self.cluster_of,
                table("region_parts"),
            ),
            self.data,
        )
        chosen = curated.curated_participations(anatomies, of, self.cluster_of)
        wanted = ("definitions", "clusters", "regions", "measures")
        own = own_participations(self.data, of, {name: table(name) for name in wanted})
        stated = [frame for frame in (own, chosen, found) if len(frame)]
        both = pd.concat(stated, ignore_index=True).drop_duplicates(
            ["organization", "cluster", "region", "role"]
        )
        kept = curated.in_hubs(both, table("measures"))
        self.progress.finish(f"{len(kept):,} organizations in regional clusters")
        return kept

    def _manifest(
        self, records: pd.DataFrame, classes: pd.DataFrame, linked: Linked
    ) -> dict[str, Any]:
        sources = self.gathered.sources
        return {
            "sources": [
                {k: row[k] for k in ("key", "file", "vintage", "sha256", "bytes")}
                for row in sources.to_dict("records")
            ],
            "left_out": self.gathered.skipped,
            "records": len(records),
            "organizations": int(records["organization"].nunique()),
            "unclassified": int((~records["key"].isin(classes["key"])).sum()),
            "confidence": CONFIDENCE,
            "links_to_nobody": linked.dropped,
            "links_within": linked.within,
            "verdicts": None if self.verdicts is None else sha256(self.verdicts),
        }
