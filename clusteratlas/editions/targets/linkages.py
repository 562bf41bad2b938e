"""The linkages between industries by themselves, and a file of them for another program."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.flow.threads import one_thread
from clusteratlas.editions.targets.opening import open_flow
from clusteratlas.errors import InputError
from clusteratlas.progress import Progress


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
        As of :func:`clusteratlas.editions.targets.edition.build_edition`.
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
    known = choices.evaluation
    if vintage is not None and vintage not in known:
        raise InputError(
            f"the recipe has no vintage {vintage!r}",
            hint=f"vintages: {', '.join(known) or 'none'}",
        )
    make = open_flow(choices, data, progress=progress, cache=cache).flow.make
    found: Linkages
    if vintage is not None:
        found = make("vintage_linkages", vintages=vintage)
    else:
        found = make("traded_linkages" if traded else "linkages")
    return found


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
