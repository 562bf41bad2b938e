"""The declared local clusters, which are the same under every set of definitions."""

from __future__ import annotations

import csv
from importlib.resources import files

import pandas as pd

from clusteratlas.analysis.clustering.local import LocalCluster, local_clusters
from clusteratlas.analysis.clustering.naming import ClusterName
from clusteratlas.analysis.heirs import main_origins
from clusteratlas.editions.flow.step import step
from clusteratlas.vocabulary.keys import cluster_key


def declared_local_clusters() -> list[LocalCluster]:
    """Read the packaged list of local clusters, in its order."""
    path = files("clusteratlas.editions.definitions") / "local_clusters.csv"
    with path.open(encoding="utf-8") as handle:
        return [
            LocalCluster(row["id"], row["name"], row["sentence"], tuple(row["naics"].split()))
            for row in csv.DictReader(handle)
        ]


@step()
def local_industries(traded_industries: pd.DataFrame, recipe_parts: pd.DataFrame) -> pd.DataFrame:
    """Clusters of the local industries, the same under every set: naics, cluster (an id), name.

    In another NAICS than that of the list an industry is where it mostly came from.
    """
    kinds = traded_industries["kind"]
    origins = main_origins((str(c) for c in kinds.index[kinds == "local"]), recipe_parts)
    found = local_clusters(sorted(set(origins.values())), declared_local_clusters())
    by_origin = found.set_index("naics").loc[list(origins.values())].reset_index(drop=True)
    by_origin.insert(0, "naics", list(origins))
    return by_origin


@step(over="sets")
def local_names(set_key: str) -> dict[str, ClusterName]:
    """Name of each declared local cluster, with the sentence that defines it, by its key."""
    return {
        cluster_key(set_key, one.id): ClusterName(
            one.id, one.name, "curated", sentence=one.sentence
        )
        for one in declared_local_clusters()
    }
