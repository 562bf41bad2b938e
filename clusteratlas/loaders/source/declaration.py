"""What a public source is, and the one routine that reads any of its files.

A loader is a frozen :class:`Source`: who publishes it, under which licence, where, how its files
are named and laid out, and two functions. ``read`` knows the publisher's container (a gzip, a
workbook) and gives the columns as published; ``tidy`` is pure and turns them into our columns.
Between the two, :meth:`Source.load` checks the layout in both directions, so a renamed column is an
error and never a silent zero.
"""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pandas as pd

from clusteratlas.errors import SourceDrift, SourceError, SourceMissing
from clusteratlas.loaders.source.lines import line_of
from clusteratlas.loaders.source.listing import walk
from clusteratlas.loaders.source.rows import NOTES, defect_of, once_each, whole_rows_once
from clusteratlas.loaders.source.tabular import HEADER, CellError
from clusteratlas.loaders.source.vintages import (
    VintageOf,
    another_list,
    later_note,
    none,
    spans,
    untried,
)

Reader = Callable[[Path, int], pd.DataFrame]
Tidy = Callable[[pd.DataFrame, int], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """One column, with the unit and meaning that the reference pages give."""

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
    """Address template with ``{year}``, ``{yy}`` or ``{decade}``; None where the file must be
    placed by hand."""
    pattern: str
    """Regular expression of the file name; the group ``year`` or ``yy`` gives the vintage.

    A group ``also`` gives the vintage of a second part of the same file, such as an earlier sheet.
    """
    vintages: frozenset[int]
    """Those that are known; see ``goes_on``."""
    layouts: tuple[Layout, ...]
    """Empty where the columns are data themselves (a matrix): then ``read`` checks them."""
    columns: tuple[SourceColumn, ...]
    """The columns that :meth:`load` gives."""
    key: tuple[str, ...]
    """Columns of ours that identify a row; a repeated key is an error."""
    read: Reader = field(repr=False)
    tidy: Tidy = field(repr=False)
    goes_on: bool = False
    """The publisher goes on: a year after the newest known one is read with the newest layout,
    checked as any other, and a note says so. Else only the known vintages are read."""
    later: Callable[[int], Layout] | None = None
    """Layout of a year after the newest known one, where columns are named by years; None for the
    newest known layout."""
    vintage: int | None = None
    """The vintage where the file's name does not say it."""
    holds: Callable[[Path], frozenset[int]] | None = None
    """Vintages inside a file whose name says none."""
    note: str = ""
    urls: Mapping[int, str] = field(default_factory=dict)
    """Addresses of single vintages that the template ``url`` does not give."""
    sha256: Mapping[int, str] = field(default_factory=dict)
    """Digests of downloads by vintage, where the publisher's file is known not to change."""
    example: str = ""
    """A file name of this source, for messages and the reference page."""
    distinct: bool = False
    """``tidy`` looks at several rows at once, so repeated ones must be dropped before it; the rows
    of the file all differ in the columns that are read."""
    naics: VintageOf = none
    """NAICS vintage of its industries, by vintage of the file: ``source.naics(2022)``."""
    counties: VintageOf = none
    """Vintage of its county codes: 2018 with the counties of Connecticut, 2022 with its planning
    regions (see :mod:`~clusteratlas.loaders.source.vintages`)."""
    delineation: VintageOf = none
    """Delineation of its metropolitan areas: a vintage of source ``cbsa-delineation``."""
    naics_column: str = "naics"
    """Column of its NAICS codes, where it has a NAICS vintage; several are joined by a blank."""
    naics_extra: frozenset[str] = frozenset()
    """What that column holds beside NAICS codes, such as ``total``."""

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

    def address(self, vintage: int) -> str | None:
        """Give the publisher's address of a vintage; None where it must be placed by hand."""
        if vintage in self.urls:
            return self.urls[vintage]
        decade = vintage - vintage % 10
        return self.url and self.url.format(year=vintage, yy=f"{vintage % 100:02d}", decade=decade)

    def find(self, folder: Path, vintage: int) -> Path:
        """Path of the file of this vintage below ``folder``.

        Raises
        ------
        SourceMissing
            If no file there has the name that the publisher gives to that vintage.
        """
        for path in walk(folder):
            if vintage in self.vintages_of(path):
                return path
        raise SourceMissing(
            f"{self.id}: no file of vintage {vintage} below {folder}",
            hint=f"`clusteratlas sources fetch {self.id} --vintage {vintage}` gets it, "
            "or says which file to put there",
        )

    def vintages_of(self, path: Path) -> frozenset[int]:
        """All vintages that a file holds, by its name or else by what is inside; none of others."""
        only = self.vintage_of(path.name)
        if only is None:
            return frozenset()
        match = re.fullmatch(self.pattern, path.name, re.IGNORECASE)
        groups = match.groupdict() if match else {}
        if groups.get("year") or groups.get("yy"):
            return frozenset({only, int(groups.get("also") or only)})
        inside = self.holds(path) if self.holds is not None else frozenset()
        return inside or frozenset({only})

    def refusal(self, vintage: int) -> str | None:
        """Say why no file of a vintage can be read; None where one can be tried."""
        if vintage == self.vintage:
            return None
        problem = untried(vintage, self.vintages, goes_on=self.goes_on)
        return problem and f"{self.id}: {problem}"

    def layout(self, vintage: int) -> Layout | None:
        """Find the layout of a vintage; None where the source declares none at all.

        Raises
        ------
        SourceError
            If no file of that vintage can be read.
        """
        problem = self.refusal(vintage)
        if problem is None and not self.layouts:
            return None
        if problem is None and vintage > max(self.vintages):
            if self.later is not None:
                return self.later(vintage)
            return max(self.layouts, key=lambda layout: max(layout.vintages))
        for layout in self.layouts:
            if problem is None and vintage in layout.vintages:
                return layout
        raise SourceError(
            problem or f"{self.id}: no layout is declared for vintage {vintage}",
            hint=f"known vintages: {spans(self.vintages, goes_on=self.goes_on)}",
        )

    def _later_note(self, vintage: int) -> list[str]:
        """Note on a year after the newest known one: what is taken for granted of it."""
        newest = max(self.vintages)
        if vintage <= newest or vintage == self.vintage:
            return []
        codes = {
            "NAICS": self.naics(vintage),
            "the counties of": self.counties(vintage),
            "the delineation of": self.delineation(vintage),
        }
        return [later_note(vintage, newest, codes)]

    def load(self, path: Path, vintage: int | None = None) -> pd.DataFrame:
        """Read one file into our columns, in our types, sorted by key.

        Parameters
        ----------
        path
            The publisher's file.
        vintage
            Its vintage, where its name does not say it.

        Returns
        -------
        DataFrame
            A row that the file repeats unchanged is there once. What a user should know of the
            file is in :func:`~clusteratlas.loaders.source.rows.notes_of`.

        Raises
        ------
        SourceMissing
            If there is no such file.
        SourceDrift
            If it has other columns than the declared ones.
        SourceError
            If it is truncated, wrongly encoded, lacks its sheet, or holds a negative count, a mark
            that is not known, two rows of one key, or anything else that cannot be right.
        """
        if not path.is_file():
            raise SourceMissing(f"{path} does not exist", hint="check the folder given by --data")
        year = max(self.vintages_of(path), default=None) if vintage is None else vintage
        if year is None:
            raise SourceError(
                f"{path.name}: cannot tell the vintage of this {self.id} file from its name",
                hint=f"keep the publisher's name, which matches {self.pattern!r}",
            )
        layout = self.layout(year)
        try:
            raw = self.read(path, year)
        except (*_UNREADABLE, *_UNLIKE) as exc:
            raise self._error(
                path.name,
                f"cannot be read: {_one_line(exc)}",
                "the file may be truncated or re-encoded: fetch it again",
            ) from exc
        if layout is not None:
            # A reader that skips unwanted columns leaves their names in ``attrs``.
            have = {str(c) for c in raw.attrs.get(HEADER, raw.columns)}
            missing = layout.columns - layout.optional - have
            undeclared = have - layout.columns - layout.ignored - layout.optional
            if missing or undeclared:
                raise SourceDrift(self.id, path.name, missing, undeclared)
        raw.attrs.clear()
        notes = self._later_note(year)
        try:
            if self.distinct:
                raw, counted = whole_rows_once(raw)
                notes += counted
            tidy = self.tidy(raw, year)
        except CellError as exc:
            line = line_of(path, exc.column, exc.value)
            what = f"{line}, {exc}" if line else str(exc)
            raise self._error(path.name, what, "compare with the publisher's file") from exc
        except _UNLIKE as exc:
            raise self._error(
                path.name,
                f"is not as the publisher makes it: {_one_line(exc)}",
                "compare with the publisher's file",
            ) from exc
        frame, repeats = self._typed(tidy, path.name)
        self._check_counties(frame, path.name, year)
        if notes or repeats:
            frame.attrs[NOTES] = [*notes, *repeats]
        return frame

    def _check_counties(self, frame: pd.DataFrame, file: str, vintage: int) -> None:
        """Refuse a file in another list of counties than the one that is declared for it."""
        declared = self.counties(vintage)
        if declared is None:
            return
        for name in self.key:
            if str(frame[name].dtype) == "string":
                problem = another_list(frozenset(frame[name].dropna().unique()), declared)
                if problem is not None:
                    raise self._error(
                        file, problem, f"is it the publisher's file of {vintage}, unchanged?"
                    )

    def _error(self, file: str, what: str, hint: str) -> SourceError:
        return SourceError(f"{file} ({self.id}): {what}", hint=hint)

    def _typed(self, frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[str]]:
        wanted = [c.name for c in self.columns]
        if list(frame.columns) != wanted:
            raise SourceError(f"{file} ({self.id}): tidy gave {list(frame.columns)}, not {wanted}")
        try:
            frame = frame.astype({c.name: c.dtype for c in self.columns})
        except (ValueError, TypeError) as exc:
            raise self._error(
                file,
                f"a cell is not of its column's type: {_one_line(exc)}",
                "compare with the publisher's file",
            ) from exc
        if frame.empty:
            raise self._error(file, "holds no rows", "it may be truncated: fetch it again")
        counts = {c.name: _COUNTS[c.unit] for c in self.columns if c.unit in _COUNTS}
        defect = defect_of(frame, counts, self.key)
        if defect is not None:
            raise self._error(file, *defect)
        try:
            frame, notes = once_each(frame.reset_index(drop=True), self.key)
        except CellError as exc:
            hint = "each key may be there once: was the file joined with another one?"
            raise self._error(file, str(exc), hint) from exc
        return frame.sort_values(list(self.key), kind="stable").reset_index(drop=True), notes


_UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, csv.Error)
"""How containers fail; all of them mean "not this file"."""

_UNLIKE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""How a reader fails that meets a file of another shape: JSON of other nesting, rows too short."""

_COUNTS = {
    "jobs": 1e9,
    "establishments": 1e9,
    "firms": 1e9,
    "patents": 1e9,
    "persons": 1e10,
    "thousand USD": 1e12,
    "USD": 1e15,
    "year": 2200,
}
"""Units in which a negative value cannot be right, and what no row has: more than all the world.

Flows in million USD can be negative.
"""


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

    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(Source.registry.items()))


def _one_line(exc: BaseException) -> str:
    text = " ".join(str(exc).split())
    return f"{type(exc).__name__}: {text[:200]}"
