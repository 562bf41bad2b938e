"""Rows that a publisher repeats: unchanged ones count once, others are a contradiction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from clusteratlas.loaders.source.tabular import CellError

CODES: Mapping[str, str] = {
    "county": r"\d{5}",
    "fips": r"\d{2}|\d{5}",
    "cbsa": r"\d{5}",
    "zip": r"\d{5}",
    "soc": r"\d\d-\d{4}",
    "cik": r"\d{1,10}",
    "ein": r"\d{9}",
    "unitid": r"\d{1,8}",
    "lei": r"[0-9A-Z]{20}",
    "ror": r"0[0-9a-z]{8}",
}
"""Columns that hold codes wherever they are part of a key, and their form as we write it."""

NOTES = "notes"
"""``frame.attrs`` entry of a tidy table: what was done to the file that a user should know."""


def notes_of(frame: pd.DataFrame) -> list[str]:
    """Give the notes on the file that a tidy table was read from, each in one line; mostly none."""
    return [str(note) for note in frame.attrs.get(NOTES, ())]


def defect_of(
    frame: pd.DataFrame, counts: Mapping[str, float], key: Sequence[str]
) -> tuple[str, str] | None:
    """Find what cannot be right: a count below zero or above its most, or a row without its key.

    Parameters
    ----------
    frame
        A tidy table.
    counts
        Columns of counts, with the most that one can be.
    key
        Columns that identify a row. Text in it has no control characters, and codes have the
        form of codes (`CODES`).

    Returns
    -------
    tuple of str, or None
        What is wrong, and what to do about it.
    """
    for name, most in counts.items():
        bad = frame[frame[name].notna() & (frame[name] < 0)]
        if len(bad):
            return (
                f"negative {name} in {len(bad)} rows, first at {where(bad, key)}",
                "a count cannot be negative: compare with the publisher's file",
            )
        huge = frame[frame[name].notna() & (frame[name] > most)]
        if len(huge):
            return (
                f"{name} above {most:.0e} in {len(huge)} rows, first at {where(huge, key)}",
                "there are not so many in the world: compare with the publisher's file",
            )
    for name in key:
        unkeyed = frame[frame[name].isna() | frame[name].eq("")]
        if len(unkeyed):
            return (
                f"no {name} in {len(unkeyed)} rows, first at {where(unkeyed, key)}",
                "every row needs its key: compare with the publisher's file",
            )
        if name in CODES:
            values = pd.Series(frame[name].unique(), dtype="string")
            odd = values[~values.str.fullmatch(CODES[name]).astype(bool)]
            if len(odd):
                bad = frame[frame[name].isin(odd)]
                return (
                    f"{odd.iloc[0]!r} is no {name}, in {len(bad)} rows, first at {where(bad, key)}",
                    "compare with the publisher's file",
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
