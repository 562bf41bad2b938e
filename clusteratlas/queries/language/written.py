"""Rows in the words of a reader: figures rounded alike in a column, bounds beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.captions import column_words
from clusteratlas.queries.numbers import (
    bounding_columns,
    column_figures,
    quantity_words,
    range_words,
    unit_column,
)

_PLAIN_UNITS = frozenset({"year", "digits"})
_PLAIN_NAMES = ("year", "vintage", "naics", "code", "fips", "seed")


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """One column, written."""

    name: str
    title: str
    numeric: bool
    cells: list[str]


def headed(name: str, unit: str | None) -> str:
    """Name of a column in words, with its unit where the name does not say it."""
    words = column_words(name)
    plain = unit is None or unit in _PLAIN_UNITS or f" {unit} " in f" {words} "
    plain = plain or unit_column(unit) is not None
    return words if plain else f"{words} ({unit})"


def written_columns(
    records: Sequence[Mapping[str, Any]], units: Mapping[str, str | None]
) -> list[WrittenColumn]:
    """Write all rows, column by column.

    Parameters
    ----------
    records
        Rows.
    units
        Columns to write with their units, in order. Those that bound another one (``jobs_low``)
        are written beside it.

    Returns
    -------
    list of WrittenColumn
        Shares in percent; a missing value is an empty text.
    """
    figures = {name for name in units if _numeric([r.get(name) for r in records])}
    bounds = bounding_columns(name for name in units if name in figures)
    ends = {name for pair in bounds.values() for name in pair}
    found = []
    for name, unit in units.items():
        if name in ends:
            continue
        values = [r.get(name) for r in records]
        if name not in figures:
            cells = [_word(value) for value in values]
        elif name in bounds:
            low, high = ([r.get(end) for r in records] for end in bounds[name])
            cells = _ranges(values, low, high, unit)
        else:
            cells = written_figures(name, unit, values, records)
        title = headed(name, "%" if unit in {"share", "percent"} else unit)
        found.append(WrittenColumn(name, title, name in figures, cells))
    return found


def written_figures(
    name: str, unit: str | None, values: Sequence[Any], records: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Write the figures of one column.

    Parameters
    ----------
    name, unit
        Of the column. Figures of one unit have the same number of decimals, for comparison; where
        another column says the unit, each is written in its own; years and codes are left alone.
    values
        One of each record.
    records
        Whole rows, for their units.
    """
    if unit in _PLAIN_UNITS or name.endswith(_PLAIN_NAMES):
        return ["" if value is None else str(value) for value in values]
    if says := unit_column(unit):
        return [quantity_words(v, r.get(says)) for v, r in zip(values, records, strict=True)]
    return column_figures(values, unit)


def used_columns(
    records: Sequence[Mapping[str, Any]], units: Mapping[str, str | None]
) -> dict[str, str | None]:
    """Leave out the columns that no row fills: a section uses some of them only."""
    return {n: u for n, u in units.items() if any(r.get(n) is not None for r in records)}


def _ranges(
    values: Sequence[Any], low: Sequence[Any], high: Sequence[Any], unit: str | None
) -> list[str]:
    words, n = column_figures([*values, *low, *high], unit), len(values)
    return [
        range_words(figure, least, most, none=value == 0) if least and most else figure
        for value, figure, least, most in zip(
            values, words[:n], words[n : 2 * n], words[2 * n :], strict=True
        )
    ]


def _numeric(values: Sequence[Any]) -> bool:
    known = [v for v in values if v is not None]
    return bool(known) and all(
        isinstance(v, (int, float)) and not isinstance(v, bool) for v in known
    )


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{k}={_word(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(_word(v) for v in value)
    return "" if value is None else str(value)
