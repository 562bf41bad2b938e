"""Jobs of clusters in regions of anyone's own, with national totals: read, checked, numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clusteratlas.errors import InputError
from clusteratlas.loaders.own.table import OwnTable, read_own_table
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray

CELLS = ("region", "cluster", "employment", "establishments")
CELLS_IF_KNOWN = ("payroll", "year", "traded", "region_type")
NATION = ("cluster", "employment")
NATION_IF_KNOWN = ("year", "traded")

_KINDS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1", "traded"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0", "local"), False),
}
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_CHARACTERS = frozenset("0123456789.+-eE")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_YEAR = re.compile(r"\d{4}(\.0+)?")
_SLACK = 1e-6
"""Share of a total by which the sum of its parts may be above it: what rounding does."""


@dataclass(frozen=True)
class Coded:
    """A column of names, as numbers in the order of their first appearance."""

    names: tuple[str, ...]
    codes: IntArray

    @classmethod
    def of(cls, values: Sequence[str]) -> Coded:
        """Give each value its number."""
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(value, len(numbers)) for value in values]
        return cls(tuple(numbers), np.array(codes, dtype=np.int64))

    @property
    def number(self) -> dict[str, int]:
        """Number of each name."""
        return {name: n for n, name in enumerate(self.names)}


@dataclass(frozen=True)
class OwnCells:
    """Cells of the user's own, one for each region, cluster and year; arrays of shape (cells,)."""

    table: OwnTable
    region: Coded
    cluster: Coded
    year: Coded
    """One year called ``""`` where the table has none."""
    region_type: Coded
    """Type of each cell's region."""
    traded: BoolArray | None
    """None where the table does not say."""
    jobs: FloatArray
    establishments: FloatArray


@dataclass(frozen=True)
class OwnNation:
    """National totals with the numbers of the cells, clusters that no cell has at the end.

    Arrays of shape (rows,), one row for each cluster and year.
    """

    cluster: IntArray
    year: IntArray
    traded: BoolArray
    jobs: FloatArray


def read_own_cells(path: Path, *, encoding: str | None = None) -> OwnCells:
    """Read a table of regions and clusters.

    Parameters
    ----------
    path
        Columns ``region, cluster, employment, establishments``; if known ``payroll``, ``year``,
        ``traded`` (true or false) and ``region_type``.
    encoding
        Of text; None finds it out.

    Raises
    ------
    InputError
        With file, line and column: for what is missing, unknown, twice there, no number or
        negative; a region of two types; a cluster that is traded and local.
    """
    table = read_own_table(path, CELLS, CELLS_IF_KNOWN, encoding=encoding)
    given = table.columns
    names = {name: _filled(table, name) for name in ("region", "cluster")}
    jobs, plants = (_amounts(table, name) for name in ("employment", "establishments"))
    if "payroll" in given:
        _amounts(table, "payroll", empty=True)
    years = _years(table)
    types = _filled(table, "region_type") if "region_type" in given else [""] * len(jobs)
    traded = _kinds(table) if "traded" in given else None
    _once(table, [names["region"], names["cluster"], years], ("region", "cluster", "year"))
    _same(table, names["region"], types, "region", "region_type", lambda kind: f"of type {kind!r}")
    return OwnCells(
        table,
        Coded.of(names["region"]),
        Coded.of(names["cluster"]),
        Coded.of(years),
        Coded.of(types),
        traded,
        jobs,
        plants,
    )


def read_own_nation(path: Path, cells: OwnCells, *, encoding: str | None = None) -> OwnNation:
    """Read national totals, and hold them against the cells.

    Parameters
    ----------
    path
        Columns ``cluster, employment``; if known ``traded``, and ``year`` where the cells have
        several.
    cells
        The cells.
    encoding
        Of text; None finds it out.

    Raises
    ------
    InputError
        With file, line and column: as of the cells, and for a cluster that is lacking, is of
        another kind there, or has fewer jobs in the nation than in all regions of one type.
    """
    table = read_own_table(path, NATION, NATION_IF_KNOWN, encoding=encoding)
    clusters, years = _filled(table, "cluster"), _years(table)
    jobs = _amounts(table, "employment")
    _once(table, [clusters, years], ("cluster", "year"))
    year = _matched_years(table, years, cells)
    numbers = cells.cluster.number
    number = np.array([numbers.setdefault(name, len(numbers)) for name in clusters], dtype=np.int64)
    traded = _national_kinds(table, number, cells)
    used = year >= 0
    found = OwnNation(number[used], year[used], traded[used], jobs[used])
    _check_totals(table, found, cells, np.flatnonzero(used))
    return found


