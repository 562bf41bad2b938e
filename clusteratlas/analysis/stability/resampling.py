"""How sure a set of definitions is: the same recipe on resampled areas.

References: Hennig 2007 (cluster-wise Jaccard of resampled partitions, and its words); Efron 1979
(bootstrap). That areas are what is resampled is ours: co-location is measured over them, so they
are the sample; input-output accounts and staffing are national and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import partition_by_recipe, weighted_similarity
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.colocation import location_correlation, pairwise_coagglomeration
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.partitions import ordered_labels, overlap_table
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

WORDS = ((0.85, "highly stable"), (0.75, "stable"), (0.6, "pattern"), (0.5, "doubtful"))
"""Smallest mean Jaccard of each of Hennig's words; below the last a cluster is *dissolved*."""

CORE, MARGINAL = 0.75, 0.5
"""Share of runs that a core member needs, and below which a member is marginal."""


@dataclass(frozen=True, slots=True, eq=False)
class AreaLevels:
    """What one co-location matrix is computed from.

    Attributes
    ----------
    areas
        Name of the set of areas; matrices over one set are resampled together.
    levels
        Shape (industries, areas): jobs or establishments.
    aggregate
        Aggregate employment of each area, for coagglomeration; None for a correlation.
    """

    areas: str
    levels: FloatArray
    aggregate: FloatArray | None = None

    def links(self, picked: IntArray) -> FloatArray:
        """Compute the matrix over some areas, each as often as it is picked."""
        if self.aggregate is None:
            return location_correlation(self.levels[:, picked])
        return pairwise_coagglomeration(self.levels[:, picked], self.aggregate[picked])


def bootstrap_runs(
    linkages: Linkages,
    levels: Mapping[str, AreaLevels],
    recipe: Recipe,
    *,
    runs: int,
    seed: int,
    threads: int = 1,
) -> IntArray:
    """Derive a set again and again on areas drawn with replacement.

    Run b draws, from the generator seeded with ``(seed, b)``, as many areas of each set as there
    are, computes the matrices of ``levels`` over them, and derives by the same recipe with a seed
    of its own (the chance of the clustering function is part of the doubt; one seed for all runs
    would hide it). All other matrices stay. Runs do not depend on each other, so any number of
    threads gives the same.

    Parameters
    ----------
    linkages
        Of the industries on the full data.
    levels
        By name of the matrix; those that the recipe does not weight are passed over.
    recipe
        Of the set. A leiden recipe should have the resolution that was found on the full data:
        looking for one anew in each run would change what a cluster is.
    runs, seed
        How many, and the seed.
    threads
        Runs at the same time.

    Returns
    -------
    Cluster numbers, shape (runs, industries).

    Raises
    ------
    AnalysisError
        ``runs`` is not positive, the recipe weights none of the matrices of ``levels``, or levels
        have other rows than the industries.
    """
    if runs < 1:
        raise AnalysisError("nothing to resample", hint="one run or more")
    drawn = resampled_similarity(linkages, levels, recipe, seed=seed)

    def run(b: int) -> IntArray:
        own = replace(recipe, seed=recipe.seed + 1 + b)
        return ordered_labels(partition_by_recipe(drawn(b), linkages.codes, own)[0].labels)

    with ThreadPoolExecutor(max(threads, 1)) as pool:
        return np.stack(list(pool.map(run, range(runs))))


def resampled_similarity(
    linkages: Linkages, levels: Mapping[str, AreaLevels], recipe: Recipe, *, seed: int
) -> Callable[[int], FloatArray]:
    """Give the similarity of run b of :func:`bootstrap_runs`, as a function of b.

    Parameters
    ----------
    linkages, levels, recipe, seed
        As there.

    Returns
    -------
    Function of the number of a run that gives its similarity, shape (industries, industries).

    Raises
    ------
    AnalysisError
        As there.
    """
    n = len(linkages.codes)
    rebuilt = sorted(k for k, w in recipe.weights.items() if w > 0 and k in levels)
    if not rebuilt:
        raise AnalysisError(
            "nothing to resample", hint="take a recipe that weights a co-location matrix"
        )
    for name in rebuilt:
        if len(levels[name].levels) != n:
            raise AnalysisError(
                f"levels of {name!r} have {len(levels[name].levels)} rows for {n} industries",
                hint="give one row per industry, in the order of the codes",
            )
    # The part that no run changes is summed once: it is most of the similarity's cost.
    total = sum(recipe.weights.values())
    moving = {k: recipe.weights[k] for k in rebuilt}
    fixed = {k: w for k, w in recipe.weights.items() if k not in moving and w > 0}
    base = np.zeros((n, n))
    if fixed:
        part = weighted_similarity(linkages, replace(recipe, weights=fixed))
        base = sum(fixed.values()) / total * part
    changing = replace(recipe, weights=moving)

    def draw(b: int) -> FloatArray:
        rng = np.random.default_rng([seed, b])
        sets = {levels[k].areas: levels[k].levels.shape[1] for k in rebuilt}
        picked = {name: rng.integers(0, size, size) for name, size in sorted(sets.items())}
        matrices = {k: levels[k].links(picked[levels[k].areas]) for k in rebuilt}
        drawn = Linkages(linkages.codes, matrices, linkages.sector_of, linkages.profile_of)
        found: FloatArray = base + sum(moving.values()) / total * weighted_similarity(
            drawn, changing
        )
        return found

    return draw


