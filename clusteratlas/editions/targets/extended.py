"""Put regions of one's own into an edition, so that every question knows them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.cells.county_sums import Grounds
from clusteratlas.editions.custom.industries import county_industries, presence_rows
from clusteratlas.editions.custom.measures import custom_figures
from clusteratlas.editions.custom.regions import custom_rows, neighbor_rows, part_rows
from clusteratlas.editions.store.checks import dangling
from clusteratlas.editions.store.edition import Edition, canonical, content_digest, write_edition
from clusteratlas.editions.wishes import Wishes
from clusteratlas.errors import EditionError, InputError
from clusteratlas.loaders.custom.named import NamedLists
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
    """Give an edition with a user's regions in it; nothing is written.

    A custom region is a region like any other, of the type ``custom``: it has parts, neighbors,
    people, a profile, and measures of all clusters that are measured in counties. It has the key of
    its edition: a store takes it in the place of that one.

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
    files, own = read_regions(wishes.region_files, edition.table("regions"))
    tables = _Tables(edition)
    _add_regions(tables, own, files, wishes.rank_among)
    told = {
        "rank_among": wishes.rank_among,
        "files": {one.path.name: one.sha256 for one in files},
    }
    return _changed(edition, tables.changed, told)


def _add_regions(
    tables: _Tables, own: Sequence[OwnRegion], files: Sequence[NamedLists], pool: str
) -> None:
    edition = tables.edition
    regions = edition.table("regions")
    grounds = Grounds.of(regions, edition.table("region_parts"))
    counties = {region.key: grounds.counties.isin(region.counties) for region in own}
    figures = custom_figures(edition, grounds, counties, pool)
    year = int(figures.measures["year"].max())
    tables.add("sources", pd.DataFrame([supplied_row(one, year) for one in files]))
    tables.add("regions", custom_rows(own, counties, regions, pool))
    tables.add("region_parts", part_rows(own, grounds, counties))
    tables.add(
        "region_neighbors", neighbor_rows(counties, grounds, edition.table("region_neighbors"))
    )
    tables.add("measures", figures.measures)
    tables.add("region_profiles", figures.region_profiles)
    industries = county_industries(edition, grounds)
    if industries is not None:
        tables.add("presence", presence_rows(industries, counties))


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