def sum_of_cells(cells: OwnCells) -> OwnNation:
    """Add up the regions, where nothing is said of the nation.

    Regions of several types are added together, unless those of every type have the same sums: then
    each type is the whole nation, and the first by name counts.
    """
    years = len(cells.year.names)
    key = cells.cluster.codes * years + cells.year.codes
    n, kinds = len(cells.cluster.names) * years, len(cells.region_type.names)
    sums = np.bincount(
        cells.region_type.codes * n + key, weights=cells.jobs, minlength=kinds * n
    ).reshape(kinds, n)
    first_type = cells.region_type.number[min(cells.region_type.names)]
    whole = kinds > 1 and bool(np.allclose(sums, sums[first_type], rtol=_SLACK, atol=0))
    present, first = np.unique(key, return_index=True)
    jobs = (sums[first_type] if whole else sums.sum(axis=0))[present]
    traded = np.ones(len(first), bool) if cells.traded is None else cells.traded[first]
    return OwnNation(present // years, present % years, traded, jobs)


def kinds_of_cells(cells: OwnCells, nation: OwnNation) -> BoolArray:
    """Say of each cell whether its cluster is traded: by the table itself, or by the nation's."""
    if cells.traded is not None:
        return cells.traded
    kind = np.ones(1 + int(nation.cluster.max()), bool)
    kind[nation.cluster] = nation.traded
    return kind[cells.cluster.codes]


def _filled(table: OwnTable, column: str) -> list[str]:
    values = table.columns[column]
    if "" in values:
        table.refuse(values.index(""), column, "the cell is empty", "say what the line is of")
    return values


def _amounts(table: OwnTable, column: str, *, empty: bool = False) -> FloatArray:
    """Numbers of a column, none negative; an empty cell is NaN where it may be."""
    values = table.columns[column]
    out = _plain_numbers(values)
    if out is None:
        out = np.full(len(values), np.nan)
        for row, cell in enumerate(values):
            if _PLAIN.fullmatch(cell):
                out[row] = float(cell)
            elif table.grouped and _GROUPED.fullmatch(cell):
                out[row] = float(cell.replace(",", ""))
            elif cell:
                table.refuse(row, column, f"{cell!r} is not a number", "numbers look like 1234.5")
            elif not empty:
                table.refuse(
                    row, column, "the cell is empty", "leave lines out whose figures are not known"
                )
    for wrong, what in ((out < 0, "is negative"), (np.isinf(out), "is too large")):
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            table.refuse(row, column, f"{values[row]} {what}")
    return out


def _plain_numbers(values: Sequence[str]) -> FloatArray | None:
    """Read cells that are all plain numbers, at once; None where one may not be."""
    if not _CHARACTERS.issuperset("".join(values)):
        return None
    try:
        return np.array(values, dtype=np.float64)
    except ValueError:
        return None


def _years(table: OwnTable) -> list[str]:
    if "year" not in table.columns:
        return [""] * len(table.lines)
    values = table.columns["year"]
    wrong = [cell for cell in set(values) if not _YEAR.fullmatch(cell)]
    for row in sorted(map(values.index, wrong))[:1]:
        table.refuse(row, "year", f"{values[row]!r} is not a year", "years look like 2021")
    return [cell[:4] for cell in values]


def _kinds(table: OwnTable) -> BoolArray:
    values = table.columns["traded"]
    wrong = [cell for cell in set(values) if cell.lower() not in _KINDS]
    for row in sorted(map(values.index, wrong))[:1]:
        table.refuse(row, "traded", f"{values[row]!r} is neither true nor false")
    found = [_KINDS[cell.lower()] for cell in values]
    words = ["traded" if kind else "local" for kind in found]
    _same(table, table.columns["cluster"], words, "cluster", "traded", lambda word: word)
    return np.array(found, dtype=np.bool_)


def _once(table: OwnTable, keys: Sequence[Sequence[str]], columns: Sequence[str]) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row, key in enumerate(zip(*keys, strict=True)):
        if (before := first.setdefault(key, row)) != row:
            told = ", ".join(
                f"{column} {value!r}" for column, value in zip(columns, key, strict=True) if value
            )
            table.refuse(
                row,
                columns[0],
                f"{told} is there already in {table.word} {table.lines[before]}",
                "add such lines up first, or keep one of them",
            )


def _same(
    table: OwnTable,
    names: Sequence[str],
    values: Sequence[str],
    what: str,
    column: str,
    says: Callable[[str], str],
) -> None:
    """Refuse a thing that has one value here and another there."""
    first: dict[str, int] = {}
    for row, name in enumerate(names):
        before = first.setdefault(name, row)
        if values[before] != values[row]:
            table.refuse(
                row,
                column,
                f"{what} {name!r} is {says(values[row])} here and {says(values[before])} in "
                f"{table.word} {table.lines[before]}",
                f"a {what} is one or the other",
            )


def _matched_years(table: OwnTable, years: Sequence[str], cells: OwnCells) -> IntArray:
    """Give the number of each row's year among those of the cells; -1 for another year.

    One year on one side need not be named on the other.
    """
    own, theirs = cells.year.names, set(years)
    if len(own) == 1 and (own == ("",) or theirs == {""}) and len(theirs) == 1:
        return np.zeros(len(years), dtype=np.int64)
    if "" in theirs or own == ("",):
        where = cells.table if own == ("",) else table
        raise InputError(
            f"{where.file}, line 1: lacks column 'year', which is needed beside several years",
            hint="say of which year the figures are",
        )
    return np.array([cells.year.number.get(year, -1) for year in years], dtype=np.int64)


def _national_kinds(table: OwnTable, number: IntArray, cells: OwnCells) -> BoolArray:
    """Kind of each row: as the table says, else as the cells say; all traded if neither does."""
    own = None
    if cells.traded is not None:
        own = dict(zip(cells.cluster.codes.tolist(), cells.traded.tolist(), strict=True))
    if "traded" in table.columns:
        kinds = _kinds(table)
        for row, cluster in enumerate(number if own is not None else ()):
            if own and own.get(int(cluster), kinds[row]) != kinds[row]:
                here, there = ("traded", "local") if kinds[row] else ("local", "traded")
                name = table.columns["cluster"][row]
                what = f"cluster {name!r} is {here} here and {there} in {cells.table.file}"
                table.refuse(row, "traded", what, "a cluster is one or the other")
        return kinds
    if own is None:
        return np.ones(len(number), dtype=np.bool_)
    for row, cluster in enumerate(number):
        if int(cluster) not in own:
            name = table.columns["cluster"][row]
            table.refuse(
                row,
                "cluster",
                f"no line of {cells.table.file} has {name!r}, so it is not known whether it is "
                "traded",
                "add a column traded, true or false",
            )
    return np.array([own[int(cluster)] for cluster in number], dtype=np.bool_)


def _check_totals(table: OwnTable, nation: OwnNation, cells: OwnCells, rows: IntArray) -> None:
    years, n = len(cells.year.names), len(cells.cluster.names)
    key = cells.cluster.codes * years + cells.year.codes
    known = nation.cluster < n
    place = nation.cluster[known] * years + nation.year[known]
    total = np.full(n * years, np.nan)
    total[place] = nation.jobs[known]
    lacking = np.isnan(total[key])
    if lacking.any():
        row = int(np.flatnonzero(lacking)[0])
        name, year = cells.table.columns["cluster"][row], cells.year.names[cells.year.codes[row]]
        when = f" in {year}" if year and "year" in table.columns else ""
        cells.table.refuse(
            row,
            "cluster",
            f"{table.file} has no national employment of {name!r}{when}",
            "add it there: every cluster of a region is one of the nation",
        )
    line = np.zeros(n * years, dtype=np.int64)
    line[place] = rows[known]
    for number, kind in enumerate(cells.region_type.names):
        of_type = cells.region_type.codes == number
        sums = np.bincount(key[of_type], weights=cells.jobs[of_type], minlength=n * years)
        over = np.flatnonzero(sums > total * (1 + _SLACK))
        if len(over):
            name = cells.cluster.names[over[0] // years]
            table.refuse(
                int(line[over[0]]),
                "employment",
                f"{total[over[0]]:.10g} jobs of {name!r} are fewer than the {sums[over[0]]:.10g} "
                f"of {'all regions' if not kind else f'the regions of type {kind!r}'}",
                "take both from the same year and definitions; regions of one type may not overlap",
            )
