"""Families of the clusters of the default set: cut from a tree, named, and judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions
from clusteratlas.analysis.clustering.families import cluster_tree, judged_families
from clusteratlas.analysis.clustering.naming import ClusterName, CuratedName, name_clusters
from clusteratlas.analysis.heirs import main_heir
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.editions.flow.judgments import FamilyJudgment, Hierarchy, family_judgments
from clusteratlas.editions.flow.recipe import NAICS
from clusteratlas.editions.flow.step import step
from clusteratlas.errors import InputError
from clusteratlas.vocabulary.keys import family_key

MERGES = ("step", "a", "b", "height", "clusters")
"""Columns of the merges of a tree."""


@dataclass(frozen=True)
class Families:
    """Families of one set; none of them where the set has no families."""

    key_of: Mapping[str, str]
    """Key of the family of each cluster, by the cluster's working label."""
    names: Mapping[str, ClusterName]
    """Name of each family, by its key."""
    reasons: Mapping[str, str]
    """Why a cluster was judged to be in its family, by working label."""
    merges: pd.DataFrame
    """Columns :data:`MERGES`, clusters under working labels."""


@step(over="sets")
def families(
    final_set: DerivedDefinitions,
    set_linkages: Linkages,
    set_settings: Mapping[str, Any],
    base_settings: Mapping[str, Any],
    set_key: str,
    is_default: bool,
    hierarchy: Hierarchy,
    titles: Mapping[str, str],
    family_anchors: Sequence[CuratedName],
    job_weights: Mapping[str, float],
    recipe_parts: pd.DataFrame,
    listed_codes: frozenset[str],
) -> Families:
    """Put the clusters of the default set into families; other sets have none.

    The tree of the clusters is cut, what results is named after the curated family that it
    resembles most, and the judged moves are made. Local clusters are in no family: nothing relates
    them to each other but the place that they serve.

    Raises
    ------
    InputError
        If the review names an unknown industry, moves a cluster twice, or gives one family two
        names.
    """
    if not is_default or base_settings["method"] == NAICS:
        return Families({}, {}, {}, pd.DataFrame(columns=list(MERGES)))
    labels = list(final_set.labels)
    tree = cluster_tree(set_linkages.matrices["combined"], labels)
    cut = tree.cut(hierarchy.families)
    members: dict[str, list[str]] = {}
    for code, label in zip(final_set.codes, labels, strict=True):
        members.setdefault(cut[label], []).append(code)
    found = name_clusters(members, family_anchors, titles, job_weights)
    names = {name.id: name for name in found.values()}
    cluster_of = dict(zip(final_set.codes, labels, strict=True))
    judged = family_judgments(set_settings)
    if len(recipe_parts):
        judged = carried_families(judged, cluster_of, recipe_parts, listed_codes)
    moves = [(one.id, _clusters_of(one, cluster_of)) for one in judged]
    family_of = judged_families({label: found[cut[label]].id for label in tree.clusters}, moves)
    for one in judged:
        names[one.id] = _judged_name(one, names.get(one.id))
    kept = sorted(set(family_of.values()))
    return Families(
        {label: family_key(set_key, id_) for label, id_ in family_of.items()},
        {family_key(set_key, id_): names[id_] for id_ in kept},
        {
            label: one.reason
            for one, (_, clusters) in zip(judged, moves, strict=True)
            for label in clusters
        },
        pd.DataFrame(
            [(step, m.a, m.b, m.height, m.clusters) for step, m in enumerate(tree.merges)],
            columns=list(MERGES),
        ),
    )


def carried_families(
    judged: Sequence[FamilyJudgment],
    cluster_of: Mapping[str, str],
    parts: pd.DataFrame,
    known: Collection[str],
) -> tuple[FamilyJudgment, ...]:
    """Carry judged families to the codes of another NAICS, where the clusters are others, too.

    An anchor stays out that is clustered no more, or in a cluster of an earlier judgment.

    Parameters
    ----------
    judged
        In order.
    cluster_of
        Cluster of each traded industry.
    parts, known
        As of :func:`~clusteratlas.analysis.heirs.labels_of_heirs`.
    """
    taken: set[str] = set()
    found = []
    for one in judged:
        now = [main_heir(code, parts, known) or "" for code in one.anchors]
        anchors = tuple(c for c in now if c in cluster_of and cluster_of[c] not in taken)
        taken |= {cluster_of[code] for code in anchors}
        if anchors:
            found.append(replace(one, anchors=anchors))
    return tuple(found)


def _clusters_of(judged: FamilyJudgment, cluster_of: Mapping[str, str]) -> Sequence[str]:
    """Clusters that hold the industries by which a judgment names them, each once."""
    for code in judged.anchors:
        if code not in cluster_of:
            raise InputError(
                f"the review's family {judged.id} names {code}, which is no traded industry here"
            )
    return list(dict.fromkeys(cluster_of[code] for code in judged.anchors))


def _judged_name(judged: FamilyJudgment, known: ClusterName | None) -> ClusterName:
    if known is None:
        return ClusterName(judged.id, judged.name, "judged")
    if known.name != judged.name:
        raise InputError(
            f"the review calls the family {judged.id} {judged.name!r}, and it is {known.name!r}",
            hint="give a family one name in the review and in family_names.csv",
        )
    return known
