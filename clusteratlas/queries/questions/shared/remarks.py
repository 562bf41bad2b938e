"""Remarks that several answers carry, worded once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from clusteratlas.queries.language.question import Context


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
