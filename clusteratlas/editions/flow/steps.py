"""Steps of a build, kept between runs: a step whose inputs have not changed is not redone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from clusteratlas.progress import Progress, Silent

Frames = dict[str, pd.DataFrame]

LAYERS = ("loaders", "analysis", "editions")
"""Sub-packages that compute an edition."""


class Steps:
    """Run named steps, reusing what an earlier run kept.

    Parameters
    ----------
    cache
        Folder of the kept results, or None to keep nothing.
    progress
        Told of each step.

    Notes
    -----
    The key of a step is a digest of its name, its inputs and the source text of the sub-packages
    that compute it, so a change of code or data is never answered with an old result. A result is
    written beside its place and renamed, so an interrupted step leaves nothing that could be taken
    for whole.
    """

    def __init__(self, cache: Path | None, progress: Progress | None = None) -> None:
        self._cache = cache
        self._progress = progress or Silent()
        self._code: dict[str, str] = {}
        self.reused: list[str] = []
        self.computed: list[str] = []

    def run(
        self,
        name: str,
        inputs: Mapping[str, Any],
        compute: Callable[[], Frames],
        *,
        layers: Sequence[str] = LAYERS,
    ) -> Frames:
        """Give the frames of a step, computed now or kept from an earlier run.

        Parameters
        ----------
        name
            Name of the step: letters, digits and hyphens.
        inputs
            Everything that the result depends on: digests of files, parameters.
        compute
            Computes the frames.
        layers
            Sub-packages whose source text the result depends on.
        """
        self._progress.start(name)
        key = self._key(name, inputs, layers)
        folder = None if self._cache is None else self._cache / f"{name}-{key}"
        if folder is not None and folder.is_dir():
            frames = {p.stem: _read(p) for p in sorted(folder.glob("*.parquet"))}
            self.reused.append(name)
            self._progress.finish("reused")
            return frames
        frames = compute()
        if folder is not None:
            self._keep(folder, name, frames)
        self.computed.append(name)
        self._progress.finish(f"{sum(len(f) for f in frames.values()):,} rows")
        return frames

    def _key(self, name: str, inputs: Mapping[str, Any], layers: Sequence[str]) -> str:
        code = [self._code.setdefault(layer, code_digest(layer)) for layer in layers]
        text = json.dumps([name, code, inputs], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def _keep(self, folder: Path, name: str, frames: Frames) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = folder.with_name(f".{folder.name}.{os.getpid()}")
        building.mkdir()
        try:
            for key, frame in frames.items():
                table = pa.Table.from_pandas(frame, preserve_index=False)
                pq.write_table(table, building / f"{key}.parquet", compression="lz4")
            if not folder.exists():
                building.replace(folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        # One kept result a step: the results of older inputs would only fill the disk.
        for old in folder.parent.glob(f"{name}-*"):
            if old != folder and len(old.name) == len(folder.name):
                shutil.rmtree(old, ignore_errors=True)


def _read(path: Path) -> pd.DataFrame:
    frame: pd.DataFrame = pq.read_table(path).to_pandas()
    return frame


def code_digest(layer: str) -> str:
    """SHA-256 of the source text of one sub-package."""
    digest = hashlib.sha256()
    root = Path(str(files("clusteratlas"))) / layer
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
