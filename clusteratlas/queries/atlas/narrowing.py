"""Names that say too little: words for several clusters, codes that hold several industries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from clusteratlas.errors import AmbiguousName
from clusteratlas.queries.atlas.lookup import candidates
from clusteratlas.queries.atlas.names import Entry, Names, words
from clusteratlas.queries.atlas.places import packaged_rows

_DIGITS = 6
"""Digits of the codes that clusters are made of."""


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


def six_digits(names: Names, text: str, entry: Entry) -> Entry:
    """Give the one classified industry of a group, or the group where none of its is.

    Raises
    ------
    AmbiguousName
        If the group has several, with those.
    """
    if entry.label != "Industry" or len(entry.code) == _DIGITS:
        return entry
    inside = [e for e in names.by_label["Industry"] if e.type and len(e.code) == _DIGITS]
    whole = [e for e in inside if e.code.startswith(entry.code)]
    if len(whole) > 1:
        raise AmbiguousName("industry", text, candidates(whole))
    return whole[0] if whole else entry
