"""Custom regions as their files have them: counties resolved strictly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.custom.named import (
    Item,
    Named,
    NamedLists,
    RegionLine,
    made_of_lists,
)
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.csv_rows import Mistake
from clusteratlas.vocabulary.keys import custom_region_key, region_key, supplied_key

_FIPS = re.compile(r"(?:county:)?(\d{5})")
_SHORT = re.compile(r"\d{1,4}")
_PLANNING = re.compile(r"091[1-9]0")
_KIND = re.compile(
    r"\s+(county|parish|borough|census area|municipality|city and borough|municipio)$"
)
_STATES = {name.casefold(): postal.casefold() for postal, name in STATES.values()}
_SHOWN = 4
"""Candidates of an ambiguous name that a message tells."""


@dataclass(frozen=True)
class OwnRegion:
    """One custom region."""

    key: str
    name: str
    counties: tuple[str, ...]
    """Keys of the counties in it, sorted."""
    source: str
    """Key of its file among the sources."""


class Counties:
    """Counties of an edition by what people call them; nothing is guessed.

    Parameters
    ----------
    regions
        Table ``regions`` of the edition.
    """

    def __init__(self, regions: pd.DataFrame) -> None:
        counties = regions[regions["type"] == "county"]
        self.keys = set(counties["key"])
        self._called: dict[str, list[str]] = {}
        self._names = dict(zip(counties["key"], counties["name"], strict=True))
        for key, name in self._names.items():
            place, _, state = str(name).casefold().rpartition(", ")
            for called in {place, _KIND.sub("", place)}:
                for form in (called, f"{called}, {state}"):
                    known = self._called.setdefault(form, [])
                    if key not in known:
                        known.append(key)

    def find(self, item: Item) -> str | Mistake:
        """Give the key of a county, or what is wrong with its name or code."""
        text = " ".join(item.text.split())
        code = _FIPS.fullmatch(text)
        if code is not None:
            return self._of_code(code[1], item.line)
        if _SHORT.fullmatch(text):
            hint = "county codes have five digits; has a program dropped a leading zero?"
            return Mistake(item.line, f"{text!r} is no code of a county", hint)
        name = text.casefold()
        if "planning region" in name:
            return _planning(text, item.line)
        place, comma, state = name.rpartition(", ")
        state = _STATES.get(state, state)
        found = self._called.get(f"{place}, {state}" if comma else name, [])
        if len(found) == 1:
            return found[0]
        if not found:
            hint = "give its five-digit code, or its name as Franklin County, OH"
            return Mistake(item.line, f"no county is called {text!r}", hint)
        shown = "; ".join(f"{self._names[key]} ({key[-5:]})" for key in found[:_SHOWN])
        more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        text = f"{text!r} could be any of these counties: {shown}{more}"
        return Mistake(item.line, text, "add the state, or give the code")

    def _of_code(self, code: str, line: int) -> str | Mistake:
        key = region_key("county", code)
        if key in self.keys:
            return key
        if _PLANNING.fullmatch(code):
            return _planning(code, line)
        hint = "codes are those of the edition's counties; `clusteratlas find` looks for names"
        return Mistake(line, f"there is no county {code}", hint)


def _planning(text: str, line: int) -> Mistake:
    return Mistake(
        line,
        f"{text!r} is a planning region of Connecticut, where figures are of the old counties",
        "name counties: Fairfield 09001, Hartford 09003, Litchfield 09005, Middlesex 09007, "
        "New Haven 09009, New London 09011, Tolland 09013, Windham 09015",
    )


def supplied_row(lists: NamedLists, vintage: int) -> dict[str, object]:
    """Row of the table ``sources`` for a user's file; its vintage is the year of the figures."""
    return {
        "key": supplied_key(lists.path.stem, lists.sha256),
        "source": "supplied",
        "title": f"{lists.what[:1].upper()}{lists.what[1:]}",
        "publisher": "supplied by the user",
        "licence": "not known",
        "homepage": "",
        "url": None,
        "file": lists.path.name,
        "vintage": vintage,
        "sha256": lists.sha256,
        "bytes": lists.bytes,
        "defining": False,
    }


def read_regions(
    paths: Sequence[Path], regions: pd.DataFrame
) -> tuple[list[NamedLists], list[OwnRegion]]:
    """Read files of regions.

    CSV: columns ``name`` and ``county`` (or ``counties``), one county a row or several in a cell,
    separated by semicolons. YAML: a list of counties by name. Counties are five-digit codes or
    names (``Franklin County, OH``); a name that several counties have is refused.

    Parameters
    ----------
    paths
        The files.
    regions
        Table ``regions`` of the edition.

    Returns
    -------
    The files, and the regions by key.

    Raises
    ------
    InputError
        With the file and the line: a county is not there, is twice in a region, or could be
        several; a name came before in another file, or is that of a region of the edition.
    """
    counties = Counties(regions)
    taken = dict(zip(regions["name"].astype(str).str.casefold(), regions["key"], strict=True))

    def made(named: Named) -> tuple[OwnRegion, list[Mistake]]:
        found = [counties.find(item) for item in named.items]
        there = tuple(sorted({one for one in found if isinstance(one, str)}))
        wrong = [one for one in found if isinstance(one, Mistake)]
        wrong += _twice(named.name, named.items, found)
        return OwnRegion(named.key, named.name, there, named.source), wrong

    files, own = made_of_lists(paths, RegionLine, "region", taken, custom_region_key, made)
    return files, [own[key] for key in sorted(own)]


def _twice(name: str, items: Sequence[Item], found: Sequence[str | Mistake]) -> list[Mistake]:
    first: dict[str, int] = {}
    wrong = []
    for item, key in zip(items, found, strict=True):
        if isinstance(key, Mistake):
            continue
        if key in first:
            text = f"{item.text!r} is in {name!r} already, by line {first[key]}"
            wrong.append(Mistake(item.line, text, "name each county once"))
        first.setdefault(key, item.line)
    return wrong
