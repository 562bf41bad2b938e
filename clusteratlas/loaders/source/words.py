"""Columns of a publisher's marks and flags: each word is known, or the file is refused."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from clusteratlas.loaders.source.tabular import CellError


def known_words(column: pd.Series, known: Collection[str], what: str) -> None:
    """Refuse a column of text that holds another word than the known ones.

    Parameters
    ----------
    column
        Text or categories; shape (n,). Blanks around a word do not count, and an absent cell is
        the empty word.
    known
        Every word that the publisher's description lists; ``""`` where a cell may be empty.
    what
        What the words are, for the message: ``flag``.

    Raises
    ------
    CellError
        If there is another one.
    """
    used = column.drop_duplicates()
    cells = ["" if pd.isna(cell) else str(cell) for cell in used]
    wrong = next((cell for cell in cells if cell.strip() not in known), None)
    if wrong is not None:
        listed = ", ".join(repr(word) for word in sorted(known))
        raise CellError(
            f"column {column.name!r}: {wrong!r} is no known {what}; known are {listed}",
            column=str(column.name),
            value=wrong,
        )
