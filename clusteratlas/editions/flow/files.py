"""The publishers' files of a recipe: all found at once, each read when it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.around.files import COUNTIES, MEASURED, PLACES_ONLY, FileRef
from clusteratlas.editions.flow.cache import Cache, key_of
from clusteratlas.editions.flow.recipe import EditionRecipe
from clusteratlas.errors import InputError
from clusteratlas.loaders.economy.concordances import NAICS_CONCORDANCE, STEPS
from clusteratlas.loaders.source.declaration import Source, all_sources
from clusteratlas.loaders.source.provenance import Provenance, provenance
from clusteratlas.loaders.source.rows import notes_of

_OCCUPATIONS = "occupations_matrix"
_OTHER_CODES = (COUNTIES, MEASURED, _OCCUPATIONS)
"""Roles whose files may be of another NAICS than the edition."""

_SUBSECTORS = {
    2017: frozenset({"442", "443", "446", "447", "448", "451", "452", "453", "454", "511", "515"}),
    2022: frozenset({"449", "455", "456", "457", "458", "459", "513", "516"}),
}
"""Subsectors that only one of two neighboring NAICS has: what tells their files apart."""


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

    @cached_property
    def naics(self) -> int | None:
        """NAICS vintage of its codes; None if it has none.

        Business patterns go over to a new NAICS some years late, in a year that is not known
        before: from the year of the new one on their codes decide.
        """
        declared = self.source.naics(self.vintage)
        newer = next((late for late, early in STEPS.items() if early == declared), None)
        if newer is None or self.vintage < newer:
            return declared
        codes = self.table[self.source.naics_column].dropna().unique()
        subsectors = {str(code)[:3] for code in codes}
        only = _SUBSECTORS.get(newer, frozenset())
        gone = _SUBSECTORS.get(declared or 0, frozenset())
        return newer if subsectors & only and not subsectors & gone else declared

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
        self._files: dict[FileRef, DataFile] = {}
        self._find(named, data)
        later = [self.later_bridge(ref) for ref in _other_codes(recipe)]
        self._find([("files.bridge", ref) for ref in later if ref], data)

    def _find(self, named: Iterable[tuple[str, FileRef]], data: Path) -> None:
        paths = {ref: self._source(where, ref).find(data, ref.vintage) for where, ref in named}
        self._files |= {ref: self._file(ref, path) for ref, path in paths.items()}

    def later_bridge(self, ref: FileRef) -> FileRef | None:
        """Concordance after ``files.bridge`` that a file needs; see :func:`later_bridge`."""
        return later_bridge(self._recipe, self._files[ref].naics)

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
        first = {recipe.files[r] for r in _OTHER_CODES if r not in PLACES_ONLY}
        every = {ref for role in _OTHER_CODES for ref in recipe.years.get(role, ())}
        for ref in _other_codes(recipe):
            later = self.later_bridge(ref)
            keys = {later.key} if later else set()
            defining |= keys if ref in first else set()
            own |= keys if ref in every else set()
        return [
            file.row(defining=file.key in defining)
            for file in sorted(self._files.values(), key=lambda f: f.key)
            if evaluation or file.key in own
        ]


def _other_codes(recipe: EditionRecipe) -> list[FileRef]:
    """Give the files of counties and of occupations: they may be of another NAICS."""
    named = [ref for role in _OTHER_CODES for ref in recipe.years.get(role, ())]
    for one in recipe.evaluation.values():
        named += [one.files[role] for role in _OTHER_CODES if role in one.files]
    return named


def later_bridge(recipe: EditionRecipe, naics: int | None) -> FileRef | None:
    """Concordance after ``files.bridge``, where a file or the edition is of a later NAICS.

    No recipe names it: by the vintages it can only be this one.
    """
    last = recipe.files["bridge"].vintage
    if max(naics or 0, recipe.files["naics"].vintage) <= last:
        return None
    later = [late for late, early in STEPS.items() if early == last]
    return FileRef(NAICS_CONCORDANCE.id, later[0]) if later else None


def same_naics(file: DataFile, other: DataFile) -> pd.DataFrame:
    """Table of a file whose codes must be of the NAICS of another one.

    Raises
    ------
    InputError
        If they are not.
    """
    if file.naics != other.naics:
        raise InputError(
            f"{file.key} has codes of NAICS {file.naics}, {other.key} of NAICS {other.naics}",
            hint="name files of years with codes of one NAICS in the recipe",
        )
    return file.table
