"""Names and ids of clusters from the titles of their industries, stable from build to build.

A cluster keeps the id and name of the curated one that it resembles most, so that a rebuild with
slightly different members does not rename it; any other gets a name from its members' titles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clusteratlas.errors import AnalysisError

_STOP_WORDS = """
a activities agents all and any as by equipment except for from in including ind industries
industry instruments its manufacturing merchant miscellaneous n.e.c. nec not of on or other own
parts product production products purchased related service services supplies support the their to
wholesalers with without
"""
STOP = frozenset(_STOP_WORDS.split())
"""Words that say little about what an industry is."""


@dataclass(frozen=True, slots=True)
class CuratedName:
    """A curated cluster name with the members that it was given for."""

    id: str
    name: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class ClusterName:
    """Name of a cluster and where it came from: ``curated`` or ``rule``."""

    id: str
    name: str
    origin: str


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


def name_from_titles(titles: Sequence[str], weights: Sequence[float]) -> str:
    """Name a cluster from its members' titles.

    One member: its title. A member with more than half of the weight: "<its title> and related".
    Otherwise the two content words with the most weight behind them ("Furniture and Wood"), the
    order of the alphabet among equals; without any, the title of the heaviest member.

    Parameters
    ----------
    titles
        NAICS titles of the members.
    weights
        Their employment; all equal where there is none.

    Returns
    -------
    A name in title case.

    Raises
    ------
    AnalysisError
        There are no members.
    """
    if not titles or len(titles) != len(weights):
        raise AnalysisError(
            "a cluster without members has no name", hint="give one weight per title"
        )
    weight = np.asarray(weights, dtype=np.float64)
    share = weight / weight.sum() if weight.sum() > 0 else np.full(len(titles), 1 / len(titles))
    order = sorted(range(len(titles)), key=lambda i: (-share[i], titles[i]))
    heaviest = titles[order[0]]
    if len(titles) == 1:
        return heaviest
    if share[order[0]] > 0.5:
        return f"{heaviest} and Related"
    behind: dict[str, float] = {}
    count: dict[str, int] = {}
    for title, part in zip(titles, share, strict=True):
        plain = re.sub(r"\(.*?\)", " ", title).lower()
        for word in set(re.findall(r"[a-z][a-z.'-]+", plain)) - STOP:
            behind[word] = behind.get(word, 0.0) + float(part)
            count[word] = count.get(word, 0) + 1
    shared = [w for w in behind if count[w] > 1]
    best = sorted(shared, key=lambda w: (-round(behind[w] * count[w], 12), w))[:2]
    return " and ".join(w.capitalize() for w in best) if best else heaviest


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
    ``floor`` is none. Unmatched clusters get :func:`name_from_titles` and its :func:`cluster_id`,
    with a number if that id is taken, in order of their labels.

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
            names[labels[i]] = ClusterName(anchors[j].id, anchors[j].name, "curated")
    taken = set(ids)
    for label in labels:
        if label in names:
            continue
        members = sorted(clusters[label])
        name = name_from_titles(
            [titles[c] for c in members], [weights.get(c, 0.0) for c in members]
        )
        base = cluster_id(name)
        free = base
        number = 2
        while free in taken:
            free, number = f"{base}-{number}", number + 1
        taken.add(free)
        names[label] = ClusterName(free, name, "rule")
    return names


def _jaccard(a: set[str], b: frozenset[str], part: Mapping[str, float]) -> float:
    union = sum(part[c] for c in a | b)
    return sum(part[c] for c in a & b) / union if union > 0 else 0.0
