"""What people call regions beside their names: everyday names, codes with a word, ZIP codes.

``region_aliases.csv`` lists everyday names, each with the official areas that it means and the
public body that plans for them; a name with several areas is ambiguous, one without any is of no
one region.
``zip_prefixes.csv`` says where the ZIP codes lie that begin with three digits; ``.ci`` has what
computes it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.names import Entry, Names, ambiguous, words
from clusteratlas.vocabulary.keys import region_key

NATION = "us"
"""Key of the nation."""

_CODED = re.compile(
    r"(?P<word>cbsa|msa|metro(?:politan)?(?: area)?|ea|economic area|county|state|fips|zip"
    r"(?: code)?)"
    r"\s*(?:code\s*)?[:#]?\s*(?P<code>\d{1,5})(?:-\d{4})?",
    re.IGNORECASE,
)
_NAICS = re.compile(r"^\s*naics\s*(?:code\s*)?[:#]?\s*(?=\d{2,6}\s*$)", re.IGNORECASE)
_PARTS = "name a state, a metropolitan area, an economic area or a county"
_PLAIN = re.compile(r"(?P<code>\d{5})(?:-\d{4})?")
_DIGITS = 6
"""Digits of the codes that clusters are made of."""
_SURE = 90
"""Percent of the ZIP codes of a prefix that lie in one place, from which the others do too."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The regions that an everyday name or a code means."""

    keys: tuple[str, ...]
    """Keys of regions, the likeliest first; none where it is of no one region."""
    remark: str = ""
    """Why these, to be said behind the name of the region."""
    refusal: str = ""
    """What it is, where that is no region."""


def meant_by(text: str) -> Meant | None:
    """Give what an everyday name or a code of a region means; None: it is neither.

    Examples
    --------
    >>> meant_by("the Twin Cities").keys, meant_by("MSA 14460").keys, meant_by("FIPS 25").keys
    (('cbsa:33460',), ('cbsa:14460',), ('state:25',))
    >>> meant_by("02139").keys, meant_by("Rust Belt").keys, meant_by("Boston")
    (('cbsa:14460',), (), None)
    """
    bare = text.strip()
    if found := _CODED.fullmatch(bare):
        return _coded(found["word"].lower(), found["code"])
    if found := _PLAIN.fullmatch(bare):
        return _five_digits(found["code"], plain=bare.isdecimal())
    said = words(bare)
    for name in (said, said[1:] if said[:1] == ("the",) else ()):
        if place := everyday_names().get(" ".join(name)):
            return place
    return None


def regions_called(
    names: Names, text: str, *, labels: Sequence[str], types: Sequence[str], what: str
) -> list[Entry]:
    """Find the regions that an everyday name or a code means; none if it is neither.

    Parameters
    ----------
    names
        The names of the store.
    text
        The name or code.
    labels, types
        Labels and region types that it may have.
    what
        What errors call it.

    Raises
    ------
    InputError
        If it is of no one region, or the nation where only a part of it makes sense.
    """
    place = meant_by(text) if "Region" in labels else None
    if place is None:
        return []
    code = text.strip().lower()
    coded = {e.key for n in labels for e in names.by_label.get(n, ()) if code in e.exact}
    if coded and not coded & set(place.keys):
        return []  # the code of something else
    if place.refusal and tuple(labels) == ("Region",):
        raise InputError(f"{text!r} is no region of the atlas: {place.refusal}", hint=_PARTS)
    known = [names.by_key[key] for key in place.keys if key in names.by_key]
    found = [e for e in known if not types or e.type in allowed_types(types)]
    if known and not found and place.keys == (NATION,):
        raise InputError(
            f"the whole nation cannot be the {what} here",
            hint=f"{_PARTS}; of the nation tell `ask region US`, `ask compare` and `ask cluster`",
        )
    return found


def allowed_types(types: Sequence[str]) -> set[str]:
    """Types of entries that region types stand for: micropolitan areas are areas too."""
    return set(types) | ({"micro"} if "cbsa" in types else set())


