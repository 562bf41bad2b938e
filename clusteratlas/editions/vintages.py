"""The linkages of a recipe in several vintages, as definitions are tried on other data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from clusteratlas.analysis.input_output import industry_flows
from clusteratlas.analysis.linkages import Linkages
from clusteratlas.analysis.occupations import occupation_profiles
from clusteratlas.analysis.stability import AreaLevels
from clusteratlas.editions.build import Linked, link
from clusteratlas.editions.inputs import Inputs
from clusteratlas.editions.linkage import area_levels, link_industries
from clusteratlas.editions.recipe import EditionRecipe, VintageOf, read_recipe
from clusteratlas.editions.steps import Steps
from clusteratlas.errors import InputError
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
    levels: Mapping[str, AreaLevels]
    """What the co-location matrices of ``main`` are computed from."""


def vintages(
    data: Path,
    *,
    recipe: Path | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
    others: bool = True,
) -> Vintages:
    """Compute the linkages of a recipe and of each of its vintages.

    Parameters
    ----------
    data, recipe, progress, cache
        As of :func:`clusteratlas.editions.build.build`.
    others
        Compute the vintages too.

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
    rest = {
        name: _other(choices, vintage, linked, data, steps)
        for name, vintage in choices.evaluation.items()
        if others
    }
    chosen = linked.chosen
    main = linked.linkages.subset(chosen)
    levels = area_levels(linked.cells, chosen, choices.linkages)
    return Vintages(choices, linked, main, {k: m.subset(chosen) for k, m in rest.items()}, levels)


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
    return link_industries(linked.cells, linked.codes, flows, sector_of, profiles, vintage.linkages)


def linkages_of(
    data: Path,
    *,
    recipe: Path | None = None,
    traded: bool = False,
    vintage: str | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> Linkages:
    """Compute the linkages of all six-digit industries, or of the traded ones.

    Parameters
    ----------
    data, recipe, progress, cache
        As of :func:`clusteratlas.editions.build.build`.
    traded
        Keep the traded industries; ``combined`` is standardized over them.
    vintage
        A vintage of the recipe's ``evaluation`` in place of the recipe's own files; traded only.

    Raises
    ------
    SourceError
        If a file is missing or not what its loader declares.
    InputError
        If the recipe is wrong or has no such vintage.
    """
    choices = read_recipe(recipe)
    steps = Steps(cache, progress or Silent())
    linked = link(choices, Inputs(choices, data, steps), steps)
    if vintage is None:
        return linked.linkages.subset(linked.chosen) if traded else linked.linkages
    if vintage not in choices.evaluation:
        raise InputError(
            f"the recipe has no vintage {vintage!r}",
            hint=f"vintages: {', '.join(choices.evaluation) or 'none'}",
        )
    other = _other(choices, choices.evaluation[vintage], linked, data, steps)
    return other.subset(linked.chosen)


def write_linkages(linkages: Linkages, out: Path) -> list[dict[str, object]]:
    """Write ``codes`` and one square array per linkage into a compressed NumPy file.

    The same linkages give the same bytes. The file appears when it is whole.

    Returns
    -------
    One row per array: name, industries, known (share of the pairs with a figure), mean, sd.

    Raises
    ------
    InputError
        If the file cannot be written, or is not named ``.npz``.
    """
    if out.suffix != ".npz":
        raise InputError(f"{out} is not a .npz file", hint="name it for example linkages.npz")
    part = out.with_name(f".{out.name}.part.npz")
    try:
        arrays = {"codes": np.array(linkages.codes, dtype=str), **linkages.matrices}
        np.savez_compressed(part, allow_pickle=False, **arrays)
        part.replace(out)
    except OSError as exc:
        raise InputError(f"{out} cannot be written: {exc}") from exc
    finally:
        part.unlink(missing_ok=True)
    off = ~np.eye(len(linkages.codes), dtype=bool)
    rows: list[dict[str, object]] = []
    for name, matrix in sorted(linkages.matrices.items()):
        values = matrix[off]
        known = values[~np.isnan(values)]
        rows.append(
            {
                "array": name,
                "industries": len(matrix),
                "known": float(len(known) / len(values)),
                "mean": float(known.mean()) if len(known) else None,
                "sd": float(known.std()) if len(known) else None,
            }
        )
    return rows
