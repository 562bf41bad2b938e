"""One set of definitions by itself, with its scores in and out of sample."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.stability.null_model import structure_test
from clusteratlas.analysis.stability.resampling import (
    bootstrap_runs,
    cluster_jaccard,
    stability_word,
    vintage_likeness,
)
from clusteratlas.editions.definitions.scoring import (
    outside_scores,
    recipe_of,
    score_across,
    set_scores,
)
from clusteratlas.editions.flow.judgments import Review, moved_alike
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.flow.threads import one_thread
from clusteratlas.editions.flow.user_sets import ClusterLine
from clusteratlas.editions.targets.opening import base_entry, open_flow
from clusteratlas.loaders.source.csv_rows import read_lines
from clusteratlas.progress import Progress
from clusteratlas.vocabulary.arrays import IntArray


@dataclass(frozen=True)
class ScoredSet:
    """One set of definitions, with scores in and out of sample."""

    name: str
    members: pd.DataFrame
    """naics, title, cluster, relatedness, next_cluster, next_relatedness, moved, mark."""
    scores: pd.DataFrame
    """built_on, scored_on, out_of_sample, and the figures of a set."""
    clusters: pd.DataFrame
    """Stability; see :func:`cluster_stability`."""
    notes: tuple[str, ...]
    """Whether the data show structure, how the outlier pass ended, seeds: a line each."""


@one_thread()
def derive_set(
    data: Path,
    *,
    recipe: Path | None = None,
    name: str | None = None,
    against: Path | None = None,
    evaluate: bool = True,
    runs: int = 0,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> ScoredSet:
    """Derive one set of a recipe from the public files.

    Parameters
    ----------
    data, recipe, progress, cache
        As of :func:`clusteratlas.editions.targets.edition.build_edition`.
    name
        Set of the recipe; None for its default.
    against
        CSV file with columns naics and cluster, scored beside it. Nothing is fitted to it.
    evaluate
        Score it on the recipe's vintages too, built on each and scored on each, and hold it
        against shuffled links.
    runs
        Derive it again on areas drawn with replacement, so often; 0 for not at all.

    Raises
    ------
    SourceError
        If a file is missing or not what its loader declares.
    InputError
        If the recipe is wrong, or has no such set.
    """
    parsed = read_recipe(recipe)
    key = name or parsed.default
    choices = recipe_of(base_entry(parsed, key))
    flow = open_flow(parsed, data, progress=progress, cache=cache).flow
    main: Linkages = flow.make("traded_linkages")
    titles: Mapping[str, str] = flow.make("titles")
    base: DerivedDefinitions = flow.make("base_set", sets=key)
    derived: DerivedDefinitions = flow.make("final_set", sets=key)
    vintages: Mapping[str, Linkages] = flow.make("vintage_linkages") if evaluate else {}
    members = derived.memberships.assign(title=[titles[c] for c in derived.codes])
    columns = ["naics", "title"]
    members = members[columns + [c for c in members if c not in columns]]
    others: Mapping[str, IntArray] = flow.make("judged_vintages", sets=key) if evaluate else {}
    drawn = None
    if runs:
        fixed = replace(choices, resolution=base.resolution)
        threads = os.cpu_count() or 1
        plain = bootstrap_runs(
            main, flow.make("levels"), fixed, runs=runs, seed=parsed.stability.seed, threads=threads
        )
        judged: Review = flow.make("set_review", sets=key)
        drawn = np.stack([moved_alike(judged, main.codes, run) for run in plain])
    notes = [_ending(base, choices)]
    if evaluate:
        notes.insert(0, structure_test(main, choices).note)
    if runs:
        notes.append(f"bootstrap: {runs} resamples of the areas, seed {parsed.stability.seed}")
    return ScoredSet(
        key,
        members,
        _scores(main, vintages, derived, against, others),
        cluster_stability(derived.labels, others, drawn),
        tuple(notes),
    )


def cluster_stability(
    labels: Sequence[str], others: Mapping[str, IntArray], drawn: IntArray | None
) -> pd.DataFrame:
    """Say how much of each cluster is found again, on other data and on resampled areas.

    Parameters
    ----------
    labels
        Cluster of each industry.
    others
        Number of each industry's cluster in the set that the same recipe gives on each vintage.
    drawn
        The same on resampled areas, a row a run; None where there were none.

    Returns
    -------
    cluster, industries; ``vintage_<name>``, the cluster's largest Jaccard with a cluster of that
    vintage's set, and ``vintages``, their mean (missing without vintages); ``jaccard``, the mean
    over the resamples, and ``stability``, Hennig's word for it (missing without resamples).
    """
    sizes = pd.Series(labels, dtype=str).value_counts().sort_index()
    table = pd.DataFrame({"cluster": list(sizes.index), "industries": sizes.to_numpy()})
    likeness = vintage_likeness(labels, others).add_prefix("vintage_")
    table = table.join(likeness, on="cluster")
    table["vintages"] = table["cluster"].map(likeness.mean(axis=1))
    found = {} if drawn is None else cluster_jaccard(labels, drawn)
    table["jaccard"] = table["cluster"].map(found)
    words = {c: stability_word(j) for c, j in found.items()}
    return table.assign(stability=table["cluster"].map(words))


def _ending(derived: DerivedDefinitions, recipe: Recipe) -> str:
    moves = int(derived.outliers["moved"].astype(bool).sum())
    close = len(derived.outliers) - moves
    end = "ended by itself" if derived.converged else "was stopped before it ended"
    found = f", resolution {derived.resolution:.4g}" if derived.resolution else ""
    return (
        f"the outlier pass {end} after {moves} moves, {close} close calls left; "
        f"seed {recipe.seed}, {recipe.trials} trials{found}"
    )


def _scores(
    main: Linkages,
    vintages: Mapping[str, Linkages],
    derived: DerivedDefinitions,
    against: Path | None,
    built: Mapping[str, IntArray],
) -> pd.DataFrame:
    own = set_scores(main, derived.labels)
    rows = [pd.DataFrame([{"built_on": "recipe", "scored_on": "recipe", **own}])]
    for vintage, linkages in vintages.items():
        part = set_scores(linkages, derived.labels)
        rows.append(pd.DataFrame([{"built_on": "recipe", "scored_on": vintage, **part}]))
    if built:
        labels = {name: [str(g) for g in groups] for name, groups in built.items()}
        rows.append(score_across(labels, vintages))
    if against is not None:
        other = outside_scores(_read_clusters(against), main, vintages)
        rows.append(other.assign(built_on=against.stem))
    return pd.concat(rows, ignore_index=True)


def _read_clusters(path: Path) -> dict[str, str]:
    """Read the traded industries of a file; all of them where it does not say which are."""
    rows = read_lines(path, ClusterLine, name=f"definitions {path.name}")
    return {
        row.naics: row.cluster
        for _, row in rows
        if row.naics and row.cluster and row.traded is not False
    }
