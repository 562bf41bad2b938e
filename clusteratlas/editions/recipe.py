"""The recipe of an edition: which files, which parameters. Everything that a build may choose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from clusteratlas.editions.edition import SHIPPED
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
class Limits:
    """How much detail the tables keep."""

    ties: int
    """Strongest ties of each industry by combined relatedness."""
    flow_share: float
    """Sector flows with an input or output share of at least this."""
    occupation_share: float
    """Occupations with at least this share of an industry's or cluster's jobs."""


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
    raw: Mapping[str, Any]


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
    return _parse(name, raw)


def _parse(name: str, raw: dict[str, Any]) -> EditionRecipe:
    known = {"edition", "default", "files", "traded", "linkages", "definitions", "limits"}
    _same(name, "", known, set(raw))
    _same(name, "files.", set(ROLES), set(raw["files"]))
    _same(name, "limits.", set(Limits.__slots__), set(raw["limits"]))
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
        raw,
    )


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
