"""A small edition with one custom region in it: its portfolio at once, as the whole one has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from clusteratlas.editions.cells.county_sums import Grounds
from clusteratlas.editions.custom.industries import (
    CountyIndustries,
    county_industries,
    presence_rows,
)
from clusteratlas.editions.custom.measures import Kept, custom_figures
from clusteratlas.editions.custom.regions import custom_rows, part_rows
from clusteratlas.editions.store.edition import Edition, canonical, empty
from clusteratlas.loaders.custom.regions import OwnRegion
from clusteratlas.vocabulary.keys import NATION, is_region
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL
from clusteratlas.vocabulary.tables.measures import POOL_TYPES

_WHOLE = ("industries", "sectors", "sources")
"""Tables that the small edition has as they are."""


@dataclass
class RegionMaker:
    """Makes small editions of an edition, each with one region of somebody's own.

    Everything that does not depend on which counties are chosen is computed for the first one.

    Parameters
    ----------
    edition
        The edition.
    pool
        Regions that custom ones are ranked among, one of ``RANKED_AMONG``.
    """

    edition: Edition
    pool: str
    _kept: Kept = field(default_factory=dict)

    @cached_property
    def grounds(self) -> Grounds:
        """Its counties."""
        return Grounds.of(self.edition.table("regions"), self.edition.table("region_parts"))

    @property
    def source(self) -> str:
        """Key of the file that figures of counties are from."""
        rows = self._base.table("measures")
        return str(rows.loc[is_region(rows["region"], "county"), "source"].iloc[0])

    @cached_property
    def _industries(self) -> CountyIndustries | None:
        return county_industries(self.edition, self.grounds)

    @cached_property
    def _base(self) -> Edition:
        """The edition with one set of definitions, one level and one year."""
        every = self.edition
        definitions = every.table("definitions")
        definitions = definitions[definitions["is_default"].astype(bool)]
        clusters = every.table("clusters")
        clusters = clusters[clusters["definition"].isin(definitions["key"])]
        clusters = clusters[clusters["level"] == CLUSTER_LEVEL].assign(parent=None)
        year = int(every.table("measures")["year"].max())
        tables = {
            "definitions": definitions,
            "clusters": clusters,
            "measures": _of_year(every.table("measures"), year),
            "floors": _of_year(every.table("floors"), year),
            "region_profiles": _of_year(every.table("region_profiles"), year),
        }
        tables["second_members"] = every.table("second_members")
        for name in ("measures", "floors", "second_members"):
            tables[name] = tables[name][tables[name]["cluster"].isin(clusters["key"])]
        kept = {name: _shaped(name, frame) for name, frame in tables.items()}
        others = {name: every.table(name) for name in (*_WHOLE, "regions", "region_parts")}
        return Edition(every.key, every.path, every.manifest, {**others, **kept})

    def with_region(self, own: OwnRegion) -> Edition:
        """Give a small edition with a region, the regions of its pool and the nation.

        It has what the portfolio of the region needs: clusters of the default definitions in the
        latest year, and the region's industries. Its figures are those that the whole edition has
        when it is extended by a file with the same region.
        """
        base = self._base
        inside = {own.key: self.grounds.counties.isin(own.counties)}
        figures = custom_figures(base, self.grounds, inside, self.pool, self._kept)
        regions = base.table("regions")
        around = regions[
            (regions["type"] == POOL_TYPES[self.pool])
            | (regions["key"] == NATION)
            | regions["key"].isin(own.counties)
        ]
        near = set(around["key"])
        found: dict[str, Any] = {
            name: empty(table) if name not in base._tables else base.table(name)
            for name, table in TABLES.items()
        }
        more = {
            "regions": custom_rows([own], inside, regions, self.pool),
            "region_parts": part_rows([own], self.grounds, inside),
            "measures": figures.measures,
            "region_profiles": figures.region_profiles,
        }
        if self._industries is not None:
            more["presence"] = presence_rows(self._industries, inside)
        found["regions"], found["region_parts"] = around, empty(TABLES["region_parts"])
        for name in ("measures", "region_profiles"):
            found[name] = found[name][found[name]["region"].isin(near)]
        for name, rows in more.items():
            # As many digits as an edition keeps.
            own_rows = canonical(TABLES[name], _shaped(name, rows))
            both = [found[name], own_rows] if len(found[name]) else [own_rows]
            found[name] = _shaped(name, pd.concat(both, ignore_index=True))
        return Edition(base.key, base.path, base.manifest, found)


def _of_year(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    return rows[rows["year"] == year]


def _shaped(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Give rows the columns and types of their table."""
    table = TABLES[name]
    types = empty(table).dtypes.to_dict()
    return rows.reindex(columns=list(table.names)).astype(types).reset_index(drop=True)