def _checked(labels: Sequence[str], runs: IntArray) -> tuple[tuple[str, ...], IntArray]:
    if runs.ndim != 2 or runs.shape[1] != len(labels) or not len(runs):
        raise AnalysisError(
            f"runs of shape {runs.shape} for {len(labels)} industries",
            hint="one row per run, one column per industry, in the order of the labels",
        )
    names, own = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    return tuple(names.tolist()), own.astype(np.int64)


def cluster_jaccard(labels: Sequence[str], runs: IntArray) -> dict[str, float]:
    """Mean over the runs of each cluster's largest Jaccard with a cluster of the run.

    ``J_c = mean_b max_d |c & d| / |c | d|`` (Hennig 2007).

    Parameters
    ----------
    labels
        Cluster of each industry on the full data.
    runs
        As given by :func:`bootstrap_runs`.

    Returns
    -------
    By cluster, in (0, 1].

    Raises
    ------
    AnalysisError
        There are not as many columns as labels, or no run.
    """
    names, own = _checked(labels, runs)
    total = np.zeros(len(names))
    for run in runs:
        table = overlap_table(own, run)
        union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
        total += (table / union).max(axis=1)
    return dict(zip(names, (total / len(runs)).tolist(), strict=True))


def vintage_likeness(labels: Sequence[str], others: Mapping[str, IntArray]) -> pd.DataFrame:
    """Largest Jaccard of each cluster with a cluster of each of several other sets.

    Parameters
    ----------
    labels
        Cluster of each industry.
    others
        Number of each industry's cluster in the sets of other vintages, by name.

    Returns
    -------
    Index clusters, sorted, a column for each other set, in (0, 1].

    Raises
    ------
    AnalysisError
        Another set has other industries.
    """
    index = pd.Index(sorted(set(labels)))
    found = {name: cluster_jaccard(labels, groups[None, :]) for name, groups in others.items()}
    return pd.DataFrame(found, index=index, dtype=float)


def stability_word(jaccard: float) -> str:
    """Hennig's reading of a mean Jaccard.

    From .85 *highly stable*, from .75 *stable*, from .6 a *pattern* (which industries belong to it
    is open), from .5 *doubtful*, else *dissolved*.

    Parameters
    ----------
    jaccard
        As given by :func:`cluster_jaccard`.

    Returns
    -------
    One of the five words.
    """
    return next((word for least, word in WORDS if jaccard >= least), "dissolved")


def cluster_co_membership(labels: Sequence[str], runs: IntArray) -> FloatArray:
    """Share of runs in which each industry sits with the majority of each cluster.

    In a run, the majority of cluster c is the cluster of the run that holds most of c's other
    members (the industry itself does not count); where several hold as many, any of them will do.
    An industry alone in its cluster is with itself where the run leaves it alone.

    Parameters
    ----------
    labels
        Cluster of each industry on the full data.
    runs
        As given by :func:`bootstrap_runs`.

    Returns
    -------
    Shape (industries, clusters), clusters sorted by label, in [0, 1].

    Raises
    ------
    AnalysisError
        There are not as many columns as labels, or no run.
    """
    names, own = _checked(labels, runs)
    rows = np.arange(len(own))
    alone = np.bincount(own) == 1
    out = np.zeros((len(own), len(names)))
    for run in runs:
        table = overlap_table(own, run)
        held = table[:, run].T
        sits = (held > 0) & (held >= table.max(axis=1))
        others = table[own]
        others[rows, run] -= 1
        mates = others[rows, run]
        stays = (mates > 0) & (mates >= others.max(axis=1))
        sits[rows, own] = np.where(alone[own], table.sum(axis=0)[run] == 1, stays)
        out += sits
    return out / len(runs)


def pair_co_membership(runs: IntArray) -> FloatArray:
    """Share of runs in which two industries are in one cluster.

    Parameters
    ----------
    runs
        As given by :func:`bootstrap_runs`, shape (runs, industries).

    Returns
    -------
    Symmetric, shape (industries, industries), diagonal 1.
    """
    n = runs.shape[1]
    out = np.zeros((n, n))
    for run in runs:
        out += run[:, None] == run[None, :]
    return out / len(runs)


def refined_marks(marks: Sequence[str], shares: FloatArray) -> list[str]:
    """Let stability have a say in the marks of members.

    A member that is with its cluster in less than half of the runs is *marginal*, whatever its
    margin in relatedness; a *core* one has to be there in three of four, or it is *usual*. NaN
    leaves a mark as it is.

    Parameters
    ----------
    marks
        core, usual or marginal, of each member.
    shares
        Share of runs in which each is with its own cluster, shape (members,).

    Returns
    -------
    Marks, in order.
    """
    out = []
    for mark, share in zip(marks, shares, strict=True):
        if share < MARGINAL:
            out.append("marginal")
        elif share < CORE and mark == "core":
            out.append("usual")
        else:
            out.append(mark)
    return out
