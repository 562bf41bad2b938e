"""What a public source is, and the one routine that reads any of its files.

A loader is a frozen :class:`Source`: who publishes it, under which licence, where, how its files are
named and laid out, and two functions. ``read`` knows the publisher's container (a gzip, a workbook)
and gives the columns as published; ``tidy`` is pure and turns them into our columns. Between the
two, :meth:`Source.load` checks the layout in both directions, so a renamed column is an error and
never a silent zero.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pandas as pd

from clusteratlas.errors import SourceDrift, SourceError, SourceMissing

Reader = Callable[[Path, int], pd.DataFrame]
Tidy = Callable[[pd.DataFrame, int], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, with the unit and meaning that stand in the reference pages."""

    name: str
    dtype: str
    """A pandas dtype: ``string``, ``Int64``, ``Float64``, ``boolean``."""
    note: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that a publisher's file has in some vintages.

    ``columns`` are read, ``ignored`` are known and not wanted, ``optional`` may be missing. Any
    other column, and any missing one that is not optional, is drift.
    """

    vintages: frozenset[int]
    columns: frozenset[str]
    ignored: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of file of one publisher. Declaring it registers it."""

    registry: ClassVar[dict[str, Source]] = {}

    id: str
    """Lower case, words joined by hyphens, for example ``cbp-msa``."""
    title: str
    publisher: str
    licence: str
    homepage: str
    url: str | None
    """Address template with ``{year}`` or ``{yy}``; None where the file must be placed by hand."""
    pattern: str
    """Regular expression of the file name; the group ``year`` or ``yy`` gives the vintage."""
    vintages: frozenset[int]
    layouts: tuple[Layout, ...]
    """Empty where the columns are data themselves (an input-output matrix): ``read`` checks those."""
    columns: tuple[Column, ...]
    """The columns that :meth:`load` gives."""
    key: tuple[str, ...]
    """Columns of ours that identify a row; a repeated key is an error."""
    read: Reader = field(repr=False)
    tidy: Tidy = field(repr=False)
    vintage: int | None = None
    """The vintage where the file's name does not say it."""
    note: str = ""

    def __post_init__(self) -> None:
        if self.id in Source.registry:
            raise ValueError(f"source {self.id!r} is declared twice")
        Source.registry[self.id] = self

    def vintage_of(self, name: str) -> int | None:
        """Vintage of a file by its name, or None where the file is not of this source."""
        match = re.fullmatch(self.pattern, name, re.IGNORECASE)
        if match is None:
            return None
        groups = match.groupdict()
        if groups.get("year"):
            return int(groups["year"])
        if groups.get("yy"):
            short = int(groups["yy"])
            return 1900 + short if short >= 80 else 2000 + short
        return self.vintage

    def find(self, folder: Path, vintage: int) -> Path:
        """Path of the file of this vintage below ``folder``.

        Raises
        ------
        SourceMissing
            If no file there has the name that the publisher gives to that vintage.
        """
        for path in walk(folder):
            if self.vintage_of(path.name) == vintage:
                return path
        raise SourceMissing(
            f"{self.id}: no file of vintage {vintage} below {folder}",
            hint=f"`clusteratlas sources fetch {self.id} --vintage {vintage}` gets it, "
            "or says which file to put there",
        )

    def layout(self, vintage: int) -> Layout | None:
        """Declared layout of a vintage; None where the source declares none at all."""
        if not self.layouts:
            return None
        for layout in self.layouts:
            if vintage in layout.vintages:
                return layout
        raise SourceError(
            f"{self.id}: no layout is declared for vintage {vintage}",
            hint=f"known vintages: {_span(self.vintages)}",
        )

    def load(self, path: Path, vintage: int | None = None) -> pd.DataFrame:
        """Read one file into our columns, in our types, sorted by key.

        Parameters
        ----------
        path
            The publisher's file.
        vintage
            Its vintage, where its name does not say it.

        Raises
        ------
        SourceMissing
            If there is no such file.
        SourceDrift
            If it has other columns than the declared ones.
        SourceError
            If it is truncated, wrongly encoded, lacks its sheet, or holds a negative count, a
            repeated key, or anything else that cannot be right.
        """
        if not path.is_file():
            raise SourceMissing(f"{path} does not exist", hint="check the folder given by --data")
        year = self.vintage_of(path.name) if vintage is None else vintage
        if year is None:
            raise SourceError(
                f"{path.name}: cannot tell the vintage of this {self.id} file from its name",
                hint=f"keep the publisher's name, which matches {self.pattern!r}",
            )
        layout = self.layout(year)
        try:
            raw = self.read(path, year)
        except SourceError:
            raise
        except (OSError, EOFError, ValueError, KeyError) as exc:
            # Containers fail in many ways (zlib, zip, codecs, parsers); all mean "not this file".
            raise SourceError(
                f"{path.name} ({self.id}) cannot be read: {_one_line(exc)}",
                hint="the file may be truncated or re-encoded: fetch it again",
            ) from exc
        if layout is not None:
            have = {str(c) for c in raw.columns}
            missing = layout.columns - layout.optional - have
            undeclared = have - layout.columns - layout.ignored - layout.optional
            if missing or undeclared:
                raise SourceDrift(self.id, path.name, missing, undeclared)
        return self._typed(self.tidy(raw, year), path.name)

    def _typed(self, frame: pd.DataFrame, file: str) -> pd.DataFrame:
        wanted = [c.name for c in self.columns]
        if list(frame.columns) != wanted:
            raise SourceError(f"{file} ({self.id}): tidy gave {list(frame.columns)}, not {wanted}")
        frame = frame.astype({c.name: c.dtype for c in self.columns})
        if frame.empty:
            raise SourceError(
                f"{file} ({self.id}) holds no rows", hint="the file may be truncated: fetch it again"
            )
        for column in self.columns:
            if column.unit is not None and column.unit in _COUNTS:
                bad = frame[frame[column.name].notna() & (frame[column.name] < 0)]
                if len(bad):
                    where = ", ".join(f"{k}={bad.iloc[0][k]}" for k in self.key)
                    raise SourceError(
                        f"{file} ({self.id}): negative {column.name} in {len(bad)} rows, "
                        f"first at {where}",
                        hint="a count cannot be negative: compare with the publisher's file",
                    )
        repeated = frame.duplicated(list(self.key))
        if repeated.any():
            first = frame[repeated].iloc[0]
            where = ", ".join(f"{k}={first[k]}" for k in self.key)
            raise SourceError(
                f"{file} ({self.id}): {int(repeated.sum())} repeated keys, first {where}",
                hint="each key may stand once: was the file joined with another one?",
            )
        return frame.sort_values(list(self.key), kind="stable").reset_index(drop=True)


_COUNTS = frozenset({"jobs", "establishments", "persons", "thousand USD", "USD"})
"""Units in which a negative value cannot be right. (Flows in million USD can be negative.)"""


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


def identify(path: Path) -> tuple[Source, int] | None:
    """Source and vintage of a file by its name, or None."""
    for source in all_sources().values():
        vintage = source.vintage_of(path.name)
        if vintage is not None:
            return source, vintage
    return None


def all_sources() -> Mapping[str, Source]:
    """Every declared source, by id."""
    import importlib
    import pkgutil

    import clusteratlas.loaders as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(Source.registry.items()))


def _span(years: frozenset[int]) -> str:
    return ", ".join(str(y) for y in sorted(years))


def _one_line(exc: BaseException) -> str:
    text = " ".join(str(exc).split())
    return f"{type(exc).__name__}: {text[:200]}"
