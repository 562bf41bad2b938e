"""Reading an edition for the report: rows of plain values, and the set that it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from clusteratlas.vocabulary.keys import is_custom_definition
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL

if TYPE_CHECKING:
    import pandas as pd

    from clusteratlas.editions.store.edition import Edition

Row = dict[str, Any]


@dataclass(frozen=True)
class Tables:
    """The tables of an edition, as the report asks for them."""

    edition: Edition

    def has(self, name: str) -> bool:
        """Whether the edition has a table; older ones lack the newer tables."""
        return name in TABLES and name in self.edition.manifest["tables"]

    def frame(self, name: str) -> pd.DataFrame:
        """Table of the edition; empty where an older one has none."""
        import pandas as pd

        if self.has(name):
            return self.edition.table(name)
        return pd.DataFrame(columns=pd.Index(TABLES[name].names))

    def rows(self, name: str) -> list[Row]:
        """Rows of a table with None where a value is missing; none where there is no table."""
        return plain_rows(self.edition.table(name)) if self.has(name) else []

    @cached_property
    def default(self) -> str:
        """Key of the default set."""
        return str(next(r["key"] for r in self.sets if r["is_default"]))

    @cached_property
    def base(self) -> str:
        """Key of the set that the default one reviews; its own where it reviews none."""
        parameters = self.parameters[self.default]
        of = parameters.get("of")
        return f"{self.default.rpartition('/')[0]}/{of}" if of else self.default

    @cached_property
    def sets(self) -> list[Row]:
        """Definitions: the default one, the one that it reviews, the others by score.

        Clusters of a user's own have no score, and are not what is refereed.
        """
        rows = [r for r in self.rows("definitions") if not is_custom_definition(r["key"])]
        order = {
            r["key"]: (not r["is_default"], not self._is_base(r, rows), -r["vs4"]) for r in rows
        }
        return sorted(rows, key=lambda r: order[r["key"]])

    @staticmethod
    def _is_base(row: Row, rows: list[Row]) -> bool:
        default = next(r for r in rows if r["is_default"])
        return bool(json.loads(default["parameters"]).get("of") == row["name"])

    @cached_property
    def parameters(self) -> dict[str, Row]:
        """Parameters of each set, by its key."""
        return {r["key"]: json.loads(r["parameters"]) for r in self.sets}

    @cached_property
    def name_of_set(self) -> dict[str, str]:
        """Short name of each set, by its key."""
        return {r["key"]: r["name"] for r in self.sets}

    @cached_property
    def recipe(self) -> Mapping[str, Any]:
        """Parameters of the edition, as its manifest has them."""
        found: Mapping[str, Any] = self.edition.manifest.get("parameters", {})
        return found

    @cached_property
    def clusters(self) -> list[Row]:
        """Clusters of all sets and levels."""
        return self.rows("clusters")

    @cached_property
    def own(self) -> list[Row]:
        """Clusters of the default set, by name; neither its families nor subclusters."""
        return self.of_level(CLUSTER_LEVEL)

    def of_level(self, level: str) -> list[Row]:
        """Families, clusters or subclusters of the default set, by name."""
        own = (r for r in self.clusters if r["definition"] == self.default and r["level"] == level)
        return sorted(own, key=lambda r: (r["name"], r["key"]))

    @cached_property
    def members(self) -> list[Row]:
        """Memberships of the default set, by code."""
        rows = [r for r in self.rows("memberships") if r["definition"] == self.default]
        return sorted(rows, key=lambda r: r["naics"])

    @cached_property
    def industries(self) -> dict[str, Row]:
        """Industries by key."""
        return {r["key"]: r for r in self.rows("industries")}

    @cached_property
    def six(self) -> dict[str, Row]:
        """Classed industries by code."""
        return {r["naics"]: r for r in self.industries.values() if r["kind"] is not None}

    @cached_property
    def classed(self) -> pd.DataFrame:
        """Table of the industries that are classed as traded or local."""
        table = self.frame("industries")
        return table[table["kind"].notna()]

    @cached_property
    def name_of(self) -> dict[str, str]:
        """Name of each cluster of every set, by its key."""
        return {r["key"]: r["name"] for r in self.clusters}


def plain_rows(frame: pd.DataFrame) -> list[Row]:
    """Give rows of plain Python values, None where one is missing."""
    return [
        {str(k): v for k, v in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]
