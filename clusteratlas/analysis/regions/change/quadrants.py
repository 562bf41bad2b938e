"""Where a cluster is on its way: how specialized a region is in it, and how that changes."""

from __future__ import annotations

STAR, MATURE, EMERGING, TRANSFORMING = QUADRANTS = ("star", "mature", "emerging", "transforming")
"""Specialized and more so; specialized and less so; not, but more so; not, and less so."""

Bounds = tuple[float, float]


def quadrant(lq: float, change: float) -> str:
    """Name the quadrant of a location quotient and its change.

    Parameters
    ----------
    lq
        Location quotient at the end.
    change
        Less that at the start.

    Returns
    -------
    str
        ``star`` (LQ >= 1, rising), ``mature`` (LQ >= 1, not rising), ``emerging`` (LQ < 1,
        rising), ``transforming`` (LQ < 1, not rising).

    References
    ----------
    Purdue Center for Regional Development and Indiana Business Research Center 2007.
    """
    if lq >= 1:
        return STAR if change > 0 else MATURE
    return EMERGING if change > 0 else TRANSFORMING


def possible_quadrants(start: Bounds, end: Bounds) -> tuple[str, ...]:
    """Name the quadrants that location quotients between bounds can be in.

    Parameters
    ----------
    start, end
        Least and greatest location quotient at the start and at the end.

    Returns
    -------
    tuple of str
        In the order of `QUADRANTS`. Each holds for some pair of quotients within the bounds.
    """
    (low0, high0), (low1, high1) = start, end
    can_be = (
        high1 >= 1 and high1 > low0,
        high1 >= 1 and max(low1, 1) <= high0,
        low1 < 1 and high1 > low0 and low0 < 1,
        low1 < 1 and low1 <= high0,
    )
    return tuple(name for name, can in zip(QUADRANTS, can_be, strict=True) if can)
