"""What is wrong with a table, by what is declared of its columns; for writing and verify alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from clusteratlas.errors import EditionError
from clusteratlas.vocabulary.columns import PANDAS, Column
from clusteratlas.vocabulary.tables import Table
from clusteratlas.vocabulary.units import BOUNDS

if TYPE_CHECKING:
    import pyarrow as pa


def other_types(table: Table, stored: pa.Schema) -> Iterator[str]:
    """Say which columns of a file have another type than the declared one."""
    for column in table.columns:
        place = stored.get_field_index(column.name)
        found = "" if place < 0 else str(stored.field(place).type).removeprefix("large_")
        if found not in {"", "null", column.type}:
            yield f"{column.name} is {found}, not {column.type}"


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame the declared columns, in order, and their types.

    Raises
    ------
    EditionError
        If a column is missing or undeclared, or holds what its type cannot.
    """
    have, want = set(frame.columns), set(table.names)
    facts = {"missing": sorted(want - have), "undeclared": sorted(have - want)}
    if told := [f"{what} columns {found}" for what, found in facts.items() if found]:
        raise EditionError(
            f"table {table.name}: {', '.join(told)}",
            hint=f"columns: {', '.join(table.names)}",
        )
    return pd.DataFrame({c.name: _cast(table, c, frame[c.name]) for c in table.columns})


def _cast(table: Table, column: Column, values: pd.Series[Any]) -> pd.Series[Any]:
    wanted: Any = PANDAS[column.type]
    try:
        cast: pd.Series[Any] = values.astype(wanted)
        return cast
    except (TypeError, ValueError) as exc:
        said = " ".join(str(exc).split())
        raise EditionError(
            f"table {table.name}: {column.name} cannot be {column.type}: {said}"
        ) from exc


def faults(table: Table, frame: pd.DataFrame) -> Iterator[str]:
    """Say what is wrong with a table by itself, each fault with its first offender.

    Parameters
    ----------
    table
        What is declared.
    frame
        Its rows, as :func:`typed` gives them.

    Yields
    ------
    str
        Of each column: values that it lacks, that are none of its closed list, or that are out of
        the bounds of its unit. Then repeated keys.
    """
    for column in table.columns:
        values = frame[column.name]
        if not column.nullable and (lacking := values.isna()).any():
            of = f"{int(lacking.sum())} of {len(frame)}"
            yield f"{column.name} lacks values ({of}), first where {_row(table, frame, lacking)}"
        if column.choices:
            strange = values.notna() & ~values.isin(column.choices)
            if strange.any():
                known = ", ".join(column.choices)
                yield f"{column.name} is {values[strange].iloc[0]!r}, which is none of {known}"
        if column.unit in BOUNDS:
            low, high = BOUNDS[column.unit]
            beyond = ((values < low) | (values > high)).fillna(False)
            if beyond.any():
                yield (
                    f"{column.name} is {values[beyond].iloc[0]} where "
                    f"{_row(table, frame, beyond)}: its unit {column.unit!r} goes from "
                    f"{low:g} to {high:g}"
                )
    repeated = frame.duplicated(list(table.key))
    if repeated.any():
        first = frame.loc[repeated, list(table.key)].iloc[0].to_dict()
        yield f"{int(repeated.sum())} repeated keys, first {first}"


def dangling(
    table: Table, frame: pd.DataFrame, keys_of: Callable[[str], pd.Series[Any] | None]
) -> Iterator[str]:
    """Say which keys of other tables a table names that are not there.

    Parameters
    ----------
    table, frame
        As in :func:`faults`.
    keys_of
        Gives the keys of a table, or None where they are not known.
    """
    for column in table.columns:
        keys = keys_of(column.refers) if column.refers else None
        if keys is None:
            continue
        named = pd.Series(frame[column.name].dropna().unique(), dtype=object)
        lost = named[~named.isin(keys.astype(object))]
        if len(lost):
            yield (
                f"{column.name} names {len(lost)} keys that {column.refers} lacks, "
                f"first {lost.iloc[0]!r}"
            )


def _row(table: Table, frame: pd.DataFrame, chosen: pd.Series[bool]) -> str:
    """Name the first row that is chosen, by its key."""
    first = frame.loc[chosen, list(table.key)].iloc[0]
    return ", ".join(f"{name} = {value}" for name, value in first.items())
