"""The recipe of an edition: which files, which parameters. Everything that a build may choose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.editions.around.files import (
    COUNTIES,
    MEASURED,
    ROLES,
    SURVEY,
    FileRef,
    Files,
    ref_of,
)
from clusteratlas.editions.flow.checked import Declared, checked
from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.editions.flow.judgments import Hierarchy, ReviewFile, beside, read_review
from clusteratlas.editions.store.edition import SHIPPED
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.loaders.source.csv_rows import wrong

NAICS = "naics"
"""Method of the baselines: industries grouped by the first digits of their code."""

SUPPLIED = "supplied"
"""Method of a set that was not derived but read from a user's file."""

BASE = "base"
"""Entry that names another recipe, whose entries hold where this one has none."""

Areas = Literal["state", "cbsa", "ea", "county"]
"""Sets of areas over which co-location can be measured."""


class Limits(Declared):
    """How much detail the tables keep."""

    ties: int
    """Strongest ties of each industry by combined relatedness."""
    flow_share: float
    """Sector flows with an input or output share of at least this."""
    occupation_share: float
    """Occupations with at least this share of an industry's or cluster's jobs."""
    small_years: int = Field(ge=0)
    """Latest years of which counties and micropolitan areas keep their measures: theirs are most of
    an edition."""


class AnchorYear(Declared):
    """What bounds the counties of the year in which metropolitan areas are published."""

    dropped_areas: bool = False
    """Areas that the delineation no longer has bound their counties as well."""


class Stability(Declared):
    """How the stability of the sets is measured: by deriving them again on resampled areas."""

    sets: list[str]
    """Sets that it is measured for."""
    runs: int = Field(gt=0)
    seed: int
    trials: int = Field(gt=0)
    """Runs of the clustering function in each, of which the best is kept."""


class AreaSets(Declared):
    """Area set of each co-location measure."""

    lc_emp: Areas
    lc_est: Areas
    coi: Areas


class InputOutput(Declared):
    """Which flows of the input-output accounts say nothing about who supplies whom.

    See :func:`clusteratlas.analysis.linkages.input_output.io_links`. Without an entry all of them
    speak. Vintages take the same choices.
    """

    masked: list[str] = Field(default_factory=list)
    """First digits of sectors whose links are unknown, for example "42" and "55"."""
    floor: float = Field(default=0.0, ge=0, lt=1)
    """Smallest flow that counts, as a share of the smaller sector's output."""
    own_trade: bool = True
    """Whether two industries of one sector take the share that it trades with itself."""


class VintageOf(Declared):
    """Other files and areas for the same linkages, on which definitions are tried out."""

    title: str
    files: dict[str, Annotated[FileRef, BeforeValidator(ref_of)]]
    """Files in place of the recipe's, and those of :data:`SURVEY`."""
    linkages: AreaSets
    without: list[Literal["io_imports"]] = Field(default_factory=list)
    """Files of the recipe that there are none of for this vintage."""

    @model_validator(mode="after")
    def _known_roles(self) -> VintageOf:
        roles = (*ROLES, *SURVEY)
        for role in self.files:
            if role not in roles:
                raise wrong(f"has the unknown entry files.{role}", f"roles: {', '.join(roles)}")
        lacking = [role for role in SURVEY if role not in self.files]
        if 0 < len(lacking) < len(SURVEY):
            raise wrong(
                f"lacks the entry files.{lacking[0]}",
                f"an older survey needs all of {', '.join(SURVEY)}",
            )
        return self


class Exceptions(Declared):
    """Industries whose kind was judged against their score."""

    kind: Literal["traded", "local", "unplaced"]
    reason: str
    codes: list[str]


class TradedRule(Declared):
    """Two of three tests of geography, and the judged exceptions."""

    areas: Areas
    c50: float
    s5: float
    gini: float
    smallest_area: float
    top: int
    judged: list[Exceptions]


class DerivedSet(Declared, extra="allow"):
    """A set that a method derives from the linkages; entries are those of :class:`Recipe`."""

    title: str
    method: str

    @model_validator(mode="after")
    def _a_whole_recipe(self) -> DerivedSet:
        try:
            Recipe.from_dict({"method": self.method, **(self.model_extra or {})})
        except AnalysisError as exc:
            raise wrong(f"is wrong: {exc.message}", exc.hint) from exc
        return self


class NaicsSet(Declared):
    """A baseline."""

    title: str
    method: Literal["naics"]
    digits: int = Field(ge=2, le=6)


class ReviewedSet(ReviewFile):
    """A derived set with judgments."""

    title: str
    method: Literal["review"]
    of: str
    """The set under review."""
    file: str
    """The review file beside the recipe."""


class EarlierSet(Declared):
    """The set of an earlier edition, as it was: to be compared with, never derived again."""

    title: str
    method: Literal["supplied"]
    file: str
    """CSV file beside the recipe, in the form of a user's own definitions."""


def _kind(entry: Any) -> str:
    method = entry.get("method") if isinstance(entry, Mapping) else None
    tags = {NAICS: "=naics", REVIEW: "=review", SUPPLIED: "=earlier"}
    return tags.get(str(method), "=derived")


