"""Rows that a publisher repeats: unchanged ones count once, others are a contradiction."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clusteratlas.loaders.source.tabular import CellError

NOTES = "notes"
"""``frame.attrs`` entry of a tidy table: what was done to the file that a user should know."""


def notes_of(frame: pd.DataFrame) -> list[str]:
    """Give the notes on the file that a tidy table was read from, each in one line; mostly none."""
    return [str(note) for note in frame.attrs.get(NOTES, ())]


def defect_of(
    frame: pd.DataFrame, counts: Sequence[str], key: Sequence[str]
) -> tuple[str, str] | None:
    """Find what cannot be right: a count below zero, or a row without its key.

    Returns
    -------
    tuple of str, or None
        What is wrong, and what to do about it.
    """
    for name in counts:
        bad = frame[frame[name].notna() & (frame[name] < 0)]
        if len(bad):
            return (
                f"negative {name} in {len(bad)} rows, first at {where(bad, key)}",
                "a count cannot be negative: compare with the publisher's file",
            )
    for name in key:
        unkeyed = frame[frame[name].isna() | frame[name].eq("")]
        if len(unkeyed):
            return (
                f"no {name} in {len(unkeyed)} rows, first at {where(unkeyed, key)}",
                "every row needs its key: compare with the publisher's file",
            )
    return None


def once_each(frame: pd.DataFrame, key: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Drop rows that are there before in every column.

    Parameters
    ----------
    frame
        A tidy table; shape (n, columns).
    key
        Columns that identify a row.

    Returns
    -------
    DataFrame, list of str
        The first of each row, and a note that counts the others, if any.

    Raises
    ------
    CellError
        If a key is there again with other values; it names the first and the columns.
    """
    again = frame.duplicated(list(key))
    if not again.any():
        return frame, []
    several = frame[frame.duplicated(list(key), keep=False)]
    same = several.duplicated()
    others = several[~same]
    conflict = others[others.duplicated(list(key))]
    if len(conflict):
        first = conflict.iloc[0]
        both = others[others[list(key)].eq(first[list(key)]).all(axis=1)]
        differ = [name for name in frame if both[name].nunique(dropna=False) > 1]
        raise CellError(
            f"{len(conflict)} repeated keys, first {where(conflict, key)}: "
            f"its rows differ in {', '.join(map(str, differ))}"
        )
    dropped = several[same]
    return frame.drop(index=dropped.index), [
        f"{_counted(len(dropped))}, first {where(dropped, key)}"
    ]


def whole_rows_once(raw: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Drop rows of a file that are there before, cell by cell, and count them in a note."""
    again = raw.duplicated() & (raw != "").any(axis=1)
    if not again.any():
        return raw, []
    return raw[~again], [_counted(int(again.sum()))]


def _counted(repeats: int) -> str:
    if repeats == 1:
        return "1 row repeats another unchanged: they count once"
    return f"{repeats} rows repeat others unchanged: they count once"


def where(rows: pd.DataFrame, key: Sequence[str]) -> str:
    """Key of the first row, for a message: ``area=01001, naics=62``."""
    return ", ".join(f"{name}={rows.iloc[0][name]}" for name in key)
