"""An edition on disk: Parquet tables and a manifest, read and written here only."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from clusteratlas.editions.store.checks import dangling, faults, other_types, typed
from clusteratlas.errors import EditionError
from clusteratlas.version import __version__
from clusteratlas.vocabulary.columns import BOOL, INT, REAL, STRING
from clusteratlas.vocabulary.tables import ORGANIZATION_TABLES, TABLES, Table

FORMAT = 1
"""Version of the layout of an edition; raised when a reader must change."""

SHIPPED = "us-2021"
"""The edition that comes with the package, and the default everywhere."""

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Edition:
    """One atlas as tables, opened for reading.

    Tables are read when first asked for and kept.
    """

    key: str
    path: Path
    manifest: Mapping[str, Any]
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """SHA-256 over the content of all tables: equal editions have equal digests."""
        return str(self.manifest["digest"])

    def table(self, name: str) -> pd.DataFrame:
        """Give one table, with nullable pandas types.

        Raises
        ------
        EditionError
            If the edition has no such table, or its file is missing, damaged, has columns of other
            types or names, or is of a version that had not all columns. Those that may be null
            are null then.
        """
        if name not in TABLES:
            raise EditionError(
                f"an edition has no table {name!r}", hint=f"tables: {', '.join(sorted(TABLES))}"
            )
        may_lack = name in ORGANIZATION_TABLES or TABLES[name].later
        if may_lack and name not in self.manifest["tables"]:
            return empty(TABLES[name])
        if name not in self._tables:
            path = self.path / f"{name}.parquet"
            try:
                arrow = pq.read_table(path)
            except (OSError, pa.ArrowInvalid) as exc:
                raise EditionError(
                    f"{path} cannot be read: {type(exc).__name__}",
                    hint=f"`clusteratlas edition verify {self.path}` checks every table",
                ) from exc
            for fault in other_types(TABLES[name], arrow.schema):
                raise EditionError(f"{path}: {fault}", hint="build the edition with this version")
            self._tables[name] = typed(TABLES[name], _complete(arrow.to_pandas(), name, path))
        return self._tables[name]

    def vintages(self) -> dict[str, int]:
        """Vintage of each source, by the key of the source."""
        sources = self.table("sources")
        return {str(k): int(v) for k, v in zip(sources["key"], sources["vintage"], strict=True)}


def open_edition(name: str | Path | None = None) -> Edition:
    """Open the shipped edition by name, or any edition by its folder.

    Parameters
    ----------
    name
        A folder, the name of an edition inside the package, or None for the shipped one.

    Raises
    ------
    EditionError
        If there is none, or its manifest cannot be read or is of another format.
    """
    path = _locate(SHIPPED if name is None else name)
    try:
        manifest = json.loads((path / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise EditionError(
            f"{path} is not an edition: its {MANIFEST} cannot be read",
            hint="`clusteratlas build --data DIR --out EDITION` makes one",
        ) from exc
    if manifest.get("format") != FORMAT:
        raise EditionError(
            f"{path} has format {manifest.get('format')!r}; this version reads format {FORMAT}",
            hint="build it again with this version",
        )
    return Edition(str(manifest["edition"]), path, manifest)


def _locate(name: str | Path) -> Path:
    if Path(name).is_dir():
        return Path(name)
    packaged = Path(str(files("clusteratlas.editions"))) / str(name)
    if isinstance(name, str) and "/" not in name and packaged.is_dir():
        return packaged
    raise EditionError(
        f"there is no edition {str(name)!r}",
        hint=f"give the folder of one, or {SHIPPED!r} for the one in the package",
    )


def write_edition(
    path: Path, key: str, tables: Mapping[str, pd.DataFrame], extra: Mapping[str, Any]
) -> Edition:
    """Write an edition whole or not at all.

    The tables go to a folder beside ``path`` that takes its place by renaming when everything
    is in it, so an interruption at any moment leaves the old edition or none.

    Parameters
    ----------
    path
        Folder of the edition. An edition there is replaced; any other folder is refused.
    key
        Name of the edition, the first part of the keys of its definitions.
    tables
        One frame for each name in ``TABLES``, in any row order. Those of organizations may be
        left out and are then empty.
    extra
        What the manifest says beside the tables: sources, parameters, seeds, versions.

    Raises
    ------
    EditionError
        If a table is missing or is not as declared (columns, types, values that must be there,
        closed lists, bounds of units, keys, keys of other tables), or ``path`` holds something
        else.
    """
    missing = sorted(set(TABLES) - set(tables) - ORGANIZATION_TABLES)
    if missing:
        raise EditionError(f"edition {key}: tables {missing} were not built")
    if path.exists() and not (path / MANIFEST).is_file() and any(path.iterdir()):
        raise EditionError(
            f"{path} exists and is not an edition",
            hint="give a new folder, or one that holds an edition, with --out",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f".{path.name}.building")
    retired = path.with_name(f".{path.name}.retired")
    for leftover in (building, retired):
        if leftover.exists():
            shutil.rmtree(leftover)
    building.mkdir()
    try:
        clean = {
            name: canonical(table, tables.get(name, empty(table)))
            for name, table in sorted(TABLES.items())
        }
        for name, frame in clean.items():
            for fault in dangling(TABLES[name], frame, lambda other: clean[other]["key"]):
                raise EditionError(f"table {name}: {fault}")
        facts = {name: _write(building, TABLES[name], frame) for name, frame in clean.items()}
        joined = "".join(f"{n}:{f['content']}\n" for n, f in facts.items())
        manifest = {
            "format": FORMAT,
            "edition": key,
            "package": __version__,
            **extra,
            "tables": facts,
            "digest": hashlib.sha256(joined.encode()).hexdigest(),
        }
        text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        (building / MANIFEST).write_text(text, "utf-8")
        if path.exists():
            path.replace(retired)
        building.replace(path)
    finally:
        for leftover in (building, retired):
            shutil.rmtree(leftover, ignore_errors=True)
    return open_edition(path)


def file_digests(path: Path) -> dict[str, str]:
    """SHA-256 of each file in the folder of an edition, by name."""
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(path.iterdir())
        if one.is_file()
    }


def _write(folder: Path, table: Table, clean: pd.DataFrame) -> dict[str, Any]:
    schema = pa.schema([(f.name, pa.type_for_alias(f.type)) for f in table.columns])
    arrow = pa.Table.from_pandas(clean, schema=schema, preserve_index=False)
    target = folder / f"{table.name}.parquet"
    split, plain = _layout(table)
    # The library's annotations know no list of columns here.
    coded: Any = [c.name for c in table.columns if c.name not in {*split, *plain}] or False
    pq.write_table(
        arrow.replace_schema_metadata(None),
        target,
        compression="zstd",
        compression_level=15,
        use_dictionary=coded,
        column_encoding={
            **dict.fromkeys(split, "BYTE_STREAM_SPLIT"),
            **dict.fromkeys(plain, "PLAIN"),
        }
        or None,
        store_schema=False,
        write_statistics=False,
        row_group_size=1 << 20,
    )
    return {
        "rows": len(clean),
        "bytes": target.stat().st_size,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "content": content_digest(table, clean),
    }


def _layout(table: Table) -> tuple[list[str], list[str]]:
    """Columns that are written byte by byte of their numbers, and those without a dictionary.

    Whole numbers of one column have alike first bytes: side by side these compress to almost
    nothing, and the files of regions are a fifth smaller. Keys that follow each other in order,
    again and again for each value of the columns before them, repeat as texts and not as numbers in
    a dictionary.
    """
    split = [column.name for column in table.columns if column.type == INT]
    return split, [name for name in table.key[1:] if table[name].refers == "regions"]


def canonical(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the one form in which a table is stored: declared columns, types, rounding and order.

    Real numbers are rounded to six significant digits (four in the long regional tables), which no
    source exceeds and which keeps the last bits of one machine's arithmetic out of the bytes.

    Raises
    ------
    EditionError
        If it is not as declared; the first fault is named.
    """
    out = typed(table, frame)
    for column in table.columns:
        if column.type == REAL:
            out[column.name] = _rounded(out[column.name], column.digits)
    out = out.sort_values(list(table.key), kind="stable").reset_index(drop=True)
    for fault in faults(table, out):
        raise EditionError(f"table {table.name}: {fault}")
    return out


