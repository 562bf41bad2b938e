"""Every set of an edition tried on other vintages of the data: the table ``evaluations``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.input_output import industry_flows
from clusteratlas.analysis.linkages.occupations import occupation_profiles
from clusteratlas.editions.flow.inputs import Inputs
from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.editions.flow.recipe import EditionRecipe, VintageOf
from clusteratlas.editions.flow.steps import Frames, Steps
from clusteratlas.editions.tables.linkages import link_industries, primary_sectors
from clusteratlas.editions.tables.scoring import cross_scores, derivable, recipe_of, set_scores
from clusteratlas.vocabulary.tables import TABLES

if TYPE_CHECKING:
    from clusteratlas.editions.targets.edition import Linked

MATRIX = "occupations_matrix"
"""Role of one staffing table that stands in for the survey's files."""

AS_IT_STANDS, NOT_BUILT = "recipe", "none"
"""What a set was built on: the recipe's own files, or no linkages of ours at all."""


@dataclass(frozen=True)
class Tried:
    """Scores of every set on the recipe's vintages, and the files that only they need."""

    table: pd.DataFrame
    """Rows of ``evaluations``."""
    sources: pd.DataFrame
    """Rows of ``sources``."""


def vintage_inputs(recipe: EditionRecipe, vintage: VintageOf, main: Inputs, steps: Steps) -> Inputs:
    """Find the files of a vintage: the recipe's, some of them in other years."""
    return Inputs(replace(recipe, files={**recipe.files, **vintage.files}), main.data, steps)


def vintage_linkages(vintage: VintageOf, linked: Linked, inputs: Inputs) -> Linkages:
    """Compute the linkages of all six-digit industries in a vintage."""
    flows = industry_flows(inputs.frame("io_use"), inputs.frame("io_make"))
    sector_of = primary_sectors(inputs.frame("io_crosswalk"))
    profiles = linked.profiles
    if MATRIX in vintage.files:
        profiles = occupation_profiles(inputs.frame(MATRIX), linked.codes)
    return link_industries(linked.cells, linked.codes, flows, sector_of, profiles, vintage.linkages)


def evaluations(
    recipe: EditionRecipe, linked: Linked, sets: Frames, main: Inputs, steps: Steps
) -> Tried:
    """Score every set on each vintage of a recipe's ``evaluation``.

    A derived set is built on each vintage and scored on each. Every set is also scored on each as
    it stands in the edition; that is neither in nor out of sample, since the recipe's own files
    are in part those of the vintages.

    Parameters
    ----------
    sets
        Tables of all sets; ``memberships`` counts.

    Raises
    ------
    SourceError
        If a file of a vintage is missing or not what its loader declares.
    """
    inputs = {k: vintage_inputs(recipe, v, main, steps) for k, v in recipe.evaluation.items()}
    others = {
        k: vintage_linkages(v, linked, inputs[k]).subset(linked.chosen)
        for k, v in recipe.evaluation.items()
    }
    facts = {k: m.digest() for k, m in others.items()}
    members = sets["memberships"]
    traded = members[members["traded"]]
    parts = []
    for name, settings in recipe.definitions.items():
        key = f"{recipe.key}/{name}"
        own = traded[traded["definition"] == key]
        of = {str(c): str(k) for c, k in zip(own["naics"], own["cluster"], strict=True)}

        def compute(
            settings: Mapping[str, Any] = settings, of: Mapping[str, str] = of
        ) -> dict[str, pd.DataFrame]:
            return {"scores": scores_of_set(settings, of, others)}

        if others:
            inside = {"links": facts, "settings": settings, "members": of}
            found = steps.run(f"evaluate-{name}", inside, compute)["scores"]
            parts.append(found.assign(definition=key))
    columns = list(TABLES["evaluations"].columns)
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    files = [i.table() for i in inputs.values()]
    known = main.table()
    sources = pd.concat([known, *files], ignore_index=True).drop_duplicates("key")
    sources = sources[~sources["key"].isin(known["key"])].assign(defining=False)
    return Tried(table.reindex(columns=columns), sources)


def scores_of_set(
    settings: Mapping[str, Any], of: Mapping[str, str], others: Mapping[str, Linkages]
) -> pd.DataFrame:
    """Score one set on each vintage: as it stands and, if it was derived, built on each.

    Parameters
    ----------
    settings
        Of the set in the recipe.
    of
        Its cluster of each traded industry, by code; scores are over the industries that it has.
    others
        Linkages of the traded industries by vintage.

    Returns
    -------
    Columns of ``evaluations`` but ``definition``.
    """
    built = derivable(settings) or settings["method"] == REVIEW
    rows = []
    for name, linkages in others.items():
        codes = [c for c in linkages.codes if c in of]
        scores = set_scores(linkages.subset(codes), [of[c] for c in codes])
        rows.append(
            {
                "built_on": AS_IT_STANDS if built else NOT_BUILT,
                "scored_on": name,
                "out_of_sample": None,
                "industries": len(codes),
                "agreement": None,
                **scores,
            }
        )
    out = pd.DataFrame(rows)
    if derivable(settings):
        crossed = cross_scores(recipe_of(settings), others)
        count = len(next(iter(others.values())).codes)
        out = pd.concat(
            [out.astype(object), crossed.assign(industries=count).astype(object)],
            ignore_index=True,
        )
    return out.convert_dtypes()
