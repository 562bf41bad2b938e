"""Names that people use for clusters, resolved by the industries that they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL, LEVELS

MEANT = 2 / 3
"""Share of the jobs of an alias' industries that the clusters hold together that it means."""

COLUMNS = ("alias", "cluster", "level", "rank", "share")


@dataclass(frozen=True)
class Alias:
    """One meaning of a name. Several meanings of one name are several of these."""

    name: str
    level: str
    """Family, cluster or subcluster: what one expects behind the name."""
    traded: bool
    """It stands for traded industries, else for local ones."""
    codes: tuple[str, ...]
    """Six-digit codes of the industries that it stands for."""


def aliased_clusters(
    aliases: Sequence[Alias],
    homes: Mapping[str, pd.Series],
    traded: pd.Series,
    jobs: pd.Series,
) -> pd.DataFrame:
    """Find the clusters that names mean, by where the industries are that they stand for.

    An industry counts for the cluster that holds it at the level of the alias; where there is
    none, for that of the nearest level (of two, of the broader one). Clusters are taken from the
    one with most of the jobs down until they hold two thirds of them: one such cluster is what the
    name means, several are candidates. Where no subcluster holds so much but the cluster around
    does, the name means the cluster. Industries of the other kind, traded or local, are left
    out, and so are those that the set does not class.

    Parameters
    ----------
    aliases
        The names; of one name with several meanings each has candidates, in this order.
    homes
        By level, key of the cluster by six-digit code. A set may lack levels.
    traded
        Whether it is traded, by code, of every industry that the set classes.
    jobs
        National employment by code. Where none of an alias' industries has known jobs, each
        counts alike; else those without count for nothing.

    Returns
    -------
    DataFrame
        ``alias, cluster, level, rank, share``: the level that the cluster is of, its rank among
        those of the name (1 = first), and the share of the jobs of its meaning that it holds.
        A name of which no industry is classed has no rows.
    """
    kinds = traded.astype(bool).to_dict()
    weights = {str(code): float(n) for code, n in jobs.fillna(0).items()}
    at_level = {
        level: {str(code): str(key) for code, key in of.dropna().items()}
        for level, of in homes.items()
    }
    found: dict[str, list[tuple[str, str, float]]] = {}
    for alias in aliases:
        codes = [code for code in alias.codes if kinds.get(code) == alias.traded]
        known = found.setdefault(alias.name, [])
        held = {cluster for cluster, _, _ in known}
        meant = _meant(codes, _nearest(alias.level), at_level, weights)
        if len(meant) > 1 and LEVELS.index(alias.level) > LEVELS.index(CLUSTER_LEVEL):
            around = _meant(codes, _nearest(CLUSTER_LEVEL), at_level, weights)
            meant = around if len(around) == 1 else meant
        known += [one for one in meant if one[0] not in held]
    rows = [
        (name, cluster, level, rank, share)
        for name, targets in found.items()
        for rank, (cluster, level, share) in enumerate(targets, start=1)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _nearest(level: str) -> list[str]:
    """Give the levels by their distance from one, of two the broader first."""
    at = LEVELS.index(level)
    return sorted(LEVELS, key=lambda other: (abs(LEVELS.index(other) - at), LEVELS.index(other)))


def _meant(
    codes: Sequence[str],
    levels: Sequence[str],
    homes: Mapping[str, Mapping[str, str]],
    jobs: Mapping[str, float],
) -> list[tuple[str, str, float]]:
    """Give the clusters that hold two thirds of some industries: key, level, share of the jobs."""
    places = {}
    for code in codes:
        at = next((lv for lv in levels if code in homes.get(lv, {})), None)
        if at is not None:
            places[code] = (homes[at][code], at)
    total = sum(jobs.get(code, 0.0) for code in places)
    sums: dict[tuple[str, str], float] = {}
    for code, place in places.items():
        share = jobs.get(code, 0.0) / total if total else 1 / len(places)
        sums[place] = sums.get(place, 0.0) + share
    meant: list[tuple[str, str, float]] = []
    for (cluster, level), share in sorted(sums.items(), key=lambda item: (-item[1], item[0])):
        if sum(s for _, _, s in meant) >= MEANT - 1e-9:
            break
        meant.append((cluster, level, share))
    return meant