def empty(table: Table) -> pd.DataFrame:
    """Give a table without rows, in its types."""
    return typed(table, pd.DataFrame(columns=list(table.names)))


def _complete(frame: pd.DataFrame, name: str, path: Path) -> pd.DataFrame:
    """Add the columns that an older edition cannot have: nothing is known in them."""
    added = [f for f in TABLES[name].columns if f.name not in frame]
    for field_ in added:
        if not field_.nullable:
            raise EditionError(
                f"{path} has no column {field_.name}", hint="build the edition with this version"
            )
    return frame.reindex(columns=[*frame, *(f.name for f in added)])


def _rounded(values: pd.Series[Any], digits: int) -> pd.Series[Any]:
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    numbers = np.where(np.isfinite(numbers), numbers, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.floor(np.log10(np.abs(numbers)))
        places = digits - 1 - np.where(np.isfinite(exponent), exponent, 0)
        scale = 10.0**places
        rounded = np.where(numbers == 0, 0.0, np.round(numbers * scale) / scale)
    return pd.Series(pd.array(rounded, dtype="Float64"), index=values.index).where(
        pd.Series(~np.isnan(numbers), index=values.index), pd.NA
    )


def content_digest(table: Table, frame: pd.DataFrame) -> str:
    """SHA-256 of a canonical table's values, independent of the Parquet writer."""
    digest = hashlib.sha256()
    for column in table.columns:
        values = frame[column.name]
        null = values.isna().to_numpy(dtype=bool)
        digest.update(f"{column.name}\x00{column.type}\x00".encode())
        digest.update(null.tobytes())
        if column.type == STRING:
            digest.update("\x1f".join(values.fillna("").astype(str)).encode())
        else:
            kind = {INT: "<i8", REAL: "<f8", BOOL: "|b1"}[column.type]
            nothing = False if column.type == BOOL else 0
            digest.update(values.fillna(nothing).to_numpy(dtype=kind).tobytes())
    return digest.hexdigest()
