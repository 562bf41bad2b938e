"""Definitions that a user supplies, to be compared with those of an edition. Never shipped."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.naming import cluster_id
from clusteratlas.editions.flow.recipe import SUPPLIED, EditionRecipe
from clusteratlas.errors import InputError

_TRADED = {"traded": True, "true": True, "1": True, "yes": True}
_LOCAL = {"local": False, "false": False, "0": False, "no": False}


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
    try:
        payload = path.read_bytes()
        lines = payload.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"definitions {path} cannot be read: {exc}") from exc
    reader = csv.DictReader(lines)
    have = set(reader.fieldnames or ())
    for column in ("naics", "cluster"):
        if column not in have:
            raise InputError(
                f"definitions {path.name} have no column {column!r}",
                hint="columns: naics, cluster, and if you like subcluster and traded",
            )
    kind = next((c for c in ("traded", "traded_local") if c in have), "")
    clusters: dict[str, str] = {}
    inside: dict[str, str] = {}
    seen: set[str] = set()
    for number, row in enumerate(reader, start=2):
        code, cluster = (row["naics"] or "").strip(), (row["cluster"] or "").strip()
        where = f"definitions {path.name}, line {number}"
        if len(code) != 6 or not code.isdigit():
            raise InputError(f"{where}: {code!r} is not a six-digit NAICS code")
        if code in seen:
            raise InputError(f"{where}: {code} came before", hint="one cluster for each industry")
        if not cluster:
            raise InputError(f"{where}: {code} has no cluster", hint="leave the row out")
        seen.add(code)
        if not kind or is_traded(where, row[kind]):
            clusters[code] = cluster
            inside[code] = (row.get("subcluster") or "").strip()
    if not clusters:
        raise InputError(f"definitions {path.name} class no traded industry")
    digest = hashlib.sha256(payload).hexdigest()
    return Supplied(cluster_id(path.stem), path.name, digest, len(payload), clusters, inside)


def is_traded(where: str, text: str | None) -> bool:
    """Read the word for traded (traded, true, 1, yes) or local (local, false, 0, no).

    Raises
    ------
    InputError
        If it is another word; ``where`` says in which line.
    """
    word = (text or "").strip().lower()
    found = (_TRADED | _LOCAL).get(word)
    if found is None:
        raise InputError(f"{where}: {word!r} is neither traded nor local")
    return found


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
                "publisher": "supplied by the user",
                "licence": "not known",
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
