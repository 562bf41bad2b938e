"""The one opening of a recipe, its files and the cache: a flow that every target asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusteratlas.editions.around.files import (
    AROUND,
    COUNTIES,
    IMPORTS,
    MEASURED,
    SURVEY,
    ZIPS,
    FileRef,
)
from clusteratlas.editions.cells.district import DISTRICT
from clusteratlas.editions.definitions.scoring import derivable
from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.files import RecipeFiles, later_bridge
from clusteratlas.editions.flow.flow import Axis, Flow, Given
from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.editions.flow.recipe import EditionRecipe, InputOutput
from clusteratlas.editions.flow.step import steps_of
from clusteratlas.editions.flow.user_sets import (
    Supplied,
    read_definitions,
    read_earlier,
    with_supplied,
)
from clusteratlas.errors import InputError
from clusteratlas.loaders.places.counties import STATES, TERRITORIES
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.progress import Progress
from clusteratlas.vocabulary.keys import definition_key

PACKAGES = (
    "clusteratlas.editions.completion",
    "clusteratlas.editions.cells",
    "clusteratlas.editions.linkages",
    "clusteratlas.editions.definitions",
    "clusteratlas.editions.around",
    "clusteratlas.editions.tables",
)
"""Where the steps of an edition are."""

USE = "io_use"

LATER = "later_bridge"
"""What steps need the concordance by that joins the NAICS after that of ``files.bridge``."""

STAFF, STAFF_BACK = "occupations_matrix", "occupations_bridge"
"""File of occupations by industry, and the concordance that it needs, if it needs one."""

YEARS = "years"
"""Axis of the years in which regions are measured: one for each file of counties."""

LATEST = "latest"
"""Axis of the latest of them alone: what is there is said of it."""

EMPLOYMENT = "employment"
"""Axis of all files of counties, measured or not: each says which of its jobs are lost."""

STATES_AXIS = "states"
"""Axis of the states, each completed with its counties; the district is of another programme."""

SUPPLIES_AXIS = "supplies"
"""Axis of :data:`SUPPLIES`; no step is over it, a sweep asks for one entry at a time."""

MASKED, FLOOR = ["42", "55"], 0.001

SUPPLIES: Mapping[str, tuple[InputOutput, bool]] = {
    "as-published": (InputOutput(), False),
    "masked": (InputOutput(masked=MASKED), False),
    "domestic": (InputOutput(), True),
    "floor": (InputOutput(floor=FLOOR), False),
    "own-trade-unknown": (InputOutput(own_trade=False), False),
    "masked-domestic-floor": (InputOutput(masked=MASKED, floor=FLOOR), True),
    "all": (InputOutput(masked=MASKED, floor=FLOOR, own_trade=False), True),
}
"""Ways to make input-output links, and whether imports are taken out: those need a file of the
recipe. What the recipe itself says is beside them."""

_NO_PATTERNS = TERRITORIES | {DISTRICT}


@dataclass(frozen=True)
class Opened:
    """A recipe and everything that can be made by it."""

    recipe: EditionRecipe
    flow: Flow
    files: RecipeFiles | None
    """None where the recipe was only read."""
    user_sets: Mapping[str, Supplied]
    kept: Cache
    """Results of earlier runs."""


def open_flow(
    recipe: EditionRecipe,
    data: Path | None,
    *,
    definitions: Sequence[Path] = (),
    progress: Progress | None = None,
    cache: Path | None = None,
) -> Opened:
    """Open a recipe: find its files and wire its steps; nothing is computed yet.

    Parameters
    ----------
    recipe
        The choices.
    data
        Folder with the publishers' files, at any depth. None looks for no file: then the flow can
        be looked at and makes nothing.
    definitions
        CSV files of a user's own sets; see
        :func:`clusteratlas.editions.flow.user_sets.read_definitions`.
    progress
        Told of each kept step.
    cache
        Folder that keeps the results of steps; None keeps nothing.

    Raises
    ------
    SourceMissing
        If a file is missing.
    InputError
        If a file of definitions is wrong, or the recipe names an unknown source.
    """
    supplied = [read_definitions(path) for path in definitions]
    choices = with_supplied(recipe, supplied)
    _check_imports(choices)
    kept = Cache(cache, progress)
    files = None if data is None else RecipeFiles(choices, data, kept)
    own = {one.name: one for one in (*read_earlier(recipe), *supplied)}
    flow = Flow(steps_of(*PACKAGES), _given(choices, files, own), _axes(choices, files, own), kept)
    return Opened(choices, flow, files, own, kept)


def base_entry(recipe: EditionRecipe, name: str) -> Mapping[str, Any]:
    """Entry of a set that is derived, or of the set that it reviews.

    Raises
    ------
    InputError
        If the recipe has no such set, or it is not derived.
    """
    if name not in recipe.definitions:
        raise InputError(
            f"the recipe has no definitions {name!r}",
            hint=f"it has: {', '.join(recipe.definitions)}",
        )
    entry = _base(recipe, name)
    if not derivable(entry):
        raise InputError(f"definitions {name} are not derived", hint="they follow the NAICS")
    return entry


def _base(recipe: EditionRecipe, name: str) -> Mapping[str, Any]:
    settings = recipe.definitions[name]
    return recipe.definitions[settings["of"]] if settings["method"] == REVIEW else settings


def _file(files: RecipeFiles | None, ref: FileRef) -> Given:
    if files is None:
        return Given(ref, ref.key)
    return Given(files[ref], files[ref].digest)


def _later(recipe: EditionRecipe, files: RecipeFiles | None, ref: FileRef) -> Given:
    """Concordance after that of the recipe for a file; None where it needs none.

    Without the file its NAICS is what the year says.
    """
    if files is not None:
        later = files.later_bridge(ref)
    else:
        source = all_sources().get(ref.source)
        later = later_bridge(recipe, source.naics(ref.vintage) if source else None)
    return Given(None) if later is None else _file(files, later)


def _check_imports(recipe: EditionRecipe) -> None:
    """See that imports are taken out of the use table of their own year, or said to be left in."""
    own = {role: recipe.files[role] for role in (USE, IMPORTS) if role in recipe.files}
    named = {"files": own}
    for name, one in recipe.evaluation.items():
        given: dict[str, FileRef] = {**own, **one.files}
        left_in = set(one.without) - one.files.keys()
        named[f"evaluation.{name}"] = {r: ref for r, ref in given.items() if r not in left_in}
    for where, refs in named.items():
        if IMPORTS in refs and refs[IMPORTS].vintage != refs[USE].vintage:
            raise InputError(
                f"the recipe's {where} takes {refs[IMPORTS].key} out of {refs[USE].key}",
                hint=f"imports are of one year's use; name a file of that year, or say in {where} "
                f'without = ["{IMPORTS}"], and its links are made of flows with imports',
            )


def _given(
    recipe: EditionRecipe, files: RecipeFiles | None, user_sets: Mapping[str, Supplied]
) -> dict[str, Given]:
    names = list(recipe.definitions)
    return {
        **dict.fromkeys((IMPORTS, MEASURED, *ZIPS), Given(None)),
        **{role: Given(None) for role in AROUND},
        **{role: _file(files, ref) for role, ref in recipe.files.items()},
        **_beside(recipe, files, recipe.files[COUNTIES]),
        STAFF_BACK: _later(recipe, files, recipe.files[STAFF]),
        **{role: Given(None) for role in SURVEY},
        "recipe_files": Given(files, "none" if files is None else files.digest),
        "user_sets": Given(user_sets, " ".join(["sets", *(s.sha256 for s in user_sets.values())])),
        "traded_rule": Given(recipe.traded),
        "area_sets": Given(recipe.linkages),
        "io_rule": Given(recipe.io, recipe.io.model_dump_json()),
        "dropped_areas": Given(recipe.anchor.dropped_areas, str(recipe.anchor.dropped_areas)),
        "limits": Given(recipe.limits, recipe.limits.model_dump_json()),
        "hierarchy": Given(recipe.hierarchy, recipe.hierarchy.model_dump_json()),
        "default_set": Given(recipe.default),
        "default_key": Given(definition_key(recipe.key, recipe.default)),
        "set_keys": Given([definition_key(recipe.key, name) for name in names]),
    }


def _axes(
    recipe: EditionRecipe, files: RecipeFiles | None, user_sets: Mapping[str, Supplied]
) -> list[Axis]:
    every = dict.fromkeys((*recipe.years[COUNTIES], *recipe.measured))
    employment = {
        ref: {COUNTIES: _file(files, ref), **_beside(recipe, files, ref)} for ref in every
    }
    vintages = {}
    for name, one in recipe.evaluation.items():
        own: dict[str, Given] = dict.fromkeys(one.without, Given(None))
        own |= {role: _file(files, ref) for role, ref in one.files.items()}
        counties = one.files.get(COUNTIES)
        beside = {} if counties is None else _beside(recipe, files, counties)
        if STAFF in one.files:
            beside[STAFF_BACK] = _later(recipe, files, one.files[STAFF])
        vintages[name] = {**beside, **own, "area_sets": Given(one.linkages.model_dump())}
    states = {code: {"state": Given(code)} for code in STATES if code not in _NO_PATTERNS}
    sets = {name: _set_given(recipe, name, user_sets.get(name)) for name in recipe.definitions}
    return [
        Axis(YEARS, {str(ref.vintage): employment[ref] for ref in recipe.measured}),
        Axis(LATEST, {str(ref.vintage): employment[ref] for ref in recipe.measured[:1]}),
        Axis(EMPLOYMENT, {ref.key: given for ref, given in employment.items()}),
        Axis(STATES_AXIS, states),
        Axis("vintages", vintages),
        Axis(SUPPLIES_AXIS, _supplies(recipe, files)),
        Axis("sets", sets),
    ]


def _supplies(recipe: EditionRecipe, files: RecipeFiles | None) -> dict[str, dict[str, Given]]:
    imports = recipe.files.get(IMPORTS)
    known = Given(None) if imports is None else _file(files, imports)
    return {
        name: {IMPORTS: known if domestic else Given(None)}
        for name, (_, domestic) in SUPPLIES.items()
        if not domestic or imports is not None
    }


def _beside(
    recipe: EditionRecipe, files: RecipeFiles | None, counties: FileRef
) -> dict[str, Given]:
    """Files that go with one of counties: its concordance, its states, the district's next year."""
    given = {LATER: _later(recipe, files, counties)}
    states = [r for r in recipe.years["state_employment"] if r.vintage == counties.vintage]
    if states:
        given["state_employment"] = _file(files, states[0])
    district = recipe.years["district_employment"]
    near = min(district, key=lambda ref: (abs(ref.vintage - counties.vintage), -ref.vintage))
    return {**given, "district_employment": _file(files, near)}


def _set_given(recipe: EditionRecipe, name: str, supplied: Supplied | None) -> dict[str, Given]:
    drawn = recipe.stability if name in recipe.stability.sets else None
    return {
        "set_name": Given(name),
        "set_key": Given(definition_key(recipe.key, name)),
        "set_settings": Given(recipe.definitions[name]),
        "base_settings": Given(_base(recipe, name)),
        "is_default": Given(name == recipe.default),
        "supplied": Given(supplied, "" if supplied is None else supplied.sha256),
        "resampling": Given(drawn, drawn.model_dump_json() if drawn else ""),
    }
