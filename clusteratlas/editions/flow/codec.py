"""Results of steps on disk: frames, arrays and dataclasses of them come back as they were."""

from __future__ import annotations

import dataclasses
import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

INDEX = "value.json"
"""File that says how a result is put together."""


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
