"""Files as they were read: what a manifest keeps of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clusteratlas.loaders.source.declaration import Source
from clusteratlas.loaders.source.listing import sha256


@dataclass(frozen=True, slots=True)
class Provenance:
    """One file as it was read: the facts that a manifest keeps."""

    source: str
    vintage: int
    file: str
    sha256: str
    bytes: int

    @property
    def key(self) -> str:
        """For example ``cbp-msa-2019``."""
        return f"{self.source}-{self.vintage}"


def provenance(source: Source, path: Path, vintage: int) -> Provenance:
    """Digest a file."""
    return Provenance(source.id, vintage, path.name, sha256(path), path.stat().st_size)
