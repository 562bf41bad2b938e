"""Read rows about an industry that several questions share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Read


@dataclass(frozen=True, slots=True)
class SecondCluster:
    """Read row of ``industry.second``."""

    key: str
    name: str
    relatedness: float
    gap: float
    source: str


SECOND = Part("industry.second", SecondCluster)


def second_note(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    """Say which other clusters an industry could be in; for the questions that read `SECOND`."""
    del rows
    found: Sequence[SecondCluster] = read[SECOND.read_as]
    if not found:
        return []
    of = "; ".join(f"{c.name} (short of its own by {c.gap:.2f})" for c in found)
    return [
        f"{context.names['industry']} is a second member of {of}; it is counted in its own "
        "cluster alone"
    ]


@dataclass(frozen=True, slots=True)
class Tie:
    """Read row of ``industry.ties``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    combined: float
    lc_emp: float | None
    lc_est: float | None
    coi: float | None
    io: float | None
    occ: float | None
    same_sector: bool
    same_profile: bool
    source: str
