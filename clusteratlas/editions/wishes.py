"""What a user adds to an edition: light, so that a store that has it is found at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clusteratlas.errors import InputError
from clusteratlas.version import __version__
from clusteratlas.vocabulary.tables.regions import RANKED_AMONG

if TYPE_CHECKING:
    from clusteratlas.editions.store.edition import Edition


@dataclass(frozen=True)
class Wishes:
    """What a user adds to an edition."""

    region_files: tuple[Path, ...] = ()
    rank_among: str = RANKED_AMONG[0]
    """Regions that custom ones are ranked among."""
    cluster_files: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is added."""
        return bool(self.region_files or self.cluster_files)

    @property
    def words(self) -> str:
        """What is added, for messages."""
        regions, clusters = bool(self.region_files), bool(self.cluster_files)
        return " and ".join(["regions"] * regions + ["clusters"] * clusters)

    def digest(self, edition: Edition) -> str:
        """Give a digest of the edition, of the files and of the version that reads them.

        Raises
        ------
        InputError
            If a file cannot be read.
        """
        parts = [edition.digest, __version__, self.rank_among]
        for what, path in [
            *(("", path) for path in self.region_files),
            *(("clusters ", path) for path in self.cluster_files),
        ]:
            try:
                parts.append(f"{what}{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
            except OSError as exc:
                raise InputError(f"{path} cannot be read: {exc.strerror or exc}") from exc
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
