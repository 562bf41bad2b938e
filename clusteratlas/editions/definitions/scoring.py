"""Definitions scored on the data that built them, and on data that did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.derivation import partition_by_recipe, weighted_similarity
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import COMBINED, Linkages
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.analysis.scores.validation import mean_validation_score, score_table, size_balance
from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.errors import InputError

BALANCED = {"fewest": 30, "most": 60, "largest": 80, "singletons": 3}
"""Bounds of a balanced set: a score without them can be had from one giant cluster."""

AS_IT_IS, NOT_BUILT = "recipe", "none"
"""What a set was built on: the recipe's own files, or no linkages of ours at all."""


def derivable(settings: Mapping[str, Any]) -> bool:
    """Whether a set of a recipe is derived from the linkages, by a method of its own."""
    return settings["method"] not in ("naics", "review", "supplied")


def recipe_of(settings: Mapping[str, Any]) -> Recipe:
    """Parse a set's entry of an edition's recipe."""
    return Recipe.from_dict({k: v for k, v in settings.items() if k != "title"})


def is_balanced(labels: Sequence[str]) -> bool:
    """Whether a set keeps to :data:`BALANCED`."""
    sizes = size_balance(labels)
    return (
        BALANCED["fewest"] <= sizes.clusters <= BALANCED["most"]
        and sizes.largest <= BALANCED["largest"]
        and sizes.singletons <= BALANCED["singletons"]
    )


def set_scores(linkages: Linkages, labels: Sequence[str]) -> dict[str, Any]:
    """Score one set on one vintage, its balance beside it.

    Returns
    -------
    vs4 and vs4_distinct (percent; see :func:`mean_validation_score`), one figure by
    matrix (all pairs), clusters, largest, singletons, effective_number, balanced.
    """
    scores = score_table(linkages, labels, COMBINED)
    every = scores[scores["pairs"] == "all"].set_index("matrix")["vs"]
    sizes = size_balance(labels)
    return {
        "vs4": mean_validation_score(scores),
        "vs4_distinct": mean_validation_score(scores, "distinct"),
        **{name: float(every[name]) for name in COMBINED},
        "clusters": sizes.clusters,
        "largest": sizes.largest,
        "singletons": sizes.singletons,
        "effective_number": sizes.effective_number,
        "balanced": is_balanced(labels),
    }


def labels_of(linkages: Linkages, recipe: Recipe) -> list[str]:
    """Cluster the industries by a recipe, outlier pass included, and nothing more."""
    return list(
        partition_by_recipe(weighted_similarity(linkages, recipe), linkages.codes, recipe)[0].labels
    )


def unfitted(recipe: Recipe) -> Recipe:
    """Drop the resolution that was fitted to one vintage, where the number of clusters is known."""
    return replace(recipe, resolution=0.0) if recipe.clusters else recipe


def score_across(
    built: Mapping[str, Sequence[str]], others: Mapping[str, Linkages]
) -> pd.DataFrame:
    """Score what was built on each vintage on each.

    Parameters
    ----------
    built
        Cluster of each industry in the set that was built on each vintage.
    others
        Linkages of the same industries by vintage.

    Returns
    -------
    built_on, scored_on, out_of_sample, and the columns of :func:`set_scores`; then ``agreement``,
    the adjusted mutual information with the set of the vintage that it is scored on.
    """
    rows = []
    alike: dict[frozenset[str], float] = {}
    for name, labels in built.items():
        for on, linkages in others.items():
            pair = frozenset((name, on))
            if pair not in alike:
                alike[pair] = compare_partitions(labels, built[on]).ami if len(pair) > 1 else 1.0
            rows.append(
                {
                    "built_on": name,
                    "scored_on": on,
                    "out_of_sample": on != name,
                    **set_scores(linkages, labels),
                    "agreement": alike[pair],
                }
            )
    return pd.DataFrame(rows)


def outside_scores(
    cluster_of: Mapping[str, str], main: Linkages, others: Mapping[str, Linkages]
) -> pd.DataFrame:
    """Score a set from elsewhere, over the traded industries that it has.

    Parameters
    ----------
    cluster_of
        Cluster by NAICS code.
    main, others
        Linkages of the traded industries, and of its vintages.

    Returns
    -------
    scored_on, industries, and the columns of :func:`set_scores`.

    Raises
    ------
    InputError
        If it has fewer than three of the traded industries.
    """
    codes = [c for c in main.codes if c in cluster_of]
    if len(codes) < 3:
        raise InputError(
            f"the definitions have {len(codes)} of the traded industries",
            hint="columns naics (six digits, as text) and cluster",
        )
    labels = [cluster_of[c] for c in codes]
    return pd.DataFrame(
        [
            {
                "scored_on": name,
                "industries": len(codes),
                **set_scores(linkages.subset(codes), labels),
            }
            for name, linkages in {"main": main, **others}.items()
        ]
    )


def scores_of_set(
    settings: Mapping[str, Any],
    of: Mapping[str, str],
    others: Mapping[str, Linkages],
    built: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Score one set on each vintage: as it is and, if it was derived, built on each.

    Parameters
    ----------
    settings
        Of the set in the recipe.
    of
        Its cluster of each traded industry, by code; scores are over the industries that it has.
    others
        Linkages of the traded industries by vintage.
    built
        Cluster of each traded industry in the set that was built on each vintage, judged moves
        included; none for a set that was not derived.

    Returns
    -------
    Columns of ``evaluations`` but ``definition``.
    """
    own = derivable(settings) or settings["method"] == REVIEW
    rows = []
    for name, linkages in others.items():
        codes = [c for c in linkages.codes if c in of]
        scores = set_scores(linkages.subset(codes), [of[c] for c in codes])
        rows.append(
            {
                "built_on": AS_IT_IS if own else NOT_BUILT,
                "scored_on": name,
                "out_of_sample": None,
                "industries": len(codes),
                "agreement": None,
                **scores,
            }
        )
    out = pd.DataFrame(rows)
    if built:
        crossed = score_across(built, others)
        count = len(next(iter(others.values())).codes)
        out = pd.concat(
            [out.astype(object), crossed.assign(industries=count).astype(object)],
            ignore_index=True,
        )
    return out.convert_dtypes()
