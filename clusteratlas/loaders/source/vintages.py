"""Of which vintage the codes in a publisher's file are, by the year of the file.

Publishers go over to a new classification of industries, list of counties or delineation of
metropolitan areas each in a year of their own. A source declares these years, so that files are
joined only where their codes mean the same::

    naics=since({1998: 1997, 2003: 2002, 2008: 2007, 2012: 2012, 2017: 2017})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

VintageOf = Callable[[int], int | None]
"""Vintage of a file to the vintage of its codes; None where it has none, or it is not known."""

OLD_COUNTIES = 2018
"""Connecticut has its eight counties. Codes that were renumbered before, and later in Alaska, are
followed by :func:`~clusteratlas.loaders.places.counties.modernize`."""

PLANNING_REGIONS = 2022
"""Connecticut has nine planning regions instead (09110 to 09190), which cut across its counties:
no code of one list is a code of the other, and none can be followed without weights."""


def since(starts: Mapping[int, int | None]) -> VintageOf:
    """Make the function that finds the last start that is not after the year of a file.

    Parameters
    ----------
    starts
        First year of the files -> vintage of the codes from that year on; None where it is not
        known from then on.

    Returns
    -------
    callable
        Gives None for a year before the first start.
    """

    def vintage_of(year: int) -> int | None:
        begun = [start for start in starts if start <= year]
        return starts[max(begun)] if begun else None

    return vintage_of


def none(_year: int) -> None:
    """Say that the files of a source have no such codes."""


def itself(year: int) -> int:
    """Say that the codes are of the vintage of the file: it is the list of them."""
    return year
