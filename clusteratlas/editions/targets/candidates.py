"""The sweep of a recipe: candidates around one of its sets, tried on its vintages and written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.editions.definitions.scoring import derivable, recipe_of
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.linkages.matrices import with_io
from clusteratlas.editions.targets.opening import SUPPLIES, SUPPLIES_AXIS, base_entry, open_flow
from clusteratlas.editions.targets.sweep import (
    Trial,
    choices_of,
    supply_candidates,
    sweep,
    sweep_candidates,
)
from clusteratlas.errors import InputError
from clusteratlas.progress import Progress


def sweep_recipe(
    data: Path,
    out: Path,
    *,
    recipe: Path | None = None,
    name: str | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> pd.DataFrame:
    """Try candidates around a set of a recipe, and write them with their frontier.

    Writes ``candidates.csv`` (all) and ``pareto.csv`` (the balanced ones that no other beats) into
    the folder ``out``: the table of :func:`sweep`, with ``shipped`` for
    the candidate that is the set itself. For the shipped set the former is packaged as
    ``recipes/us-2021-candidates.csv``. ``supplies.csv`` has the candidates of
    :func:`supply_candidates` with input-output links made in each way of :data:`SUPPLIES` (column
    ``supply``): scored on those links, so they are on no frontier with the others.

    Parameters
    ----------
    data, recipe, progress, cache
        As of :func:`clusteratlas.editions.targets.edition.build_edition`.
    name
        Set whose other choices (delta, cap, seed) the candidates take; None for the first that is
        derived.
    processes
        None: one per core.

    Raises
    ------
    InputError
        If the recipe has fewer than two vintages, or the folder cannot be written.
    """
    choices = read_recipe(recipe)
    if len(choices.evaluation) < 2:
        raise InputError(
            "a sweep needs two vintages to score candidates out of sample",
            hint="give the recipe an evaluation with two entries",
        )
    key = name or next(k for k, v in choices.definitions.items() if derivable(v))
    base = recipe_of(base_entry(choices, key))
    flow = open_flow(choices, data, progress=progress, cache=cache).flow
    make = flow.make
    cores = processes or os.cpu_count() or 1
    levels = make("levels")

    def tried(
        recipes: Sequence[Recipe], main: Linkages, others: Mapping[str, Linkages]
    ) -> pd.DataFrame:
        trial = Trial(main, levels, others)
        return sweep(recipes, trial, processes=cores, cache=cache, progress=progress)

    main, others = make("traded_linkages"), make("vintage_linkages")
    table = tried(sweep_candidates(base), main, others)
    supplies = []
    for supply in flow.axes[SUPPLIES_AXIS].entries:
        rule, _ = SUPPLIES[supply]
        one = {SUPPLIES_AXIS: supply}
        again = {
            vintage: with_io(links, make("supply_flows", **one, vintages=vintage), rule)
            for vintage, links in others.items()
        }
        own_links = with_io(main, make("supply_flows", **one), rule)
        found = tried(supply_candidates(base), own_links, again)
        supplies.append(found.assign(supply=supply).drop(columns=["pareto", "chosen"]))
    own = pd.Series(choices_of(base))
    table["shipped"] = (table[list(own.index)] == own).all(axis=1)
    try:
        out.mkdir(parents=True, exist_ok=True)
        table.to_csv(out / "candidates.csv", index=False, float_format="%.5g")
        pd.concat(supplies).to_csv(out / "supplies.csv", index=False, float_format="%.5g")
        table[table["pareto"]].sort_values("worst", ascending=False).to_csv(
            out / "pareto.csv", index=False, float_format="%.5g"
        )
    except OSError as exc:
        raise InputError(f"{out} cannot be written: {exc}") from exc
    return table
