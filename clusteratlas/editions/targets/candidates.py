"""The sweep of a recipe: candidates around one of its sets, tried on its vintages and written."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from clusteratlas.editions.definitions.scoring import derivable, recipe_of
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.targets.opening import base_entry, open_flow
from clusteratlas.editions.targets.sweep import Trial, choices_of, sweep, sweep_candidates
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
    ``recipes/us-2021-candidates.csv``.

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
    make = open_flow(choices, data, progress=progress, cache=cache).flow.make
    table = sweep(
        sweep_candidates(base),
        Trial(make("traded_linkages"), make("levels"), make("vintage_linkages")),
        processes=processes or os.cpu_count() or 1,
        cache=cache,
        progress=progress,
    )
    own = pd.Series(choices_of(base))
    table["shipped"] = (table[list(own.index)] == own).all(axis=1)
    try:
        out.mkdir(parents=True, exist_ok=True)
        table.to_csv(out / "candidates.csv", index=False, float_format="%.5g")
        table[table["pareto"]].sort_values("worst", ascending=False).to_csv(
            out / "pareto.csv", index=False, float_format="%.5g"
        )
    except OSError as exc:
        raise InputError(f"{out} cannot be written: {exc}") from exc
    return table
