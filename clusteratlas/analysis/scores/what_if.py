"""What becomes of a cluster's mean relatedness when an industry leaves it or joins it."""

from __future__ import annotations


def within_after_leaving(
    within: float | None, relatedness: float | None, members: int
) -> float | None:
    """Mean relatedness within a cluster once a member leaves.

    ``(W n (n - 1) / 2 - R (n - 1)) / ((n - 1)(n - 2) / 2) = (n W - 2 R) / (n - 2)``: of the
    n (n - 1) / 2 pairs with mean W, those n - 1 of the leaving one with mean R are taken away.

    Parameters
    ----------
    within
        Mean relatedness W over the pairs of members now; None if not known.
    relatedness
        Mean relatedness R of the one that leaves to the other members; None if not known.
    members
        Members n now, the one that leaves included.

    Returns
    -------
    float or None
        In the unit of ``within``; None for what is left of two, which has no pair, or where a
        figure is not known.
    """
    if within is None or relatedness is None or members <= 2:
        return None
    return (members * within - 2 * relatedness) / (members - 2)


def within_after_joining(
    within: float | None, relatedness: float | None, members: int
) -> float | None:
    """Mean relatedness within a cluster once an industry joins.

    ``(W n (n - 1) / 2 + R n) / (n (n + 1) / 2) = ((n - 1) W + 2 R) / (n + 1)``: to the
    n (n - 1) / 2 pairs with mean W come the n pairs of the joining one with mean R.

    Parameters
    ----------
    within
        Mean relatedness W over the pairs of members now; None if not known, or for one alone.
    relatedness
        Mean relatedness R of the one that joins to the members; None if not known.
    members
        Members n now, the one that joins not among them.

    Returns
    -------
    float or None
        In the unit of ``within``; None where a figure is not known.
    """
    if relatedness is None or (within is None and members > 1):
        return None
    return ((members - 1) * (within or 0.0) + 2 * relatedness) / (members + 1)
