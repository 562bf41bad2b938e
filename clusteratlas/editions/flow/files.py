"""The publishers' files of a recipe: all found at once, each read when it is needed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.flow.cache import Cache, key_of
from clusteratlas.editions.flow.recipe import PLACES_ONLY, EditionRecipe, FileRef
from clusteratlas.errors import InputError
from clusteratlas.loaders.economy.concordances import NAICS_CONCORDANCE, STEPS
from clusteratlas.loaders.source.declaration import (
    Provenance,
    Source,
    all_sources,
    provenance,
)
from clusteratlas.loaders.source.rows import notes_of

_COUNTIES = "county_employment"
_OCCUPATIONS = "occupations_matrix"
_OTHER_CODES = (_COUNTIES, _OCCUPATIONS)
"""Roles whose files may be of another NAICS than the edition."""


class DataFile:
    """One file of a publisher.

    Parameters
    ----------
    source
        What it is a file of.
    path
        Where it is.
    facts
        Its vintage, digest and size.
    cache
        Keeps its tidy table.
    """

    def __init__(self, source: Source, path: Path, facts: Provenance, cache: Cache) -> None:
        self.source = source
        self.facts = facts
        self._path = path
        self._cache = cache
        self._notes: list[str] | None = None

    @property
    def key(self) -> str:
        """Key among the sources of an edition, for example ``cbp-msa-2019``."""
        return self.facts.key

    @property
    def vintage(self) -> int:
        """Year that the file describes or was issued for."""
        return self.facts.vintage

    @property
    def naics(self) -> int | None:
        """NAICS vintage of its codes; None if it has none."""
        return self.source.naics(self.vintage)

    @property
    def digest(self) -> str:
        """Key and SHA-256, by which steps know the file."""
        return f"{self.key} {self.facts.sha256}"

    @cached_property
    def table(self) -> pd.DataFrame:
        """Tidy table, read once and kept."""
        found: pd.DataFrame = self._cache.get(
            f"read-{self.key}", key_of([self.key, self.facts.sha256], ("loaders",)), self.read
        )
        return found

    def read(self) -> pd.DataFrame:
        """Read the tidy table, and keep no more than the notes: of some files little is needed."""
        frame = self.source.load(self._path, self.vintage)
        self._notes = notes_of(frame)
        if not self._cache.has(self._notes_key):
            self._cache.keep(self._notes_label, self._notes_key, self._notes)
        return frame

    @property
    def notes(self) -> list[str]:
        """What a user should know of the file, each in one line.

        They are kept beside the table, so that a file is not read again for them.
        """
        if self._notes is not None:
            return self._notes
        found: list[str] = self._cache.get(
            self._notes_label,
            self._notes_key,
            lambda: notes_of(self.source.load(self._path, self.vintage)),
        )
        self._notes = found
        return found

    @property
    def _notes_label(self) -> str:
        return f"notes-{self.key}"

    @property
    def _notes_key(self) -> str:
        return key_of(["notes", self.key, self.facts.sha256], ("loaders",))

    def row(self, *, defining: bool) -> dict[str, Any]:
        """Row of the table ``sources``."""
        return {
            "key": self.key,
            "source": self.source.id,
            "title": self.source.title,
            "publisher": self.source.publisher,
            "licence": self.source.licence,
            "homepage": self.source.homepage,
            "url": self.source.address(self.vintage),
            "file": self.facts.file,
            "vintage": self.vintage,
            "sha256": self.facts.sha256,
            "bytes": self.facts.bytes,
            "defining": defining,
        }


class RecipeFiles:
    """Every file that a recipe names, below one folder.

    All are looked for before any is read, so that a missing one is known at once.

    Raises
    ------
    SourceMissing
        If a file is not there.
    InputError
        If the recipe names a source that no loader declares.
    """

    def __init__(self, recipe: EditionRecipe, data: Path, cache: Cache) -> None:
        self._cache = cache
        self._sources = all_sources()
        self._recipe = recipe
        named = [(f"files.{role}", ref) for role, refs in recipe.years.items() for ref in refs]
        for name, one in recipe.evaluation.items():
            named += [(f"evaluation.{name}.files.{r}", ref) for r, ref in one.files.items()]
        named += [("files.bridge", ref) for ref in bridges_back(recipe).values()]
        paths = {ref: self._source(where, ref).find(data, ref.vintage) for where, ref in named}
        self._files = {ref: self._file(ref, path) for ref, path in paths.items()}

    def __getitem__(self, ref: FileRef) -> DataFile:
        return self._files[ref]

    def _source(self, where: str, ref: FileRef) -> Source:
        source = self._sources.get(ref.source)
        if source is None:
            raise InputError(
                f"the recipe's {where} names the unknown source {ref.source!r}",
                hint="`clusteratlas sources list` names them",
            )
        return source

    def _file(self, ref: FileRef, path: Path) -> DataFile:
        source = self._sources[ref.source]
        return DataFile(source, path, provenance(source, path, ref.vintage), self._cache)

    def notes(self) -> list[dict[str, str]]:
        """List the notes on all files, by key: file and note."""
        files = sorted(self._files.values(), key=lambda f: f.key)
        return [{"file": file.key, "note": note} for file in files for note in file.notes]

    @property
    def digest(self) -> str:
        """Digests of all files."""
        return " ".join(sorted(file.digest for file in self._files.values()))

    def rows(self, *, evaluation: bool) -> list[dict[str, Any]]:
        """Rows of the table ``sources``, by key.

        Parameters
        ----------
        evaluation
            Also of the files on which definitions are only tried.
        """
        recipe = self._recipe
        defining = {ref.key for role, ref in recipe.files.items() if role not in PLACES_ONLY}
        own = {ref.key for refs in recipe.years.values() for ref in refs}
        for ref, back in bridges_back(recipe).items():
            defining |= {back.key} if ref in {recipe.files[r] for r in _OTHER_CODES} else set()
            own |= (
                {back.key} if ref in {r for o in _OTHER_CODES for r in recipe.years[o]} else set()
            )
        return [
            file.row(defining=file.key in defining)
            for file in sorted(self._files.values(), key=lambda f: f.key)
            if evaluation or file.key in own
        ]


def bridges_back(recipe: EditionRecipe) -> dict[FileRef, FileRef]:
    """Concordance back to the edition's NAICS, for each file that is in the next one.

    Files of counties and of occupations may be.

    No recipe names it: by the two vintages it can only be this one.
    """
    sources = all_sources()
    edition = recipe.files["naics"].vintage
    named = [ref for role in _OTHER_CODES for ref in recipe.years[role]]
    for one in recipe.evaluation.values():
        named += [one.files[role] for role in _OTHER_CODES if role in one.files]
    found = {}
    for ref in named:
        source = sources.get(ref.source)
        vintage = source.naics(ref.vintage) if source else None
        if vintage and STEPS.get(vintage) == edition:
            found[ref] = FileRef(NAICS_CONCORDANCE.id, vintage)
    return found


def in_naics(file: DataFile, edition: DataFile) -> pd.DataFrame:
    """Table of a file whose codes must be of the edition's NAICS.

    Raises
    ------
    InputError
        If they are of another one.
    """
    if file.naics != edition.vintage:
        raise InputError(
            f"{file.key} has codes of NAICS {file.naics}, the edition of NAICS {edition.vintage}",
            hint="name a file of years with the edition's codes in the recipe",
        )
    return file.table
