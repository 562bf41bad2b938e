"""Files of a folder, and their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from clusteratlas.errors import SourceMissing


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def walk(folder: Path) -> Iterator[Path]:
    """All files below a folder, in a stable order."""
    if not folder.is_dir():
        raise SourceMissing(
            f"{folder} is not a folder", hint="--data takes the folder that holds the public files"
        )
    yield from sorted(p for p in folder.rglob("*") if p.is_file())
