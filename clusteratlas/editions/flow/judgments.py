"""What is judged on top of a derived set: moves, families and objections, each with its reason."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import Field

from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.editions.flow.checked import Declared, checked
from clusteratlas.errors import InputError
from clusteratlas.vocabulary.arrays import IntArray

METHOD = "review"
"""Method of a set that is another set with judged moves."""


@dataclass(frozen=True, slots=True)
class Judgment:
    """One judged move.

    Attributes
    ----------
    codes
        Industries that move together.
    to
        An industry of the cluster that they move to; None: they form a cluster of their own.
    reason
        Why, in one line.
    """

    codes: tuple[str, ...]
    to: str | None
    reason: str


Review = tuple[Judgment, ...]


class JudgedEntry(Declared):
    """One ``[[judged]]`` of a review file."""

    codes: list[str] = Field(min_length=1)
    with_: str | None = Field(default=None, alias="with")
    reason: str = Field(pattern=r"\S")


class ObjectionEntry(Declared):
    """What somebody would have otherwise, and what the review says to it."""

    naics: str = Field(pattern=r"^[0-9]{6}$")
    """Industry that it is about."""
    proposed: str = Field(pattern=r"\S")
    """Where it was said to belong, in words."""
    decision: Literal["changed", "kept", "refused"]
    """The set was changed; the industry was weighed and kept where it is; or the proposal is
    wrong."""
    with_: str | None = Field(default=None, alias="with", pattern=r"^[0-9]{6}$")
    """An industry of the cluster where it was said to belong."""
    reason: str = Field(pattern=r"\S")


class Hierarchy(Declared):
    """What is above clusters and between them, in the default set."""

    families: int = Field(ge=1)
    """Families that the tree of clusters is cut into, before judged moves."""
    second_margin: float = Field(ge=0)
    """A cluster is a second one of an industry that is so much less related to it, or less."""


@dataclass(frozen=True, slots=True)
class FamilyJudgment:
    """Clusters that were judged to be in one family.

    Attributes
    ----------
    id, name
        Of the family: one that the tree gives, or a new one.
    anchors
        One industry of each cluster that moves into it.
    reason
        Why, in one line.
    """

    id: str
    name: str
    anchors: tuple[str, ...]
    reason: str


class FamilyEntry(Declared):
    """One ``[[families]]`` of a review file."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(pattern=r"\S")
    with_: list[str] = Field(alias="with", min_length=1)
    reason: str = Field(pattern=r"\S")


class SubclusterEntry(Declared):
    """One ``[[subclusters]]`` of a review file."""

    name: str = Field(pattern=r"\S")
    codes: list[str] = Field(min_length=1)


class ReviewFile(Declared):
    """Entries of a review file."""

    judged: list[JudgedEntry] = Field(default_factory=list)
    objections: str | list[ObjectionEntry] = Field(default_factory=list)
    """CSV file beside it, or its rows."""
    families: list[FamilyEntry] = Field(default_factory=list)
    subclusters: list[SubclusterEntry] = Field(default_factory=list)


def read_review(name: str, recipe: Path | None = None) -> dict[str, list[dict[str, Any]]]:
    """Read the judgments of a review file.

    Parameters
    ----------
    name
        File beside the recipe; where there is none, the packaged file of that name.
    recipe
        The recipe's own file; None for the packaged one.

    Returns
    -------
    The entries as the file has them: ``judged`` moves, ``families``, ``subclusters``, and
    ``objections``, those of the file that it names.

    Raises
    ------
    InputError
        If the file cannot be read, or has an entry that it may not have.
    """
    try:
        raw = tomllib.loads(beside(name, recipe).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise InputError(f"review {name} cannot be read: {exc}") from exc
    checked(ReviewFile, raw, f"review {name}")
    found = {name: raw.get(name, []) for name in ReviewFile.model_fields}
    if isinstance(found["objections"], str):
        found["objections"] = read_objections(found["objections"], recipe)
    return found


def read_objections(name: str, recipe: Path | None = None) -> list[dict[str, Any]]:
    """Read a CSV file of objections: naics, proposed, decision, with (may be empty), reason.

    Raises
    ------
    InputError
        If the file cannot be read, or a row is not as it should be or is about the industry of
        another one.
    """
    try:
        with beside(name, recipe).open(encoding="utf-8", newline="") as handle:
            lines = list(csv.DictReader(handle))
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise InputError(f"objections {name} cannot be read: {exc}") from exc
    rows: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, start=2):
        row = {str(k): v for k, v in line.items() if v or k != "with"}
        one = checked(ObjectionEntry, row, f"objections {name}, line {number}")
        if one.naics in rows:
            raise InputError(f"objections {name}, line {number}: {one.naics} came before")
        rows[one.naics] = row
    return list(rows.values())


