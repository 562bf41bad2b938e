"""What the claims are computed from: clusters in regions, totals of regions, patents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from clusteratlas.queries.language.question import Context, Part, Read
from clusteratlas.vocabulary.keys import NATION

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray

TRADED, LOCAL = "traded", "local"
KNOWN_TO = 0.1
"""Growth is fitted to cells whose bounds of jobs lie no further apart than this part of the high
one: between wider bounds it would be that of estimates."""
READINGS = ("", "_low", "_high")
"""Figures as they are estimated, at their lowest and at their highest."""


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """Read row of ``evidence.cells``: a cluster in a region, in a year."""

    region: str
    cluster: str
    name: str
    kind: str
    year: int
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    strong: bool
    certain: bool
    source: str

    @property
    def is_known(self) -> bool:
        """Whether its jobs are published, or nearly so."""
        return self.jobs_low > 0 and self.jobs_high - self.jobs_low <= KNOWN_TO * self.jobs_high


@dataclass(frozen=True, slots=True)
class EvidenceRegion:
    """Read row of ``evidence.regions``: totals of a region in a year."""

    key: str
    year: int
    population: int | None
    jobs: int
    traded_jobs: int
    local_jobs: int
    payroll: int | None
    source: str


@dataclass(frozen=True, slots=True)
class PatentFigure:
    """Read row of ``evidence.patents``."""

    region: str
    indicator: str
    year: int
    value: float
    source: str


Pair = tuple[EvidenceCell, EvidenceCell]
"""A cluster in a region in the first and in the last year."""

MATERIAL = (
    Part("evidence.cells", EvidenceCell, "cells"),
    Part("evidence.regions", EvidenceRegion, "regions"),
    Part("evidence.patents", PatentFigure, "patents"),
)


class Material:
    """What was read, by region and year."""

    def __init__(self, read: Read, context: Context) -> None:
        self.year: int = context.arguments["year"]
        since: int = context.arguments["since"]
        self.since: int | None = since if since < self.year else None
        self._cells: Sequence[EvidenceCell] = read["cells"]
        totals: Sequence[EvidenceRegion] = read["regions"]
        self._totals = {(t.key, t.year): t for t in totals}
        self.regions = [t.key for t in totals if t.year == self.year and t.key != NATION]
        patents: Sequence[PatentFigure] = read["patents"]
        self.patent_year = max((p.year for p in patents), default=0)
        self._patents = {(p.indicator, p.region): p for p in patents if p.year == self.patent_year}

    @property
    def first(self) -> int:
        """First year of a change; the year itself where there is none before."""
        return self.year if self.since is None else self.since

    def totals(self, region: str, year: int) -> EvidenceRegion | None:
        """Totals of a region in a year."""
        return self._totals.get((region, year))

    def cells(self, year: int, kind: str, *, nation: bool = False) -> list[EvidenceCell]:
        """Cells of a kind in a year: those of the pool, or those of the nation."""
        return [
            c
            for c in self._cells
            if c.year == year and c.kind == kind and (c.region == NATION) == nation
        ]

    @cached_property
    def both(self) -> list[Pair]:
        """Traded cells of the pool that there are figures of in both years."""
        if self.since is None:
            return []
        now = {(c.region, c.cluster): c for c in self.cells(self.year, TRADED)}
        return [
            (then, now[then.region, then.cluster])
            for then in self.cells(self.since, TRADED)
            if (then.region, then.cluster) in now
        ]

    def strong_jobs(self, year: int) -> dict[str, tuple[int, int, int]]:
        """Jobs in strong clusters by region: as flagged, surely strong, and possibly strong."""
        found: dict[str, tuple[int, int, int]] = dict.fromkeys(self.regions, (0, 0, 0))
        for c in self.cells(year, TRADED):
            flags = (c.strong, c.strong and c.certain, c.strong or not c.certain)
            one, low, high = found.get(c.region, (0, 0, 0))
            of = [n + c.jobs * flag for n, flag in zip((one, low, high), flags, strict=True)]
            found[c.region] = of[0], of[1], of[2]
        return found

    def strengths(self, year: int) -> FloatArray:
        """Cluster strength of the regions, shape (readings, regions); NaN without traded jobs."""
        import numpy as np

        strong = self.strong_jobs(year)
        rows = [
            [n / t.traded_jobs for n in strong[key]]
            if (t := self.totals(key, year)) is not None and t.traded_jobs
            else [np.nan] * len(READINGS)
            for key in self.regions
        ]
        return np.array(rows, dtype=np.float64).reshape(-1, len(READINGS)).T

    def patents(self, indicator: str) -> FloatArray:
        """Figures of the regions in the latest year, shape (regions,); NaN where not known."""
        import numpy as np

        found = [self._patents.get((indicator, key)) for key in self.regions]
        return np.array([np.nan if p is None else p.value for p in found], dtype=np.float64)

    @property
    def patent_source(self) -> str | None:
        """File behind the patents."""
        return next((p.source for p in self._patents.values()), None)

    def source(self, year: int) -> str:
        """File behind the figures of a year."""
        return next((t.source for (_, of), t in self._totals.items() if of == year), "")


def jobs_by(cells: Iterable[EvidenceCell], key: str) -> dict[str, tuple[int, int, int]]:
    """Add up jobs and their bounds by a column of the cells."""
    found: dict[str, tuple[int, int, int]] = {}
    for c in cells:
        one, low, high = found.get(getattr(c, key), (0, 0, 0))
        found[getattr(c, key)] = one + c.jobs, low + c.jobs_low, high + c.jobs_high
    return found
