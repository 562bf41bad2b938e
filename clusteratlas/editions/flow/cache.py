"""Results kept between runs: what was computed from the same code and inputs is not redone."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from clusteratlas.progress import Progress, Silent

LAYERS = ("vocabulary", "loaders", "analysis", "editions")
"""Sub-packages that compute an edition; a kept result is of the source text of these."""

INDEX = "value.json"
"""File that says how a result is put together."""

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
        self.progress: Progress = progress or Silent()
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
        self.progress.start(label)
        if self.has(key):
            value = self.read(label, key)
            self.progress.finish("reused")
            return value
        value = compute()
        self.keep(label, key, value)
        self.progress.finish(_size(value))
        return value

    def has(self, key: str) -> bool:
        """Whether a result is kept from an earlier run."""
        return self._find(key) is not None

    def read(self, label: str, key: str) -> Any:
        """Read a result that is kept from an earlier run.

        Raises
        ------
        KeyError
            If there is none: see :meth:`has`.
        """
        known = self._find(key)
        if known is None:
            raise KeyError(f"{label}-{key}")
        value = read_value(known)
        self.reused.append(label)
        return value

    def keep(self, label: str, key: str, value: Any) -> None:
        """Keep a result that was computed elsewhere, as :meth:`get` does; nowhere if nowhere."""
        if self._folder is not None:
            self._write(self._folder, label, key, value)
        self.computed.append(label)

    def _find(self, key: str) -> Path | None:
        if self._folder is None or not self._folder.is_dir():
            return None
        return next(iter(sorted(self._folder.glob(f"[!.]*-{key}"))), None)

    def _write(self, parent: Path, label: str, key: str, value: Any) -> None:
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
        Sub-packages whose source text counts, or folders of them (``analysis/cells``): a change of
        code is never answered with an old result.

    Raises
    ------
    ValueError
        If a layer is no folder of the package.
    """
    code = [_code_digest(layer) for layer in layers]
    text = json.dumps([code, inputs], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY]


@cache
def _code_digest(layer: str) -> str:
    """SHA-256 of the source text and the lists of a folder of the package, or of one file."""
    digest = hashlib.sha256()
    root = Path(str(files("clusteratlas"))) / layer
    if not root.exists():
        # No change of code would ever be seen.
        raise ValueError(f"layer {layer!r} is no folder and no file of the package")
    found = [root] if root.is_file() else root.rglob("*")
    for path in sorted(p for p in found if p.suffix in {".py", ".csv"}):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _size(value: Any) -> str:
    if isinstance(value, pd.DataFrame):
        return f"{len(value):,} rows"
    return ""


def write_value(value: Any, folder: Path) -> None:
    """Write a result into an empty folder.

    Frames and series go to Parquet files, arrays to NumPy files, and the rest to one JSON file:
    numbers, texts, tuples, lists, mappings with text keys, and dataclasses of all these.

    Raises
    ------
    TypeError
        If it holds anything else.
    """
    text = json.dumps(_encoded(value, folder, [0]))
    (folder / INDEX).write_text(text, "utf-8")


def read_value(folder: Path) -> Any:
    """Read what :func:`write_value` wrote."""
    return _decoded(json.loads((folder / INDEX).read_text("utf-8")), folder)


def _encoded(value: Any, folder: Path, count: list[int]) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.ndarray):
        name = _file(count, "npy")
        np.save(folder / name, value, allow_pickle=False)
        return {"array": name}
    if isinstance(value, pd.DataFrame):
        name = _file(count, "parquet")
        pq.write_table(pa.Table.from_pandas(value), folder / name, compression="lz4")
        return {"frame": name}
    if isinstance(value, pd.Series):
        inner = _encoded(value.to_frame("value"), folder, count)
        return {"series": inner, "name": value.name}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            f.name: _encoded(getattr(value, f.name), folder, count)
            for f in dataclasses.fields(value)
        }
        kind = type(value)
        return {"class": f"{kind.__module__}:{kind.__qualname__}", "fields": fields}
    if isinstance(value, Mapping):
        return {"mapping": [[str(k), _encoded(v, folder, count)] for k, v in value.items()]}
    if isinstance(value, tuple | list):
        word = "tuple" if isinstance(value, tuple) else "list"
        return {word: [_encoded(v, folder, count) for v in value]}
    raise TypeError(f"a kept result cannot hold a {type(value).__name__}")


def _decoded(value: Any, folder: Path) -> Any:
    if not isinstance(value, dict):
        return value
    (word, inner), *rest = value.items()
    if word == "array":
        return np.load(folder / inner, allow_pickle=False)
    if word == "frame":
        return pq.read_table(folder / inner).to_pandas()
    if word == "series":
        return _decoded(inner, folder)["value"].rename(rest[0][1])
    if word == "class":
        module, _, name = inner.partition(":")
        if not module.startswith("clusteratlas."):
            raise TypeError(f"a kept result names the foreign class {inner}")
        kind = getattr(importlib.import_module(module), name)
        return kind(**{k: _decoded(v, folder) for k, v in rest[0][1].items()})
    if word == "mapping":
        return {k: _decoded(v, folder) for k, v in inner}
    parts = [_decoded(v, folder) for v in inner]
    return tuple(parts) if word == "tuple" else parts


def _file(count: list[int], suffix: str) -> str:
    count[0] += 1
    return f"{count[0]:03d}.{suffix}"