def beside(name: str, recipe: Path | None = None) -> Path:
    """Find a file that a recipe names: beside it, or among the packaged ones."""
    packaged = Path(str(files("clusteratlas.editions"))) / "recipes" / name
    near = packaged if recipe is None else recipe.parent / name
    return near if near.is_file() or not packaged.is_file() else packaged


def judgments(settings: Mapping[str, Any]) -> Review:
    """Parse the judged moves in a set's entry of a recipe.

    Raises
    ------
    InputError
        If one lacks its codes or its reason, or has an unknown entry.
    """
    found = checked(ReviewFile, {"judged": settings["judged"]}, f"review {settings['file']}")
    return tuple(Judgment(tuple(e.codes), e.with_, e.reason.strip()) for e in found.judged)


def objections_to(settings: Mapping[str, Any]) -> list[ObjectionEntry]:
    """Parse the objections in a set's entry of a recipe; a set without a review has none.

    Raises
    ------
    InputError
        If one is not as it should be.
    """
    if settings["method"] != METHOD:
        return []
    return [
        checked(ObjectionEntry, one, f"objections of {settings['file']}")
        for one in settings["objections"]
    ]


def moved_alike(judged: Review, codes: Sequence[str], groups: IntArray) -> IntArray:
    """Make the judged moves in another partition of the industries, one after the other.

    A move is of industries and to an industry, so that it can be made in any partition, also where
    a cluster of the reviewed set is in pieces. One that leads to the cluster where an industry is
    already changes nothing.

    Parameters
    ----------
    judged
        Moves, in order; their industries are among ``codes``.
    codes
        Industries.
    groups
        Number of each industry's cluster, in their order.

    Returns
    -------
    Number of each industry's cluster after the moves, from 0, largest first.
    """
    at = {code: i for i, code in enumerate(codes)}
    after = groups.copy()
    for judgment in judged:
        target = after.max() + 1 if judgment.to is None else after[at[judgment.to]]
        after[[at[code] for code in judgment.codes]] = target
    return ordered_labels(np.asarray(after))


def family_judgments(settings: Mapping[str, Any]) -> tuple[FamilyJudgment, ...]:
    """Parse the judged families in a set's entry of a recipe; a set without a review has none.

    Raises
    ------
    InputError
        If one lacks its id, name, anchors or reason, or has an unknown entry.
    """
    if settings["method"] != METHOD:
        return ()
    found = checked(
        ReviewFile, {"families": settings["families"]}, f"review {settings['file']}"
    ).families
    return tuple(FamilyJudgment(e.id, e.name, tuple(e.with_), e.reason.strip()) for e in found)


def judged_subclusters(settings: Mapping[str, Any]) -> dict[str, str]:
    """Parse the judged subclusters in a set's entry of a recipe; a set without a review has none.

    Returns
    -------
    Name of the subcluster, by industry.

    Raises
    ------
    InputError
        If one is not as it should be, or has an industry of another one.
    """
    if settings["method"] != METHOD:
        return {}
    names: dict[str, str] = {}
    found = checked(
        ReviewFile, {"subclusters": settings["subclusters"]}, f"review {settings['file']}"
    ).subclusters
    for one in found:
        for code in one.codes:
            if code in names:
                raise InputError(f"the review has {code} in two subclusters")
            names[code] = one.name
    return names
