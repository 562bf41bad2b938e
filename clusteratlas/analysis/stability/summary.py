"""Stability in a few figures: what a reader asks before looking at one cluster after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median


def median_of_known(values: Iterable[float | None]) -> float | None:
    """Median of the values that are known; None if none is.

    Parameters
    ----------
    values
        Figures of one unit, None where one is not known.

    Returns
    -------
    In their unit: the middle one, of an even number the mean of the two in the middle.
    """
    known = [float(value) for value in values if value is not None]
    return median(known) if known else None


def counted(words: Iterable[str | None], order: Sequence[str]) -> list[tuple[str, int]]:
    """Count how often each word of a closed list occurs, those that never do included.

    Parameters
    ----------
    words
        Words of the clusters or members; None, and words that are not in the list, do not count.
    order
        The list.

    Returns
    -------
    Each word of ``order`` with its number, in that order.
    """
    found = Counter(words)
    return [(word, found[word]) for word in order]
