"""One set of definitions: derived by its recipe, grouped by code, or read from a user's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import (
    derive_definitions,
    memberships,
    naics_definition,
)
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.scores.validation import score_table
from clusteratlas.analysis.stability.resampling import AreaLevels
from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.editions.flow.judgments import judgments, review
from clusteratlas.editions.flow.recipe import EditionRecipe
from clusteratlas.editions.flow.user_sets import METHOD, Supplied
from clusteratlas.editions.tables import membership as depth
from clusteratlas.editions.tables.industries import Frames
from clusteratlas.errors import AnalysisError

NAICS_METHOD = "naics"
"""Method of the baselines: industries grouped by the first digits of their code."""

BELOW = " // "
"""Between a cluster and its subcluster in a working label; names may hold a slash."""


def derive_set(
    name: str,
    settings: Mapping[str, Any],
    linkages: Linkages,
    levels: Mapping[str, AreaLevels],
    supplied: Mapping[str, Supplied],
    recipe: EditionRecipe,
    *,
    known_runs: pd.DataFrame | None = None,
) -> Frames:
    """Derive, group or read one set; clusters under working labels.

    Parameters
    ----------
    name, settings
        Of the set in the recipe.
    linkages
        Of the traded industries that it classes.
    levels
        What their co-location matrices are computed from.
    supplied
        A user's own sets, by name.
    recipe
        Says which sets are resampled and how, and which is the default one: that one's clusters
        are split into subclusters.
    known_runs
        For a reviewed set the runs of the set that it is made of, if they are at hand: its recipe
        is the same, and so are they.

    Returns
    -------
    dict
        ``members`` (see :func:`memberships`, with ``stability``
        and ``subcluster``), ``log`` of the outlier pass, ``scores``, ``runs`` (see
        :func:`clusteratlas.editions.tables.membership.runs_frame`; no column where there was none).

    Raises
    ------
    AnalysisError
        If the recipe does not fit the linkages, or the outlier pass does not end.
    """
    if settings["method"] in {NAICS_METHOD, METHOD}:
        inside = [""] * len(linkages.codes)
        if settings["method"] == NAICS_METHOD:
            labels = naics_definition(linkages.codes, int(settings["digits"]))
        else:
            given = supplied[name]
            labels = [given.clusters[c] for c in linkages.codes]
            below = [given.subclusters[c] for c in linkages.codes]
            inside = [s and f"{c}{BELOW}{s}" for c, s in zip(labels, below, strict=True)]
        base = Recipe()
        table = memberships(linkages, labels, delta=base.delta, core_margin=base.core_margin)
        log = pd.DataFrame(
            columns=["step", "naics", "from_cluster", "to_cluster", "relatedness",
                     "other_relatedness", "moved"]
        )  # fmt: skip
        return {
            "members": table.assign(stability=np.nan, subcluster=inside),
            "log": log,
            "scores": score_table(linkages, labels),
            "runs": pd.DataFrame(index=range(len(labels))),
        }
    judged = settings["method"] == REVIEW
    entry = recipe.definitions[settings["of"]] if judged else settings
    choices = Recipe.from_dict({k: v for k, v in entry.items() if k != "title"})
    derived = derive_definitions(linkages, choices)
    if not derived.converged:
        raise AnalysisError(
            f"definitions {name}: the outlier pass went round in circles",
            hint="raise delta in the recipe",
        )
    if judged:
        derived = review(linkages, derived, judgments(settings), choices).derived
    runs = pd.DataFrame(index=range(len(linkages.codes)))
    if name in recipe.stability.sets:
        if known_runs is None:
            runs = depth.runs_frame(linkages, levels, choices, derived.resolution, recipe.stability)
        else:
            runs = known_runs
    inside = [""] * len(linkages.codes)
    if name == recipe.default:
        inside = depth.found_subclusters(linkages, derived.labels, choices)
    members = depth.stable_members(derived.memberships, depth.runs_of(runs))
    return {
        "members": members.assign(subcluster=inside),
        "log": derived.outliers,
        "scores": derived.scores,
        "runs": runs,
    }
