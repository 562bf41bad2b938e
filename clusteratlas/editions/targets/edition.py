"""Build an edition: public files in, tables and a manifest out, byte for byte reproducible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from clusteratlas.analysis.heirs import without_heirs
from clusteratlas.editions.flow.cache import key_of
from clusteratlas.editions.flow.flow import Flow
from clusteratlas.editions.flow.losses import Loss
from clusteratlas.editions.flow.recipe import EditionRecipe, read_recipe
from clusteratlas.editions.flow.threads import one_thread
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge
from clusteratlas.editions.store.edition import (
    Edition,
    file_digests,
    open_edition,
    write_edition,
)
from clusteratlas.editions.targets.opening import Opened, open_flow
from clusteratlas.progress import Progress
from clusteratlas.version import __version__

LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "scikit-learn", "graspologic-native")
"""Libraries whose arithmetic the tables depend on; the manifest has their versions."""


@one_thread()
def build_edition(
    data: Path,
    out: Path,
    *,
    recipe: Path | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
    definitions: Sequence[Path] = (),
) -> Edition:
    """Compute an edition from the public files below a folder.

    Parameters
    ----------
    data
        Folder with the publishers' files, at any depth.
    out
        Folder of the edition; an edition there is replaced when the new one is whole.
    recipe
        TOML file with the choices; None for the packaged recipe of the shipped edition.
    progress
        Told of each step.
    cache
        Folder that keeps the results of steps; None keeps nothing.
    definitions
        CSV files of a user's own sets, to be compared with those of the recipe; see
        :func:`clusteratlas.editions.flow.user_sets.read_definitions`.

    Raises
    ------
    SourceError
        If a file is missing or not what its loader declares.
    InputError
        If the recipe or a file of definitions is wrong.
    JobsLost
        If files of the recipe do not fit each other.
    EditionError
        If ``out`` holds something else, or a table comes out wrong.
    """
    opened = open_flow(
        read_recipe(recipe), data, definitions=definitions, progress=progress, cache=cache
    )
    flow = opened.flow
    key = _key(opened)
    if (there := _unchanged(opened, key, out)) is not None:
        return there
    # First of all, so that files that do not fit are known before anything long is computed.
    losses: list[Loss] = flow.make("losses")
    tables = {one.name: flow.make(one.name) for one in flow.steps.values() if one.is_table}
    built = write_edition(out, opened.recipe.key, tables, manifest_of(opened, losses))
    opened.kept.keep(_label(opened), key, file_digests(out))
    return built


def _label(opened: Opened) -> str:
    return f"edition-{opened.recipe.key}"


def _key(opened: Opened) -> str:
    """Digest of all that an edition follows from: of every table, and of what the manifest says."""
    flow = opened.flow
    tables = {one.name: flow.key(one.name) for one in flow.steps.values() if one.is_table}
    versions = {name: version(name) for name in LIBRARIES}
    return key_of([tables, flow.key("losses"), dict(opened.recipe.raw), versions, __version__])


def _unchanged(opened: Opened, key: str, out: Path) -> Edition | None:
    """Give the edition that is there if it is, byte for byte, what this build wrote before."""
    kept, label = opened.kept, _label(opened)
    if not kept.has(key) or not out.is_dir() or kept.read(label, key) != file_digests(out):
        return None
    kept.progress.start(label)
    kept.progress.finish("unchanged")
    return open_edition(out)


def _bridges(flow: Flow, recipe: EditionRecipe) -> list[Mapping[str, Any]]:
    lists, codes = flow.make("county_list_bridges"), flow.make("county_bridges")
    judged = _judgments(flow, recipe)
    return [*codes.values(), *lists.values(), flow.make("population_bridge"), judged]


def _judgments(flow: Flow, recipe: EditionRecipe) -> dict[str, Any]:
    """Say how judged industries came to the edition's NAICS, and of which nothing is left."""
    bridge: NaicsBridge = flow.make("recipe_bridge")
    if not bridge.changes:
        return {}
    entries = [*recipe.traded["judged"]]
    for one in recipe.definitions.values():
        entries += one.get("judged", [])
    codes = [code for entry in entries for code in entry["codes"]]
    return {
        "file": f"recipe {recipe.key}",
        "from_naics": bridge.start,
        "to_naics": bridge.end,
        "concordances": list(bridge.concordances),
        "weights": list(bridge.weights),
        "left_out": without_heirs(codes, flow.make("recipe_parts"), flow.make("listed_codes")),
    }


def manifest_of(opened: Opened, losses: Sequence[Loss]) -> dict[str, Any]:
    """Say what the tables were computed from, what was done to it, and what was left out."""
    recipe, files = opened.recipe, opened.files
    rows = files.rows(evaluation=False) if files else []
    return {
        "sources": [
            {k: row[k] for k in ("key", "file", "vintage", "sha256", "bytes")} for row in rows
        ],
        "notes": files.notes() if files else [],
        "bridges": [one for one in _bridges(opened.flow, recipe) if one],
        "losses": [loss.row() for loss in losses],
        "parameters": dict(recipe.raw),
        "seeds": {k: v["seed"] for k, v in recipe.definitions.items() if "seed" in v},
        "versions": {name: version(name) for name in LIBRARIES},
    }
