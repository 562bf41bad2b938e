"""What maps draw beside the rows of an answer: every region of the type, with its counties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Read
from clusteratlas.vocabulary.keys import parse_region


@dataclass(frozen=True, slots=True)
class RegionPoint:
    """One region on the ground of a map."""

    key: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class RegionCounty:
    """Read row of ``regions.counties``."""

    region: str
    county: str


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Read row of ``regions.cluster``: one cluster in one region."""

    key: str
    name: str
    jobs: int
    jobs_low: int
    jobs_high: int
    lq: float
    lq_low: float
    lq_high: float
    strong: bool


@dataclass(frozen=True, slots=True)
class MapArea:
    """One region on a map."""

    key: str
    name: str
    """Empty where it has no figures."""
    counties: frozenset[str]
    """FIPS codes."""
    figures: Any
    """A row with the columns of the picture; None where there is none."""


REGION_POINTS = Part("regions.picture", RegionPoint)
REGION_COUNTIES = Part("regions.counties", RegionCounty)
REGION_CLUSTER = Part("regions.cluster", AreaFigures)
AREAS = (REGION_POINTS, REGION_COUNTIES)
"""What `map_areas` needs."""


def map_areas(read: Read, figures: Iterable[Any]) -> list[MapArea]:
    """Give every region of the type, in the order of keys.

    Parameters
    ----------
    read
        Rows of the parts in `AREAS`.
    figures
        Rows with ``key``, ``name`` and the columns of the picture, of the regions that have any.
    """
    counties: dict[str, set[str]] = defaultdict(set)
    for row in read[REGION_COUNTIES.read_as]:
        counties[row.region].add(parse_region(row.county)[1])
    known: Mapping[str, Any] = {row.key: row for row in figures}
    found = []
    for point in read[REGION_POINTS.read_as]:
        type_, code = parse_region(point.key)
        inside = {code} if type_ == "county" else counties[point.key]
        row = known.get(point.key)
        found.append(MapArea(point.key, row.name if row else "", frozenset(inside), row))
    return found


def cluster_areas(read: Read, context: Context) -> list[MapArea]:
    """Give every region of the type with the figures of the cluster."""
    del context
    return map_areas(read, read[REGION_CLUSTER.read_as])
