"""How present an industry is in a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

STRONG_LQ = 1.25
"""Location quotient from which an industry counts as strong in a region."""

UNKNOWN = "not known"
"""Nothing is published of the industry there, and figures leave room for it."""

PRESENCES = ("strong", "present", "withheld", "missing", UNKNOWN)
"""What a traded industry can be in a region; local ones are everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryPresence:
    """One traded industry in one region."""

    key: str
    jobs: int
    jobs_low: int
    jobs_high: int
    known: str
    lq: float
    share_nation: float
    source: str


def presence_in_words(kind: str | None, present: IndustryPresence | None) -> str | None:
    """Say how present an industry is in a region.

    Returns
    -------
    str or None
        ``strong`` (LQ >= 1.25) and ``present`` by its jobs, published or likely; ``withheld``
        where it is known to exist and no job is published; ``missing`` where published figures
        leave no room for it; ``not known`` where nothing says so or the contrary; ``everywhere``
        for local industries (they serve their own place, and no location quotient is computed);
        None where the data do not classify the industry, and where its jobs are booked elsewhere
        than worked.
    """
    if kind == "local":
        return "everywhere"
    if kind != "traded":
        return None
    if present is None:
        return UNKNOWN
    if present.known == "absent":
        return "missing"
    if present.known == "withheld":
        return "withheld"
    return "strong" if present.lq >= STRONG_LQ else "present"


class HasPresence(Protocol):
    """A row of an industry in a region."""

    @property
    def presence(self) -> str | None:
        """How present it is, in words."""

    @property
    def known(self) -> str | None:
        """What is known of its employment."""


def presence_note(rows: Sequence[HasPresence]) -> list[str]:
    """Count the industries of a cluster by their presence in a region."""
    counts = {word: sum(r.presence == word for r in rows) for word in PRESENCES}
    if not sum(counts.values()):
        return []
    first, *others = counts.items()
    there = ", ".join(f"{count} {word}" for word, count in others)
    notes = [f"of {len(rows)} industries {first[1]} are {first[0]} there, {there}"]
    likely = sum(r.known == "estimated" for r in rows)
    if likely:
        notes.append(
            f"nothing is published of {likely} of the strong and present ones: they are likely "
            "to be there"
        )
    return notes
