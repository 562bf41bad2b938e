"""The recipe of an edition: which files, which parameters. Everything that a build may choose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.editions.flow.judgments import read_review
from clusteratlas.editions.store.edition import SHIPPED
from clusteratlas.errors import InputError

ROLES = (
    "naics",
    "state_employment",
    "cbsa_employment",
    "county_employment",
    "io_use",
    "io_make",
    "io_crosswalk",
    "occupations_sector",
    "occupations_group",
    "occupations_detail",
    "occupations_nation",
    "bridge",
    "bridge_weights",
    "cbsas",
    "economic_areas",
    "boundaries",
    "centroids",
    "population",
    "income",
)
"""What a build needs a file for."""

PLACES_ONLY = frozenset({"cbsas", "boundaries", "centroids", "population", "income"})
"""Roles that name and describe places; definitions are computed without them."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """One file of a source."""

    source: str
    vintage: int

    @property
    def key(self) -> str:
        """For example ``cbp-msa-2019``."""
        return f"{self.source}-{self.vintage}"


@dataclass(frozen=True, slots=True)
class VintageOf:
    """Other files and areas for the same linkages, on which definitions are tried out."""

    title: str
    files: Mapping[str, FileRef]
    """Files in place of the recipe's; ``occupations_matrix`` stands for all occupation files."""
    linkages: Mapping[str, str]
    """Area set of each co-location measure."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much detail the tables keep."""

    ties: int
    """Strongest ties of each industry by combined relatedness."""
    flow_share: float
    """Sector flows with an input or output share of at least this."""
    occupation_share: float
    """Occupations with at least this share of an industry's or cluster's jobs."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How the stability of the sets is measured: by deriving them again on resampled areas."""

    sets: tuple[str, ...]
    """Sets that it is measured for."""
    runs: int
    seed: int
    trials: int
    """Runs of the clustering function in each, of which the best is kept."""


@dataclass(frozen=True)
class EditionRecipe:
    """Parsed recipe; ``text`` is the file as it was, for the manifest's digest."""

    key: str
    files: Mapping[str, FileRef]
    traded: Mapping[str, Any]
    linkages: Mapping[str, Any]
    definitions: Mapping[str, Mapping[str, Any]]
    default: str
    limits: Limits
    stability: Stability
    raw: Mapping[str, Any]
    evaluation: Mapping[str, VintageOf] = field(default_factory=dict)


def read_recipe(path: Path | None = None) -> EditionRecipe:
    """Read a recipe file; None gives the packaged one of the shipped edition.

    Raises
    ------
    InputError
        If the file cannot be read, is not TOML, or lacks or misnames an entry.
    """
    name = str(path) if path else f"{SHIPPED}.toml"
    try:
        if path is None:
            text = (files("clusteratlas.editions") / "recipes" / name).read_text("utf-8")
        else:
            text = path.read_text("utf-8")
        raw = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"recipe {name} cannot be read: {exc}") from exc
    except tomllib.TOMLDecodeError as exc:
        raise InputError(f"recipe {name} is not TOML: {exc}") from exc
    recipe = _parse(name, raw)
    for key, entry in recipe.definitions.items():
        if entry["method"] == REVIEW:
            if entry.get("of") not in recipe.definitions or "file" not in entry:
                raise InputError(
                    f"recipe {name}: definitions.{key} reviews nothing",
                    hint="of = the reviewed set, file = the review file beside the recipe",
                )
            # The moves become a part of the recipe, and so of the manifest and of a step's key.
            raw["definitions"][key]["judged"] = read_review(entry["file"], path)
    return recipe


def _parse(name: str, raw: dict[str, Any]) -> EditionRecipe:
    known = {"edition", "default", "files", "traded", "linkages", "definitions", "limits"}
    known |= {"stability"}
    _same(name, "", known, set(raw) - {"evaluation"})
    _same(name, "files.", set(ROLES), set(raw["files"]))
    _same(name, "limits.", set(Limits.__slots__), set(raw["limits"]))
    _same(name, "stability.", set(Stability.__slots__), set(raw["stability"]))
    sets = tuple(raw["stability"]["sets"])
    for unknown in sorted(set(sets) - set(raw["definitions"])):
        raise InputError(f"recipe {name}: stability.sets names {unknown!r}, no set of definitions")
    if raw["default"] not in raw["definitions"]:
        raise InputError(f"recipe {name}: default = {raw['default']!r} is none of its definitions")
    return EditionRecipe(
        raw["edition"],
        {role: _ref(name, role, text) for role, text in raw["files"].items()},
        raw["traded"],
        raw["linkages"],
        raw["definitions"],
        raw["default"],
        Limits(**raw["limits"]),
        Stability(**{**raw["stability"], "sets": sets}),
        raw,
        {key: _vintage(name, key, entry) for key, entry in raw.get("evaluation", {}).items()},
    )


def _vintage(name: str, key: str, entry: dict[str, Any]) -> VintageOf:
    where = f"evaluation.{key}."
    _same(name, where, {"title", "files", "linkages"}, set(entry))
    refs = {role: _ref(name, role, text) for role, text in entry["files"].items()}
    return VintageOf(entry["title"], refs, entry["linkages"])


def _same(name: str, where: str, want: set[str], have: set[str]) -> None:
    for what, entries in (("lacks", want - have), ("has the unknown entry", have - want)):
        if entries:
            entry = where + sorted(entries)[0]
            raise InputError(
                f"recipe {name} {what} {entry}",
                hint=f"entries: {', '.join(where + e for e in sorted(want))}",
            )


def _ref(name: str, role: str, text: Any) -> FileRef:
    source, _, vintage = str(text).rpartition(":")
    if not source or not vintage.isdigit():
        raise InputError(
            f"recipe {name}: files.{role} = {text!r} is not SOURCE:VINTAGE",
            hint='for example "cbp-msa:2019"; `clusteratlas sources list` names the sources',
        )
    return FileRef(source, int(vintage))
