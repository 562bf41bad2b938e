"""Parts of a cluster that its name says, and whether the name is true by jobs.

A name is a promise: who reads "Wine, Beer and Tobacco" expects that these are most of the cluster,
and that nothing larger than the smallest of them is in it unsaid. Both are counted in jobs here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.naics import naics_ancestors

NAMED = 0.6
"""Share of a cluster's jobs that the words of its name cover at least."""
UNSAID = 0.2
"""Share of a cluster's jobs that no part which the name does not say goes beyond."""
MOST_PARTS = 3
"""Parts that a name made by rule says at most."""


@dataclass(frozen=True, slots=True)
class NameTruth:
    """How much of a cluster its name says, in shares of the cluster's jobs.

    Attributes
    ----------
    named
        Of all parts that the name says.
    smallest, smallest_share
        Words of the smallest part that it says; both None where it says none.
    unnamed, unnamed_share
        Code of the largest group (four digits of NAICS) among the members that it does not say,
        None where it says all; and its share, 0 then.
    """

    named: float
    smallest: str | None
    smallest_share: float | None
    unnamed: str | None
    unnamed_share: float

    @property
    def holds(self) -> bool:
        """Whether the name covers enough, and nothing unsaid is larger than what it says."""
        enough = self.named >= NAMED and self.unnamed_share <= UNSAID
        return enough and self.unnamed_share <= (self.smallest_share or 0.0)


def parse_parts(text: str) -> dict[str, tuple[str, ...]]:
    """Parse which words of a name stand for which industries.

    Parameters
    ----------
    text
        Parts joined by semicolons, each the words, an equals sign, and codes of any
        level: ``Wine=312130; Beer=31212``.

    Returns
    -------
    Codes by words, in order; {} for an empty text.

    Raises
    ------
    AnalysisError
        If a part has no words, no codes, other codes, or words that another one has.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        words, _, codes = (side.strip() for side in part.partition("="))
        if not words or words in found or not re.fullmatch(r"[0-9]{2,6}( +[0-9]{2,6})*", codes):
            raise AnalysisError(
                f"{part!r} is no part of a name",
                hint="WORDS=CODES, parts joined by semicolons: Wine=312130; Beer=31212",
            )
        found[words] = tuple(codes.split())
    return found


def unsaid_words(name: str, parts: Collection[str]) -> str:
    """Give what a name says beside its parts, without what joins them; "" if nothing.

    Raises
    ------
    AnalysisError
        If the name does not have the words of a part.
    """
    rest = name
    for words in sorted(parts, key=len, reverse=True):
        if words not in rest:
            raise AnalysisError(f"the name {name!r} does not say {words!r}")
        rest = rest.replace(words, " ", 1)
    return " ".join(w for w in re.findall(r"[^\s,;]+", rest) if w not in {"and", "other", "Other"})


def name_truth(jobs: Mapping[str, float], parts: Mapping[str, Collection[str]]) -> NameTruth | None:
    """Hold a name against the jobs of its cluster.

    Parameters
    ----------
    jobs
        Jobs of each member, by six-digit code; NaN where they are not known: such a member counts
        neither as said nor as unsaid.
    parts
        Codes at any level of NAICS by the words of the name that stand for them.

    Returns
    -------
    Shares; None where no jobs are known.
    """
    known = {code: n for code, n in jobs.items() if n == n}
    total = sum(known.values())
    if total <= 0:
        return None
    share = {code: n / total for code, n in known.items()}
    said = {
        words: sum(s for code, s in share.items() if _is_in(code, codes))
        for words, codes in parts.items()
    }
    every = {code for codes in parts.values() for code in codes}
    unsaid: dict[str, float] = {}
    for code, part in share.items():
        if not _is_in(code, every):
            unsaid[code[:4]] = unsaid.get(code[:4], 0.0) + part
    smallest = min(said, key=lambda words: (said[words], words), default=None)
    largest = min(unsaid, key=lambda group: (-unsaid[group], group), default=None)
    return NameTruth(
        sum(s for code, s in share.items() if _is_in(code, every)),
        smallest,
        None if smallest is None else said[smallest],
        largest,
        0.0 if largest is None else unsaid[largest],
    )


def _is_in(code: str, others: Collection[str]) -> bool:
    return not set(naics_ancestors(code)).isdisjoint(others)


def largest_groups(jobs: Mapping[str, float], titles: Mapping[str, str]) -> dict[str, str]:
    """Name the groups of the code list that make up most of a cluster.

    The members are grouped by four digits, else by three, else by two, and the largest groups are
    taken until a name that says them is true by jobs (:func:`name_truth`), at most
    :data:`MOST_PARTS`: the first level at which it is. Where none is, the largest groups of two
    digits. A group has the title of the deepest code that holds all of its members.

    Parameters
    ----------
    jobs
        Jobs of each member, by six-digit code; all alike where none has any.
    titles
        Titles by code; a code without a title is passed over for one that holds fewer industries.

    Returns
    -------
    Short title by code, the largest group first.

    Raises
    ------
    AnalysisError
        If there are no members.
    """
    if not jobs:
        raise AnalysisError("a cluster without members has no name")
    weight = dict(jobs) if sum(jobs.values()) > 0 else dict.fromkeys(jobs, 1.0)
    best: list[str] = []
    for level in (2, 3, 4):
        groups: dict[str, list[str]] = {}
        for code in sorted(weight):
            groups.setdefault(naics_ancestors(code)[level], []).append(code)
        ordered = sorted(groups.values(), key=lambda g: (-sum(weight[c] for c in g), g))
        best = []
        for group in ordered[:MOST_PARTS]:
            best.append(_common(group, titles))
            truth = name_truth(weight, {code: [code] for code in best})
            if truth is not None and truth.holds:
                return {code: short_title(titles[code]) for code in best}
    return {code: short_title(titles[code]) for code in best}


def _common(members: list[str], titles: Mapping[str, str]) -> str:
    """Deepest code with a title that holds all members, else the first of them."""
    return next(
        (
            code
            for code in naics_ancestors(members[0])
            if code in titles and all(code in naics_ancestors(member) for member in members)
        ),
        members[0],
    )


def short_title(title: str) -> str:
    """Shorten a title of the code list: no brackets, no word that all of its kind have."""
    plain = re.sub(r"\s*\(.*?\)", "", title).replace("Merchant Wholesalers", "Wholesalers")
    plain = re.sub(r"^All Other |^Other Miscellaneous ", "Other ", plain)
    plain = re.sub(r"\bProduct Manufacturing$", "Products", plain)
    return re.sub(r"\s+Manufacturing$", "", plain) or title


def joined_names(names: Collection[str]) -> str:
    """Join names of parts: by "and" where none has one itself, else by semicolons."""
    found = list(dict.fromkeys(names))
    if len(found) == 2 and not any(" and " in name or "," in name for name in found):
        return " and ".join(found)
    return "; ".join(found)
