"""Definitions that a user supplies, to be compared with those of an edition. Never shipped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pandas as pd
from pydantic import ValidationInfo, field_validator

from clusteratlas.analysis.clustering.naming import cluster_id
from clusteratlas.editions.flow.recipe import SUPPLIED, EditionRecipe
from clusteratlas.errors import InputError
from clusteratlas.loaders.source.csv_rows import (
    CsvRow,
    Mistake,
    of_form,
    read_lines,
    refuse_rows,
    wrong,
)

_WORDS = {
    **dict.fromkeys(("traded", "true", "1", "yes"), True),
    **dict.fromkeys(("local", "false", "0", "no"), False),
}


def is_traded(word: str) -> bool:
    """Read the word for traded (traded, true, 1, yes) or local (local, false, 0, no)."""
    found = _WORDS.get(word.lower())
    if found is None:
        raise wrong(f"{word!r} is neither traded nor local", "say traded or local, true or false")
    return found


class ClusterLine(CsvRow):
    """A row that puts an industry into a cluster; one without a code or a cluster says nothing."""

    other_names: ClassVar[Mapping[str, str]] = {"traded_local": "traded"}
    other_columns = True
    naics: str
    cluster: str
    traded: bool | None = None
    """None where the file does not say."""

    @field_validator("traded", mode="before")
    @classmethod
    def _word(cls, word: str, info: ValidationInfo) -> bool | None:
        return is_traded(word) if info.data.get("naics") else None


class DefinitionLine(ClusterLine):
    """A row of a set of definitions of one's own."""

    naics: Annotated[str, of_form(r"[0-9]{6}", "{value} is not a six-digit NAICS code", empty=True)]
    subcluster: str = ""

    @field_validator("cluster")
    @classmethod
    def _named(cls, cluster: str, info: ValidationInfo) -> str:
        if not cluster:
            code = info.data.get("naics", "the row")
            raise wrong(f"{code} has no cluster", "leave the row out")
        return cluster


@dataclass(frozen=True)
class Supplied:
    """One set as its file has it, traded industries only.

    Attributes
    ----------
    name
        Short name, from the name of the file.
    file, sha256, bytes
        The file.
    clusters, subclusters
        Name of the cluster of each six-digit industry, and of its subcluster ("" where none).
    """

    name: str
    file: str
    sha256: str
    bytes: int
    clusters: Mapping[str, str]
    subclusters: Mapping[str, str]
    publisher: str = "supplied by the user"
    licence: str = "not known"

    @property
    def settings(self) -> dict[str, Any]:
        """Entry of the set among the definitions of a recipe."""
        return {
            "title": f"Supplied: {self.file}",
            "method": SUPPLIED,
            "file": self.file,
            "sha256": self.sha256,
        }

    @property
    def source(self) -> str:
        """Key of the file among the sources."""
        return f"supplied-{self.name}"


def read_definitions(path: Path) -> Supplied:
    """Read a CSV file of definitions.

    Columns ``naics`` (six digits) and ``cluster``; optional ``subcluster``, and ``traded`` or
    ``traded_local`` (traded or local, true or false). Other columns are passed over, and so are
    rows of local industries: local clusters of an edition do not depend on the set.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column or has no traded row, or a row has no six-digit
        code, no cluster, an unknown word for traded, or a code that came before.
    """
    name = f"definitions {path.name}"
    rows = read_lines(path, DefinitionLine, name=name)
    lines: dict[str, int] = {}
    again = [
        Mistake(line, f"{row.naics} came before, in line {first}", "one cluster for each industry")
        for line, row in rows
        if (first := lines.setdefault(row.naics, line)) != line
    ]
    refuse_rows(name, again)
    traded = [row for _, row in rows if row.traded is not False]
    if not traded:
        raise InputError(f"{name} class no traded industry")
    payload = path.read_bytes()
    digest = hashlib.sha256(payload).hexdigest()
    clusters = {row.naics: row.cluster for row in traded}
    inside = {row.naics: row.subcluster for row in traded}
    return Supplied(cluster_id(path.stem), path.name, digest, len(payload), clusters, inside)


def read_earlier(recipe: EditionRecipe) -> list[Supplied]:
    """Read the sets of earlier editions that a recipe names."""
    return [
        replace(read_definitions(path), name=name, publisher="clusteratlas", licence="Apache-2.0")
        for name, path in recipe.earlier.items()
    ]


def with_supplied(recipe: EditionRecipe, supplied: Sequence[Supplied]) -> EditionRecipe:
    """Add a user's sets to a recipe.

    Raises
    ------
    InputError
        If a set has the name of another one.
    """
    definitions = dict(recipe.definitions)
    for one in supplied:
        if one.name in definitions:
            raise InputError(
                f"definitions {one.file}: there is a set {one.name!r} already",
                hint="rename the file",
            )
        definitions[one.name] = one.settings
    raw = {**recipe.raw, "definitions": definitions}
    return replace(recipe, definitions=definitions, raw=raw)


def user_set_rows(supplied: Iterable[Supplied], vintage: int) -> pd.DataFrame:
    """Rows of table ``sources`` for a user's sets; their vintage is that of the edition's NAICS."""
    return pd.DataFrame(
        [
            {
                "key": one.source,
                "source": "supplied",
                "title": f"Definitions of {one.file}",
                "publisher": one.publisher,
                "licence": one.licence,
                "homepage": "",
                "url": None,
                "file": one.file,
                "vintage": vintage,
                "sha256": one.sha256,
                "bytes": one.bytes,
                "defining": False,
            }
            for one in supplied
        ]
    )
