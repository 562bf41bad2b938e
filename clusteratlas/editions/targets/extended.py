"""Put regions and clusters of one's own into an edition, so that every question knows them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.cells.county_sums import Grounds
from clusteratlas.editions.custom.clusters import (
    CustomCluster,
    default_tables,
    made_of,
    own_cluster_rows,
    own_definition_rows,
    own_member_rows,
    own_occupation_rows,
)
from clusteratlas.editions.custom.industries import (
    CountyIndustries,
    county_industries,
    presence_rows,
)
from clusteratlas.editions.custom.measured.clusters import own_cluster_figures
from clusteratlas.editions.custom.measures import custom_figures
from clusteratlas.editions.custom.regions import custom_rows, neighbor_rows, part_rows
from clusteratlas.editions.store.checks import dangling
from clusteratlas.editions.store.edition import Edition, canonical, content_digest, write_edition
from clusteratlas.editions.wishes import Wishes
from clusteratlas.errors import EditionError, InputError
from clusteratlas.loaders.custom.clusters import read_clusters
from clusteratlas.loaders.custom.regions import OwnRegion, read_regions, supplied_row
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.tables.regions import RANKED_AMONG

EXTENDED = "extended"
"""Entry of the manifest of an edition that was extended."""


@dataclass
class _Tables:
    """Rows that come to the tables of an edition."""

    edition: Edition
    changed: dict[str, pd.DataFrame] = field(default_factory=dict)

    def add(self, name: str, rows: pd.DataFrame) -> None:
        """Put rows to a table, in its form and with its checks."""
        table = TABLES[name]
        there = self.changed.get(name, self.edition.table(name))
        shaped = rows.reindex(columns=list(table.names)).astype(there.dtypes.to_dict())
        self.changed[name] = canonical(table, pd.concat([there, shaped], ignore_index=True))


def extend_edition(edition: Edition, wishes: Wishes) -> Edition:
    """Give an edition with a user's regions and clusters in it; nothing is written.

    A custom region is a region like any other, of the type ``custom``: it has parts, neighbors,
    people, a profile, industries, and measures of all clusters that are measured in counties. A
    custom cluster is one of a set of definitions of its own, ``custom``, measured in all regions,
    custom ones too; clusters that share industries are in several such sets. The edition has the
    key of the one that it is made from: a store takes it in the place of that one.

    Parameters
    ----------
    edition
        The edition.
    wishes
        Files, and regions that custom ones are ranked among.

    Raises
    ------
    InputError
        If a file cannot be used, or the edition is extended already.
    """
    if EXTENDED in edition.manifest:
        raise InputError(
            f"{edition.path} is extended already",
            hint="extend the edition that it was made from, with all files at once",
        )
    if wishes.rank_among not in RANKED_AMONG:
        raise InputError(
            f"regions cannot be ranked among {wishes.rank_among!r}",
            hint=f"one of {', '.join(RANKED_AMONG)}",
        )
    # A file that cannot be used is refused before anything is computed.
    files, regions = read_regions(wishes.region_files, edition.table("regions"))
    more, clusters = read_clusters(wishes.cluster_files, default_tables(edition))
    tables = _Tables(edition)
    grounds = Grounds.of(edition.table("regions"), edition.table("region_parts"))
    found = made_of(edition, clusters)
    pieces = regions or not all(one.always for one in found)
    industries = county_industries(edition, grounds) if pieces else None
    if regions:
        _add_regions(tables, regions, grounds, industries, wishes.rank_among)
    if found:
        _add_clusters(tables, found, industries)
    year = int(edition.table("measures")["year"].max())
    used = {one.source for one in regions} | {one.source for one in clusters}
    rows = pd.DataFrame([supplied_row(one, year) for one in [*files, *more]])
    tables.add("sources", rows[rows["key"].isin(used)].drop_duplicates("key"))
    told = {
        "rank_among": wishes.rank_among,
        "files": {one.path.name: one.sha256 for one in [*files, *more]},
    }
    return _changed(edition, tables.changed, told)


def _add_regions(
    tables: _Tables,
    own: Sequence[OwnRegion],
    grounds: Grounds,
    industries: CountyIndustries | None,
    pool: str,
) -> None:
    edition = tables.edition
    regions = edition.table("regions")
    counties = {region.key: grounds.counties.isin(region.counties) for region in own}
    figures = custom_figures(edition, grounds, counties, pool)
    tables.add("regions", custom_rows(own, counties, regions, pool))
    tables.add("region_parts", part_rows(own, grounds, counties))
    tables.add(
        "region_neighbors", neighbor_rows(counties, grounds, edition.table("region_neighbors"))
    )
    tables.add("measures", figures.measures)
    tables.add("region_profiles", figures.region_profiles)
    if industries is not None:
        tables.add("presence", presence_rows(industries, counties))


def _add_clusters(
    tables: _Tables, found: Sequence[CustomCluster], industries: CountyIndustries | None
) -> None:
    edition = Edition(
        tables.edition.key,
        tables.edition.path,
        tables.edition.manifest,
        {**tables.edition._tables, **tables.changed},
    )
    figures = own_cluster_figures(edition, found, industries)
    tables.add("definitions", own_definition_rows(found))
    tables.add("clusters", own_cluster_rows(found, edition))
    tables.add("memberships", own_member_rows(found, edition))
    tables.add("cluster_occupations", own_occupation_rows(found, edition))
    tables.add("measures", figures.measures)
    tables.add("floors", figures.floors)
    tables.add("region_profiles", figures.region_profiles)


def _changed(
    edition: Edition, changed: Mapping[str, pd.DataFrame], told: Mapping[str, Any]
) -> Edition:
    """Give an edition with other tables, in memory."""

    def keys_of(name: str) -> Any:
        return changed.get(name, edition.table(name))["key"]

    for name, frame in changed.items():
        for fault in dangling(TABLES[name], frame, keys_of):
            raise EditionError(f"table {name}: {fault}")
    contents = {name: str(facts["content"]) for name, facts in edition.manifest["tables"].items()}
    contents |= {name: content_digest(TABLES[name], frame) for name, frame in changed.items()}
    joined = "".join(f"{name}:{contents[name]}\n" for name in sorted(contents))
    manifest = {
        **edition.manifest,
        EXTENDED: {"edition": edition.digest, **told},
        "digest": hashlib.sha256(joined.encode()).hexdigest(),
    }
    return Edition(edition.key, edition.path, manifest, {**edition._tables, **changed})


def write_extended(edition: Edition, wishes: Wishes, path: Path) -> Edition:
    """Extend an edition and write it into a folder of its own, as :func:`write_edition` does.

    Raises
    ------
    InputError
        As :func:`extend_edition`, or if the folder is that of the edition itself.
    EditionError
        If the folder holds something else.
    """
    if path.exists() and path.resolve() == edition.path.resolve():
        raise InputError(f"{path} is the edition itself", hint="give another folder with --out")
    made = extend_edition(edition, wishes)
    own = {"format", "edition", "package", "tables", "digest"}
    extra = {name: value for name, value in made.manifest.items() if name not in own}
    return write_edition(path, made.key, {name: made.table(name) for name in TABLES}, extra)
