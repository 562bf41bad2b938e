"""Results kept between runs: what was computed from the same code and inputs is not redone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.flow.codec import read_value, write_value
from clusteratlas.editions.flow.step import LAYERS
from clusteratlas.progress import Progress, Silent

_KEY = 20
"""Hexadecimal digits of a key."""


class Cache:
    """Results of computations by key, in a folder or nowhere.

    Parameters
    ----------
    folder
        Folder of the kept results, or None to keep nothing.
    progress
        Told of each result that is computed or found.

    Notes
    -----
    A result is written beside its place and renamed, so an interrupted computation leaves nothing
    that could be taken for whole.
    """

    def __init__(self, folder: Path | None, progress: Progress | None = None) -> None:
        self._folder = folder
        self._progress = progress or Silent()
        self.reused: list[str] = []
        self.computed: list[str] = []

    def get(self, label: str, key: str, compute: Callable[[], Any]) -> Any:
        """Give a result, computed now or kept from an earlier run.

        Parameters
        ----------
        label
            What it is called: letters, digits, hyphens, underscores, dots. Of one label only the
            latest result is kept.
        key
            As :func:`key_of` gives it.
        """
        self._progress.start(label)
        known = self._find(key)
        if known is not None:
            value = read_value(known)
            self.reused.append(label)
            self._progress.finish("reused")
            return value
        value = compute()
        if self._folder is not None:
            self._keep(self._folder, label, key, value)
        self.computed.append(label)
        self._progress.finish(_size(value))
        return value

    def has(self, key: str) -> bool:
        """Whether a result is kept from an earlier run."""
        return self._find(key) is not None

    def _find(self, key: str) -> Path | None:
        if self._folder is None or not self._folder.is_dir():
            return None
        return next(iter(sorted(self._folder.glob(f"[!.]*-{key}"))), None)

    def _keep(self, parent: Path, label: str, key: str, value: Any) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        folder = parent / f"{label}-{key}"
        building = parent / f".{folder.name}.{os.getpid()}"
        building.mkdir()
        try:
            write_value(value, building)
            if not folder.exists():
                building.replace(folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        # The results of older inputs would only fill the disk.
        for old in parent.glob(f"{label}-{'?' * _KEY}"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)


def key_of(inputs: Any, layers: Sequence[str] = LAYERS) -> str:
    """Digest of everything that a result depends on, and of the code that computes it.

    Parameters
    ----------
    inputs
        Names, parameters and digests, as JSON would have them.
    layers
        Sub-packages whose source text counts: a change of code is never answered with an old
        result.
    """
    code = [_code_digest(layer) for layer in layers]
    text = json.dumps([code, inputs], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY]


@cache
def _code_digest(layer: str) -> str:
    """SHA-256 of the source text and the lists of one sub-package."""
    digest = hashlib.sha256()
    root = Path(str(files("clusteratlas"))) / layer
    for path in sorted(p for p in root.rglob("*") if p.suffix in {".py", ".csv"}):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _size(value: Any) -> str:
    if isinstance(value, pd.DataFrame):
        return f"{len(value):,} rows"
    return ""
