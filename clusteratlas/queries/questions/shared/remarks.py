"""Remarks that several answers carry, worded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from clusteratlas.vocabulary.keys import CUSTOM


class Bounded(Protocol):
    """A row with bounds of its employment; None where nothing is known of it."""

    @property
    def jobs_low(self) -> int | None:
        """Smallest employment that the published figures allow."""

    @property
    def jobs_high(self) -> int | None:
        """Largest employment that the published figures allow."""


class Flagged(Bounded, Protocol):
    """A row of a cluster in a region."""

    @property
    def strong(self) -> bool | None:
        """Whether the cluster is strong."""

    @property
    def certainty(self) -> str | None:
        """How sure that is."""


def nation_note(regions: Sequence[str]) -> list[str]:
    """Say what the nation's location quotients are, if it is among the keys of some regions."""
    if "us" not in regions:
        return []
    return [
        "regions are measured against the nation: its own location quotients are 1, and none of "
        "its clusters is strong or weak"
    ]


def estimate_note(rows: Sequence[Flagged], year: int) -> list[str]:
    """Say of which year figures are, and how many of them and of the strong flags are not certain.

    Parameters
    ----------
    rows
        Clusters in regions.
    year
        Year of their figures.
    """
    strong = [r.certainty for r in rows if r.strong]
    return [bounds_words(rows, f"figures of {year}"), *strong_note(strong)]


def unmeasured_note(rows: Sequence[object], cluster: str) -> list[str]:
    """Say why a subcluster has no rows: it is not measured everywhere and in every year."""
    if rows or "/" not in cluster.rpartition(":")[2]:
        return []
    return [
        "subclusters are measured in the latest year, in the nation, states, economic and "
        "metropolitan areas: ask for the cluster around it"
    ]


def bounds_words(rows: Sequence[Bounded], figures: str) -> str:
    """Say how many of some figures are not published; those of which nothing is known aside."""
    known = [r for r in rows if r.jobs_high is not None]
    between = sum(r.jobs_low != r.jobs_high for r in known)
    if not between:
        return figures
    are = "is an estimate" if between == 1 else "are estimates"
    return f"{figures}; {between} of {len(known)} {are} between bounds"


def strong_note(certainties: Sequence[str | None]) -> list[str]:
    """Count the strong flags that are not certain."""
    depend, likely = certainties.count("depends"), certainties.count("likely")
    notes = []
    if depend:
        flags = "1 strong flag depends" if depend == 1 else f"{depend} strong flags depend"
        notes.append(f"{flags} on withheld cells")
    if likely:
        notes.append(
            "1 strong flag is likely, not certain"
            if likely == 1
            else f"{likely} strong flags are likely, not certain"
        )
    return notes


def compared_words(arguments: Mapping[str, Any]) -> str:
    """Say which regions the region asked about is compared with."""
    if arguments["region_type"] == CUSTOM:
        return f"regions that it is ranked among ({arguments['pool']})"
    return "regions of its type"