def without_naics(text: str) -> str:
    """Leave out what may stand before the code of an industry: "NAICS 3361"."""
    return _NAICS.sub("", text)


@cache
def everyday_names() -> Mapping[str, Meant]:
    """Read the packaged list: places by name, in small letters."""
    found: dict[str, Meant] = {}
    for row in packaged_rows("region_aliases.csv"):
        keys = tuple(row["regions"].split())
        said = f"planning body: {row['source']}" if len(keys) == 1 and keys != (NATION,) else ""
        remark = "; ".join(part for part in (said, row["note"]) if part)
        place = Meant(keys, remark=remark) if keys else Meant((), refusal=row["note"])
        found |= dict.fromkeys(row["aliases"].split("; "), place)
    return found


@cache
def vague_words() -> Mapping[str, frozenset[str]]:
    """Read the packaged list of words that mean other clusters to each who says them.

    Returns
    -------
    NAICS codes of what they may mean, by word.
    """
    return {
        word: frozenset(row["naics"].split())
        for row in packaged_rows("vague_words.csv")
        for word in row["words"].split("; ")
    }


def vague_industries(names: Names, text: str) -> list[str]:
    """Give the keys of the industries that a vague word may mean; none if it is not vague."""
    codes = vague_words().get(" ".join(words(text)), frozenset())
    return [e.key for e in names.by_label.get("Industry", ()) if e.code in codes]


def one_industry(names: Names, text: str, entry: Entry) -> Entry:
    """Give the one classified industry of a group, or the group where none of its is.

    Raises
    ------
    AmbiguousName
        If the group has several, with those.
    """
    if entry.label != "Industry" or len(entry.code) == _DIGITS:
        return entry
    whole = [e for e in names.by_label["Industry"] if e.type and len(e.code) == _DIGITS]
    inside = [e for e in whole if e.code.startswith(entry.code)]
    if len(inside) > 1:
        raise ambiguous("industry", text, inside)
    return inside[0] if inside else entry


def _coded(word: str, code: str) -> Meant | None:
    if word.startswith("zip"):
        return _zip(code) if len(code) == 5 else None
    if word == "fips":
        kind = {2: "state", 5: "county"}.get(len(code), "")
    else:
        kind = {"state": "state", "county": "county", "ea": "ea", "economic area": "ea"}.get(
            word, "cbsa"
        )
    return Meant((f"{kind}:{code}",)) if kind else None


def _five_digits(code: str, *, plain: bool) -> Meant | None:
    """Take five digits as a ZIP code, and as that of a region too if there are both."""
    prefix = _prefixes().get(code[:3])
    if prefix is None:
        return None
    lies = _zip(code)
    if plain and code in prefix.codes:
        own = (region_key("county", code), region_key("cbsa", code))
        return Meant((*own, *lies.keys))
    return lies


def _zip(code: str) -> Meant:
    """Give the place of a ZIP code, as far as its first three digits tell."""
    prefix = _prefixes().get(code[:3])
    if prefix is None:
        return Meant((), refusal=f"no ZIP code of a state begins with {code[:3]}")
    key, share = next(iter(prefix.places.items()))
    if share < _SURE:
        return Meant(tuple(prefix.places))
    return Meant((key,), remark=f"{share} % of the ZIP codes that begin with {code[:3]} lie there")


@dataclass(frozen=True, slots=True)
class _Prefix:
    """Where the ZIP codes lie that begin with three digits."""

    places: Mapping[str, int]
    """Percent of them by region, the most first."""
    codes: frozenset[str]
    """Those that are codes of regions too."""


@cache
def _prefixes() -> Mapping[str, _Prefix]:
    return {
        row["prefix"]: _Prefix(
            {key: int(share) for key, share in (p.split() for p in row["places"].split("; "))},
            frozenset(row["codes"].split()),
        )
        for row in packaged_rows("zip_prefixes.csv")
    }


def packaged_rows(name: str) -> Iterator[dict[str, str]]:
    """Read one of the lists beside this module."""
    path = files("clusteratlas.queries.atlas.everyday") / name
    with path.open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle)