SetEntry = Annotated[
    Annotated[DerivedSet, Tag("=derived")]
    | Annotated[NaicsSet, Tag("=naics")]
    | Annotated[ReviewedSet, Tag("=review")]
    | Annotated[EarlierSet, Tag("=earlier")],
    Discriminator(_kind),
]


class RecipeFile(Declared):
    """Entries of a recipe file."""

    edition: str
    default: str
    files: Files
    traded: TradedRule
    linkages: AreaSets
    definitions: dict[str, SetEntry]
    limits: Limits
    hierarchy: Hierarchy
    stability: Stability
    anchor: AnchorYear = Field(default_factory=AnchorYear)
    io: InputOutput = Field(default_factory=InputOutput)
    evaluation: dict[str, VintageOf] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_sets(self) -> RecipeFile:
        for name in sorted(set(self.stability.sets) - set(self.definitions)):
            raise wrong(f"stability.sets names {name!r}, no set of definitions")
        if self.default not in self.definitions:
            raise wrong(f"default = {self.default!r} is none of its definitions")
        for name, entry in self.definitions.items():
            if isinstance(entry, ReviewedSet):
                of = self.definitions.get(entry.of)
                if not isinstance(of, DerivedSet):
                    raise wrong(
                        f"definitions.{name} reviews {entry.of!r}, no derived set",
                        "of = the reviewed set, file = the review file beside the recipe",
                    )
        return self


def _on_top(raw: Mapping[str, Any], path: Path | None) -> dict[str, Any]:
    """Put the entries of a recipe on top of those of the recipe that it names as its base."""
    name = str(raw[BASE])
    try:
        base = tomllib.loads(beside(f"{name}.toml", path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise InputError(f"the base {name!r} of the recipe cannot be read: {exc}") from exc
    if BASE in base:
        raise InputError(f"the base {name!r} of the recipe has a base itself")
    for key, value in raw.items():
        if isinstance(value, Mapping) and isinstance(base.get(key), Mapping):
            base[key] = {**base[key], **value}
        elif key != BASE:
            base[key] = value
    return base


@dataclass(frozen=True)
class EditionRecipe:
    """Parsed recipe."""

    key: str
    files: Mapping[str, FileRef]
    """The file of each role; of several years the first."""
    years: Mapping[str, tuple[FileRef, ...]]
    """All files of each role."""
    traded: Mapping[str, Any]
    linkages: Mapping[str, str]
    definitions: Mapping[str, Mapping[str, Any]]
    """Entries of each set as the file has them; a reviewed set has its judgments too."""
    default: str
    limits: Limits
    hierarchy: Hierarchy
    stability: Stability
    raw: Mapping[str, Any]
    """The file as it was, with the judgments of its reviews, for the manifest."""
    evaluation: Mapping[str, VintageOf] = field(default_factory=dict)
    earlier: Mapping[str, Path] = field(default_factory=dict)
    """Files of the sets of earlier editions, by set."""
    io: InputOutput = field(default_factory=InputOutput)
    anchor: AnchorYear = field(default_factory=AnchorYear)

    @property
    def measured(self) -> tuple[FileRef, ...]:
        """Files of the counties in whose years regions are measured, the latest first."""
        return self.years.get(MEASURED) or self.years[COUNTIES]


def read_recipe(path: Path | None = None) -> EditionRecipe:
    """Read a recipe file, or a packaged recipe by its name; None gives the shipped edition's.

    Raises
    ------
    InputError
        If the file cannot be read, is not TOML, or lacks or misnames an entry.
    """
    packaged = beside(f"{SHIPPED if path is None else path.name}.toml")
    if path is None or (not path.exists() and packaged.is_file()):
        path = packaged
    name = path.name if path == packaged else str(path)
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"recipe {name} cannot be read: {exc}") from exc
    except tomllib.TOMLDecodeError as exc:
        raise InputError(f"recipe {name} is not TOML: {exc}") from exc
    if BASE in raw:
        raw = _on_top(raw, path)
    found = checked(RecipeFile, raw, f"recipe {name}")
    for key, entry in found.definitions.items():
        if isinstance(entry, ReviewedSet):
            # Judgments become a part of the recipe, and so of the manifest and of a step's key.
            raw["definitions"][key].update(read_review(entry.file, path))
    years = {r: refs for r in ROLES if (refs := getattr(found.files, r)) is not None}
    return EditionRecipe(
        key=found.edition,
        files={role: refs[0] for role, refs in years.items()},
        years=years,
        traded=raw["traded"],
        linkages=raw["linkages"],
        definitions=raw["definitions"],
        default=found.default,
        limits=found.limits,
        hierarchy=found.hierarchy,
        stability=found.stability,
        raw=raw,
        evaluation=found.evaluation,
        io=found.io,
        anchor=found.anchor,
        earlier={
            key: beside(entry.file, path)
            for key, entry in found.definitions.items()
            if isinstance(entry, EarlierSet)
        },
    )
