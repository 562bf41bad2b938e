"""Names that people use for clusters: the packaged list, and what they mean in each set."""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib.resources import files

import pandas as pd

from clusteratlas.analysis.clustering.aliases import Alias, aliased_clusters
from clusteratlas.analysis.heirs import lists_of_heirs
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import table
from clusteratlas.vocabulary.tables.clusters import LEVELS

_BETWEEN = "; "
"""Between the names in one cell: they all mean the same."""


def read_aliases() -> list[Alias]:
    """Read the packaged list of names."""
    path = files("clusteratlas.editions.definitions") / "cluster_aliases.csv"
    with path.open(encoding="utf-8") as handle:
        return [
            Alias(name, row["level"], row["kind"] == "traded", tuple(row["naics"].split()))
            for row in csv.DictReader(handle)
            for name in row["aliases"].split(_BETWEEN)
        ]


@table(name="aliases", over="sets")
def cluster_aliases(
    memberships: pd.DataFrame,
    national_industries: pd.DataFrame,
    set_key: str,
    county_employment: DataFile,
    recipe_parts: pd.DataFrame,
    listed_codes: frozenset[str],
) -> pd.DataFrame:
    """Names that people use, and the clusters of each set that they mean."""
    own = memberships.set_index("naics")
    names = read_aliases()
    if len(recipe_parts):
        now = (lists_of_heirs([one.codes], recipe_parts, listed_codes)[0] for one in names)
        names = [replace(one, codes=tuple(c)) for one, c in zip(names, now, strict=True) if c]
    found = aliased_clusters(
        names,
        {level: own[level] for level in LEVELS},
        own["traded"],
        national_industries["jobs"],
    )
    return found.assign(definition=set_key, source=county_employment.key)
