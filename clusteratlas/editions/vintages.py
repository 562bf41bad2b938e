"""The linkages of a recipe in several vintages, as definitions are tried on other data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from clusteratlas.analysis.input_output import industry_flows
from clusteratlas.analysis.linkages import Linkages
from clusteratlas.analysis.occupations import occupation_profiles
from clusteratlas.editions.build import Linked, link
from clusteratlas.editions.inputs import Inputs
from clusteratlas.editions.linkage import link_industries
from clusteratlas.editions.recipe import EditionRecipe, VintageOf, read_recipe
from clusteratlas.editions.steps import Steps
from clusteratlas.progress import Progress, Silent

MATRIX = "occupations_matrix"
"""Role of one staffing table that stands in for the survey's files."""


@dataclass(frozen=True)
class Vintages:
    """Linkages of the traded industries: as the recipe has them, and in each vintage."""

    recipe: EditionRecipe
    linked: Linked
    """All six-digit industries, as the recipe has them."""
    main: Linkages
    """Of the traded industries."""
    others: Mapping[str, Linkages]
    """Of the same industries by vintage of the recipe's ``evaluation``."""


def vintages(
    data: Path,
    *,
    recipe: Path | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> Vintages:
    """Compute the linkages of a recipe and of each of its vintages.

    Parameters
    ----------
    data, recipe, progress, cache
        As of :func:`clusteratlas.editions.build.build`.

    Raises
    ------
    SourceError
        If a file is missing or not what its loader declares.
    InputError
        If the recipe is wrong.
    """
    choices = read_recipe(recipe)
    steps = Steps(cache, progress or Silent())
    linked = link(choices, Inputs(choices, data, steps), steps)
    others = {
        name: _other(choices, vintage, linked, data, steps)
        for name, vintage in choices.evaluation.items()
    }
    chosen = linked.chosen
    main = linked.linkages.subset(chosen)
    return Vintages(choices, linked, main, {k: m.subset(chosen) for k, m in others.items()})


def _other(
    recipe: EditionRecipe, vintage: VintageOf, linked: Linked, data: Path, steps: Steps
) -> Linkages:
    inputs = Inputs(replace(recipe, files={**recipe.files, **vintage.files}), data, steps)
    flows = industry_flows(inputs.frame("io_use"), inputs.frame("io_make"))
    table = inputs.frame("io_crosswalk")
    sector_of: pd.Series = table[table["primary"]].set_index("naics")["sector"]
    profiles = linked.profiles
    if MATRIX in vintage.files:
        profiles = occupation_profiles(inputs.frame(MATRIX), linked.codes)
    return link_industries(
        linked.cells, linked.codes, flows, sector_of, profiles, vintage.linkages
    )


def linkage_codes(linked: Linked, *, traded: bool) -> Sequence[str]:
    """Industries of an export: all, or the traded ones."""
    return linked.chosen if traded else linked.codes
