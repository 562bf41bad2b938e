"""Of which vintage the codes in a publisher's file are, by the year of the file.

Publishers go over to a new classification of industries, list of counties or delineation of
metropolitan areas each in a year of their own. A source declares these years, so that files are
joined only where their codes mean the same::

    naics=since({1998: 1997, 2003: 2002, 2008: 2007, 2012: 2012, 2017: 2017})
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

VintageOf = Callable[[int], int | None]
"""Vintage of a file to the vintage of its codes; None where it has none, or it is not known."""

OLD_COUNTIES = 2018
"""Connecticut has its eight counties. Codes that were renumbered before, and later in Alaska, are
followed by :func:`~clusteratlas.loaders.places.counties.modernize`."""

PLANNING_REGIONS = 2022
"""Connecticut has nine planning regions instead (09110 to 09190), which cut across its counties:
no code of one list is a code of the other, and none can be followed without weights."""


_CONNECTICUT = {
    OLD_COUNTIES: frozenset(f"090{county:02d}" for county in range(1, 16, 2)),
    PLANNING_REGIONS: frozenset(f"091{region}0" for region in range(1, 10)),
}
"""Codes of Connecticut in each list of counties: what tells the lists apart."""


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


def another_list(codes: Collection[str], declared: int) -> str | None:
    """Say so where a file has Connecticut in another list of counties than in the declared one.

    Parameters
    ----------
    codes
        Codes of a file, those of counties among them.
    declared
        ``OLD_COUNTIES`` or ``PLANNING_REGIONS``.

    Returns
    -------
    str or None
        For example ``it has 09001, which is not of the counties of 2022``. A file with codes of
        both lists, or of none, is not at odds with either.
    """
    own = _CONNECTICUT[declared]
    others = frozenset[str]().union(*_CONNECTICUT.values()) - own
    found = sorted(others.intersection(codes))
    if not found or not own.isdisjoint(codes):
        return None
    return f"it has county {found[0]}, which is not in the list of {declared}"


def untried(vintage: int, known: Collection[int], *, goes_on: bool) -> str | None:
    """Say why no file of a vintage can be read; None where one can be tried.

    Parameters
    ----------
    vintage
        Year of a file.
    known
        Vintages whose layouts are known.
    goes_on
        The publisher goes on: later years are tried.
    """
    if vintage in known:
        return None
    if vintage < min(known):
        return f"{vintage} is before {min(known)}, the first known vintage"
    if not goes_on or vintage < max(known):
        return f"vintage {vintage} is not known"
    # Some files are named after the coming year, none after a later one.
    if vintage > date.today().year + 1:
        return f"there can be no vintage {vintage} yet"
    return None


def later_note(vintage: int, newest: int, codes: Mapping[str, int | None]) -> str:
    """Note on a year after the newest known one: what is taken for granted of it.

    Parameters
    ----------
    vintage, newest
        Year of the file, and the known one whose layout it was read with.
    codes
        Vintages that its codes are taken to be of, by the words for them.
    """
    words = [f"{name} {year}" for name, year in codes.items() if year not in {None, vintage}]
    taken = f"; its codes are taken as those of {', '.join(words)}" if words else ""
    return f"{vintage} is later than this version knows; read with the layout of {newest}{taken}"


def spans(years: Iterable[int], *, goes_on: bool = False) -> str:
    """Write years shortly: 2007, 2012, 2017-2023; with ``goes_on`` the last is open, 2017-."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    texts = [str(p[0]) if len(p) == 1 else f"{p[0]}-{p[-1]}" for p in parts]
    if goes_on and parts:
        texts[-1] = f"{parts[-1][0]}-"
    return ", ".join(texts)
