"""How far a set holds: on resampled areas, on other vintages, and against shuffled links.

Sets of one recipe, reviewed or not, share what is derived; the judged moves of a reviewed set are
then made in every run, so that its own clusters are what is looked for.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.analysis.stability.null_model import StructureTest, structure_test
from clusteratlas.analysis.stability.resampling import AreaLevels, bootstrap_runs
from clusteratlas.editions.definitions.scoring import derivable, labels_of, recipe_of, unfitted
from clusteratlas.editions.flow.judgments import Review, moved_alike
from clusteratlas.editions.flow.recipe import Stability
from clusteratlas.editions.flow.step import step
from clusteratlas.vocabulary.arrays import IntArray


@step(over="sets", keep=True)
def runs(
    base_set: DerivedDefinitions,
    set_linkages: Linkages,
    levels: Mapping[str, AreaLevels],
    base_settings: Mapping[str, Any],
    resampling: Stability | None,
) -> IntArray | None:
    """Derive a set on resampled areas: cluster numbers, shape (runs, industries).

    The resolution that the full data gave is kept; the settings say with how many trials. None
    where the recipe asks for no runs of the set.
    """
    if resampling is None or not derivable(base_settings):
        return None
    recipe = recipe_of(base_settings)
    if recipe.method == "leiden":
        recipe = replace(recipe, resolution=base_set.resolution, trials=resampling.trials)
    return bootstrap_runs(
        set_linkages,
        levels,
        recipe,
        runs=resampling.runs,
        seed=resampling.seed,
        threads=os.cpu_count() or 1,
    )


@step(over="sets")
def judged_runs(
    runs: IntArray | None, set_linkages: Linkages, set_review: Review
) -> IntArray | None:
    """Make the judged moves of a reviewed set in every run; those of other sets stay."""
    if runs is None or not set_review:
        return runs
    return np.stack([moved_alike(set_review, set_linkages.codes, run) for run in runs])


@step(over="sets", fixed=["vintage_linkages"], keep=True)
def vintage_sets(
    base_settings: Mapping[str, Any], vintage_linkages: Mapping[str, Linkages]
) -> dict[str, IntArray]:
    """Derive a set anew on each vintage: number of each industry's cluster.

    A resolution that was fitted to one vintage is looked for anew, by the number of clusters. A set
    that is not derived has none.
    """
    if not derivable(base_settings):
        return {}
    recipe = unfitted(recipe_of(base_settings))
    return {
        name: ordered_labels(labels_of(linkages, recipe))
        for name, linkages in vintage_linkages.items()
    }


@step(over="sets")
def judged_vintages(
    vintage_sets: Mapping[str, IntArray], set_linkages: Linkages, set_review: Review
) -> dict[str, IntArray]:
    """Make the judged moves of a reviewed set in the set of every vintage."""
    codes = set_linkages.codes
    if not set_review:
        return dict(vintage_sets)
    return {name: moved_alike(set_review, codes, g) for name, g in vintage_sets.items()}


@step(over="sets", keep=True)
def structure(
    set_linkages: Linkages, base_settings: Mapping[str, Any], resampling: Stability | None
) -> StructureTest | None:
    """Hold a set's recipe against shuffled links; None where no stability is asked for."""
    if resampling is None or not derivable(base_settings):
        return None
    return structure_test(set_linkages, recipe_of(base_settings), seed=resampling.seed)
