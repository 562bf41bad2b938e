"""Remarks that several answers carry, worded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from clusteratlas.queries.language.question import Context
from clusteratlas.queries.questions.shared.presence import PRESENCES


class HasJobs(Protocol):
    """A row with employment and its bounds."""

    @property
    def jobs(self) -> int | None:
        """Employment, estimates included."""

    @property
    def jobs_low(self) -> int | None:
        """Employment that is published."""


def estimate_note(rows: Iterable[HasJobs]) -> list[str]:
    """Say how much of the shown employment is estimated for withheld cells."""
    shown = [(r.jobs, r.jobs_low) for r in rows if r.jobs is not None and r.jobs_low is not None]
    jobs = sum(j for j, _ in shown)
    gap = sum(j - low for j, low in shown)
    if not jobs or gap <= 0:
        return []
    inexact = sum(j > low for j, low in shown)
    return [
        f"{gap / jobs:.1%} of these jobs are estimates for withheld cells "
        f"({inexact} of {len(shown)} rows); jobs_low and jobs_high are the bounds"
    ]


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


def place_note(context: Context) -> list[str]:
    """Say for which area industry presence is shown, where it is not the region itself."""
    place, region = context.arguments.get("place"), context.arguments.get("region")
    if not place:
        return ["industry presence is not known: no measured area contains this region"]
    if place == region:
        return []
    return [
        f"industry figures do not exist for {context.names['region']}; presence is that of "
        f"{context.names['place']} ({place}), which contains it"
    ]
