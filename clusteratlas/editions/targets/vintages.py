"""The linkages of a recipe in several vintages, as definitions are tried on other data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.stability.resampling import AreaLevels
from clusteratlas.editions.flow.inputs import Inputs
from clusteratlas.editions.flow.recipe import EditionRecipe, read_recipe
from clusteratlas.editions.flow.steps import Frames, Steps
from clusteratlas.editions.flow.threads import one_thread
from clusteratlas.editions.tables.evaluations import vintage_inputs, vintage_linkages
from clusteratlas.editions.tables.linkages import ROOTS, area_levels
from clusteratlas.editions.targets.edition import link
from clusteratlas.errors import InputError
from clusteratlas.progress import Progress, Silent


@dataclass(frozen=True)
class Vintages:
    """Linkages of the traded industries: as the recipe has them, and in each vintage."""

    recipe: EditionRecipe
    titles: Mapping[str, str]
    """Title of each traded industry."""
    main: Linkages
    """Of the traded industries."""
    others: Mapping[str, Linkages]
    """Of the same industries by vintage of the recipe's ``evaluation``."""
    levels: Mapping[str, AreaLevels]
    """What the co-location matrices of ``main`` are computed from."""


@one_thread()
def vintages(
    data: Path,
    *,
    recipe: Path | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
    others: bool = True,
) -> Vintages:
    """Compute the linkages of a recipe and of each of its vintages, or take the kept ones.

    Parameters
    ----------
    data, recipe, progress, cache
        As of :func:`clusteratlas.editions.targets.edition.build`.
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
    main = Inputs(choices, data, steps)
    wanted = choices.evaluation if others else {}
    inputs = {name: vintage_inputs(choices, one, main, steps) for name, one in wanted.items()}

    def compute() -> Frames:
        linked = link(choices, main, steps)
        chosen = linked.chosen
        frames = _put("", linked.linkages.subset(chosen))
        for name, one in wanted.items():
            frames |= _put(name, vintage_linkages(one, linked, inputs[name]).subset(chosen))
        for name, levels in area_levels(linked.cells, chosen, choices.linkages).items():
            frames[f"levels-{name}"] = pd.DataFrame({"level": levels.levels.ravel()})
            if levels.aggregate is not None:
                frames[f"aggregate-{name}"] = pd.DataFrame({"level": levels.aggregate})
        titles = [str(linked.titles[c]) for c in chosen]
        return {**frames, "titles": pd.DataFrame({"naics": chosen, "title": titles})}

    key = {
        "files": {name: one.digests(*one.refs) for name, one in {"": main, **inputs}.items()},
        "choices": [choices.traded, choices.linkages],
        "vintages": {name: one.linkages for name, one in wanted.items()},
    }
    kept = steps.run("linkages" if others else "linkages-main", key, compute)
    levels = {
        name.removeprefix("levels-"): _levels(name.removeprefix("levels-"), kept, choices)
        for name in kept
        if name.startswith("levels-")
    }
    titles = dict(zip(kept["titles"]["naics"], kept["titles"]["title"], strict=True))
    return Vintages(
        choices, titles, _got("", kept), {name: _got(name, kept) for name in wanted}, levels
    )


def _put(name: str, linkages: Linkages) -> Frames:
    """Lay linkages out as tables, a column for each matrix."""
    rows = {
        "naics": list(linkages.codes),
        "sector": list(linkages.sector_of),
        "profile": list(linkages.profile_of),
    }
    return {
        f"matrices-{name}": pd.DataFrame({k: m.ravel() for k, m in linkages.matrices.items()}),
        f"industries-{name}": pd.DataFrame(rows),
    }


def _got(name: str, frames: Frames) -> Linkages:
    rows = frames[f"industries-{name}"]
    n = len(rows)
    matrices = {
        str(k): column.to_numpy(dtype=np.float64).reshape(n, n)
        for k, column in frames[f"matrices-{name}"].items()
    }
    codes, sectors, profiles = (tuple(map(str, rows[c])) for c in ("naics", "sector", "profile"))
    return Linkages(codes, matrices, sectors, profiles)


def _levels(name: str, frames: Frames, recipe: EditionRecipe) -> AreaLevels:
    levels = frames[f"levels-{name}"]["level"].to_numpy(dtype=np.float64)
    kept = frames.get(f"aggregate-{name}")
    aggregate = None if kept is None else kept["level"].to_numpy(dtype=np.float64)
    areas = str(recipe.linkages[ROOTS.get(name, name)])
    return AreaLevels(areas, levels.reshape(len(frames["titles"]), -1), aggregate)


@one_thread()
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
        As of :func:`clusteratlas.editions.targets.edition.build`.
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
    inputs = Inputs(choices, data, steps)
    linked = link(choices, inputs, steps)
    if vintage is None:
        return linked.linkages.subset(linked.chosen) if traded else linked.linkages
    if vintage not in choices.evaluation:
        raise InputError(
            f"the recipe has no vintage {vintage!r}",
            hint=f"vintages: {', '.join(choices.evaluation) or 'none'}",
        )
    chosen = choices.evaluation[vintage]
    other = vintage_linkages(chosen, linked, vintage_inputs(choices, chosen, inputs, steps))
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
