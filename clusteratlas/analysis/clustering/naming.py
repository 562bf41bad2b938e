"""Names and ids of clusters from the titles of their industries, stable from build to build.

A cluster keeps the id and name of the curated one that it resembles most, so that a rebuild with
slightly different members does not rename it; any other gets a name from its members' groups.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from clusteratlas.analysis.clustering.name_parts import joined_names, largest_groups
from clusteratlas.errors import AnalysisError


@dataclass(frozen=True, slots=True)
class CuratedName:
    """A curated cluster name with the members that it was given for."""

    id: str
    name: str
    members: frozenset[str]
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Codes by the words of the name that stand for them."""
    sentence: str = ""
    """What defines the cluster, in one sentence; "" where nobody has said it."""
    kept_because: str = ""
    """Why it is kept although the data alone do not form it; "" where nobody has said it."""


@dataclass(frozen=True, slots=True)
class ClusterName:
    """Name of a cluster and where it came from: ``curated`` or ``rule``."""

    id: str
    name: str
    origin: str
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Codes by the words of the name that stand for them; {} where nobody has said which."""
    sentence: str = ""
    kept_because: str = ""


def cluster_id(name: str) -> str:
    """Turn a name into an id: lower-case ASCII words joined by hyphens.

    Parameters
    ----------
    name
        A name in words.

    Returns
    -------
    For example ``furniture-and-wood``.

    Raises
    ------
    AnalysisError
        Nothing is left.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    if not words:
        raise AnalysisError(f"{name!r} has no letters for an id", hint="give a name in words")
    return "-".join(words)


def name_clusters(
    clusters: Mapping[str, Sequence[str]],
    anchors: Sequence[CuratedName],
    titles: Mapping[str, str],
    weights: Mapping[str, float],
    *,
    floor: float = 0.3,
) -> dict[str, ClusterName]:
    """Give each cluster an id and a name.

    Clusters and anchors are matched one to one so that the sum of their weighted Jaccard indices
    (``sum of w over A & B / sum of w over A | B``, w the mean of the employment share and the equal
    share, so that many small industries count as well as one large) is greatest; a match below
    ``floor`` is none. Unmatched clusters are named by their :func:`largest_groups` and get the
    :func:`cluster_id` of the first, with a number if that id is taken, in order of their labels.

    Parameters
    ----------
    clusters
        Members by label.
    anchors
        Curated names; ids must differ.
    titles, weights
        NAICS title and employment by code; a missing weight counts as 0.
    floor
        Smallest weighted Jaccard of a match.

    Returns
    -------
    Name by label; ids are unique.

    Raises
    ------
    AnalysisError
        Two anchors have one id, or a member has no title.
    """
    from scipy.optimize import linear_sum_assignment

    ids = [a.id for a in anchors]
    if len(set(ids)) != len(ids):
        twice = sorted(i for i in set(ids) if ids.count(i) > 1)[0]
        raise AnalysisError(f"two curated names have the id {twice!r}", hint="rename one of them")
    labels = sorted(clusters)
    codes = {c for members in clusters.values() for c in members}
    untitled = sorted(codes - set(titles))
    if untitled:
        raise AnalysisError(f"industry {untitled[0]} has no title", hint="load the NAICS list")
    everyone = codes.union(*(a.members for a in anchors))
    total = sum(weights.get(c, 0.0) for c in everyone)
    part = {
        c: (weights.get(c, 0.0) / total if total > 0 else 0.0) + 1 / len(everyone) for c in everyone
    }
    likeness = np.array(
        [[_jaccard(set(clusters[k]), a.members, part) for a in anchors] for k in labels]
    ).reshape(len(labels), len(anchors))
    names: dict[str, ClusterName] = {}
    rows, columns = linear_sum_assignment(-likeness)
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        if likeness[i, j] >= floor:
            best = anchors[j]
            names[labels[i]] = ClusterName(
                best.id, best.name, "curated", best.parts, best.sentence, best.kept_because
            )
    taken = set(ids)
    for label in labels:
        if label in names:
            continue
        groups = largest_groups({c: weights.get(c, 0.0) for c in clusters[label]}, titles)
        name = joined_names(groups.values())
        parts: dict[str, list[str]] = {}
        for code, words in groups.items():
            parts.setdefault(words, []).append(code)
        base = cluster_id(next(iter(groups.values())))
        free = base
        number = 2
        while free in taken:
            free, number = f"{base}-{number}", number + 1
        taken.add(free)
        names[label] = ClusterName(free, name, "rule", parts)
    return names


def _jaccard(a: set[str], b: frozenset[str], part: Mapping[str, float]) -> float:
    union = sum(part[c] for c in a | b)
    return sum(part[c] for c in a & b) / union if union > 0 else 0.0
