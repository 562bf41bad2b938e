"""Names and keys of the clusters and subclusters of one set, which every table refers to."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.name_parts import parse_parts, unsaid_words
from clusteratlas.analysis.clustering.naming import (
    ClusterName,
    CuratedName,
    cluster_id,
    name_clusters,
)
from clusteratlas.analysis.heirs import industries_in, lists_of_heirs
from clusteratlas.editions.definitions.sets import BELOW
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import NAICS, SUPPLIED
from clusteratlas.editions.flow.step import step
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.vocabulary.keys import cluster_key, subcluster_key


@step()
def titles(naics: DataFile) -> dict[str, str]:
    """Title of each industry, at every level."""
    codes = naics.table
    return {str(c): str(t) for c, t in zip(codes["naics"], codes["title"], strict=True)}


@step(over="sets")
def cluster_names(
    members: pd.DataFrame,
    set_settings: Mapping[str, Any],
    titles: Mapping[str, str],
    job_weights: Mapping[str, float],
    recipe_parts: pd.DataFrame,
    listed_codes: frozenset[str],
) -> dict[str, ClusterName]:
    """Id and name of each traded cluster by working label."""
    groups = members.groupby("cluster")["naics"].agg(list).to_dict()
    clusters = {str(label): list(codes) for label, codes in groups.items()}
    if set_settings["method"] == NAICS:
        return {k: ClusterName(f"naics-{k}", titles[k], "rule") for k in clusters}
    if set_settings["method"] == SUPPLIED:
        return {k: ClusterName(cluster_id(k), k, "supplied") for k in clusters}
    anchors = carried_names(curated_names("cluster_names.csv"), recipe_parts, listed_codes)
    return name_clusters(clusters, anchors, titles, job_weights)


def curated_names(file: str) -> list[CuratedName]:
    """Read curated names from a file beside this.

    Its columns are ``id``, ``name``, ``members`` (the codes that the name was given for),
    ``parts`` (:func:`parse_parts`), ``sentence`` (what defines it) and ``kept_because`` (why it is
    a cluster although the data alone do not form it); the last three may be empty or missing.

    Raises
    ------
    InputError
        If the parts of a name cannot be read, or the name does not say one of them.
    """
    path = files("clusteratlas.editions.definitions") / file
    with path.open(encoding="utf-8") as handle:
        return [_curated(file, row) for row in csv.DictReader(handle)]


def carried_names(
    names: Sequence[CuratedName], carried: pd.DataFrame, known: Collection[str]
) -> list[CuratedName]:
    """Give curated names for industries of another NAICS than the one that they are written in.

    Parameters
    ----------
    names
        As of :func:`curated_names`.
    carried, known
        As ``parts`` and ``known`` of :func:`~clusteratlas.analysis.heirs.lists_of_heirs`.
    """
    if carried.empty:
        return list(names)

    def now(codes: Iterable[str]) -> list[str]:
        # Several names may be of the same industry, so each is carried by itself.
        return lists_of_heirs([industries_in(codes, carried)], carried, known)[0]

    return [
        replace(
            name,
            members=frozenset(now(name.members)),
            parts={words: tuple(now(codes)) or codes for words, codes in name.parts.items()},
        )
        for name in names
    ]


def _curated(file: str, row: Mapping[str, str]) -> CuratedName:
    try:
        parts = parse_parts(row.get("parts") or "")
        unsaid_words(row["name"], parts)
    except AnalysisError as exc:
        raise InputError(f"{file}: {row['id']}: {exc.message}", hint=exc.hint) from exc
    members = frozenset(row["members"].split())
    words = ((row.get(name) or "").strip() for name in ("sentence", "kept_because"))
    return CuratedName(row["id"], row["name"], members, parts, *words)


@step()
def family_anchors(recipe_parts: pd.DataFrame, listed_codes: frozenset[str]) -> list[CuratedName]:
    """Curated names of families."""
    return carried_names(curated_names("family_names.csv"), recipe_parts, listed_codes)


@step()
def job_weights(national_industries: pd.DataFrame) -> dict[str, float]:
    """Jobs of each industry; 0 where they are not known."""
    return {str(c): float(n) for c, n in national_industries["jobs"].fillna(0).items()}


@step(over="sets")
def cluster_keys(cluster_names: Mapping[str, ClusterName], set_key: str) -> dict[str, str]:
    """Key of each traded cluster by working label."""
    return {label: cluster_key(set_key, name.id) for label, name in cluster_names.items()}


@dataclass(frozen=True)
class Subclusters:
    """Subclusters of one set."""

    names: Mapping[str, ClusterName]
    """Name of each, by key."""
    key_of: pd.Series
    """Index six-digit code, value key of its subcluster."""


@step(over="sets")
def named_subclusters(
    members: pd.DataFrame,
    set_settings: Mapping[str, Any],
    cluster_keys: Mapping[str, str],
    titles: Mapping[str, str],
    job_weights: Mapping[str, float],
) -> Subclusters:
    """Name the subclusters of a set; those of a user and of a review have the names they give."""
    kept = members[members["subcluster"] != ""]
    groups = {str(k): list(v) for k, v in kept.groupby("subcluster")["naics"].agg(list).items()}
    given = {label: label.split(BELOW)[-1] for label in groups if BELOW in label}
    judged = set_settings["method"] != SUPPLIED
    nameless = {label: codes for label, codes in groups.items() if label not in given}
    found = name_clusters(nameless, [], titles, job_weights)
    for label, name in given.items():
        # A judged name was given to just these industries; a user's says nothing of that kind.
        parts = {name: groups[label]} if judged else {}
        origin = "judged" if judged else SUPPLIED
        found[label] = ClusterName(cluster_id(name), name, origin, parts)
    cluster_of = kept.drop_duplicates("subcluster").set_index("subcluster")["cluster"].to_dict()
    keys = {
        label: subcluster_key(cluster_keys[cluster_of[label]], name.id)
        for label, name in found.items()
    }
    return Subclusters(
        {keys[label]: name for label, name in found.items()},
        pd.Series(kept["subcluster"].map(keys).to_numpy(), index=kept["naics"], dtype=object),
    )
