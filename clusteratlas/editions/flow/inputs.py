"""The publishers' files of a build: found, digested and read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from clusteratlas.editions.flow.recipe import PLACES_ONLY, EditionRecipe, FileRef
from clusteratlas.editions.flow.steps import Steps
from clusteratlas.errors import InputError
from clusteratlas.loaders.source.declaration import Provenance, Source, all_sources, provenance

Filter = Callable[[pd.DataFrame], pd.DataFrame]


class Inputs:
    """Files of a recipe below a folder.

    All files are looked for before any is read, so that a missing one is known at once.

    Raises
    ------
    SourceMissing
        If a file is not there.
    InputError
        If the recipe names a source or vintage that no loader declares.
    """

    def __init__(self, recipe: EditionRecipe, data: Path, steps: Steps) -> None:
        self.data = data
        self._steps = steps
        self._sources = all_sources()
        self.refs = recipe.files
        self._paths: dict[str, Path] = {}
        for role, ref in recipe.files.items():
            self._paths[role] = self._source(role, ref).find(data, ref.vintage)
        self._digests: dict[str, Provenance] = {}
        for role, ref in recipe.files.items():
            if ref.key not in self._digests:
                source = self._sources[ref.source]
                self._digests[ref.key] = provenance(source, self._paths[role], ref.vintage)

    def _source(self, role: str, ref: FileRef) -> Source:
        source = self._sources.get(ref.source)
        if source is None:
            raise InputError(
                f"the recipe's files.{role} names the unknown source {ref.source!r}",
                hint="`clusteratlas sources list` names them",
            )
        return source

    @property
    def keys(self) -> Mapping[str, str]:
        """Key of the source of each role, for example cbp-msa-2019."""
        return {role: ref.key for role, ref in self.refs.items()}

    def digest(self, role: str) -> str:
        """SHA-256 of a role's file."""
        return self._digests[self.refs[role].key].sha256

    def digests(self, *roles: str) -> dict[str, str]:
        """SHA-256 of several roles' files, as inputs of a step."""
        return {role: f"{self.refs[role].key} {self.digest(role)}" for role in roles}

    def frame(self, role: str, keep: Filter | None = None) -> pd.DataFrame:
        """Tidy table of a role's file; ``keep`` drops what the build never needs."""
        ref = self.refs[role]

        def load() -> dict[str, pd.DataFrame]:
            table = self._sources[ref.source].load(self._paths[role], ref.vintage)
            return {"table": table if keep is None else keep(table)}

        inputs = {"sha256": self.digest(role), "keep": keep.__name__ if keep else ""}
        layers = ("loaders",) if keep is None else ("loaders", "editions")
        return self._steps.run(f"read-{ref.key}", inputs, load, layers=layers)["table"]

    def table(self) -> pd.DataFrame:
        """Assemble the table ``sources``."""
        rows = []
        defining = {ref.key for role, ref in self.refs.items() if role not in PLACES_ONLY}
        for key, facts in sorted(self._digests.items()):
            source = self._sources[facts.source]
            rows.append(
                {
                    "key": key,
                    "source": source.id,
                    "title": source.title,
                    "publisher": source.publisher,
                    "licence": source.licence,
                    "homepage": source.homepage,
                    "url": source.address(facts.vintage),
                    "file": facts.file,
                    "vintage": facts.vintage,
                    "sha256": facts.sha256,
                    "bytes": facts.bytes,
                    "defining": key in defining,
                }
            )
        return pd.DataFrame(rows)
