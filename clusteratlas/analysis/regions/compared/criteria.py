"""Whether a figure between bounds meets a criterion: it does, does not, or nobody knows."""

from __future__ import annotations

MET, NOT_MET, NOT_KNOWN = "met", "not met", "not known"
VERDICTS = (MET, NOT_MET, NOT_KNOWN)
"""What can be said of a criterion."""


def at_least(low: float | None, high: float | None, least: float) -> str:
    """Say whether a figure that lies between bounds is so large.

    Parameters
    ----------
    low, high
        Lowest and highest value that is possible; None where nothing bounds it on that side.
    least
        What it has to be.

    Returns
    -------
    ``met`` where the lowest is enough, ``not met`` where the highest is not, else ``not known``.
    """
    if low is not None and low >= least:
        return MET
    return NOT_MET if high is not None and high < least else NOT_KNOWN


def at_most(low: float | None, high: float | None, most: float) -> str:
    """Say whether a figure that lies between bounds is no larger; see `at_least`."""
    if high is not None and high <= most:
        return MET
    return NOT_MET if low is not None and low > most else NOT_KNOWN
