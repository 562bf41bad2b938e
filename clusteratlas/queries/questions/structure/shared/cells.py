"""What these questions read: clusters in all regions that are compared with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusteratlas.queries.language.question import Part

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class ClusterCell:
    """Read row of ``structure.cells``: one traded cluster in one region."""

    region: str
    cluster: str
    jobs: int
    jobs_low: int
    jobs_high: int
    lq: float
    lq_low: float
    lq_high: float
    strong: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class StructureRegion:
    """Read row of ``structure.regions``."""

    key: str
    name: str
    population: int | None
    jobs: int
    traded_jobs: int
    strong_clusters: int
    strength: float | None
    longitude: float | None
    latitude: float | None
    source: str


@dataclass(frozen=True, slots=True)
class NationalCluster:
    """Read row of ``structure.clusters``."""

    key: str
    name: str
    jobs: int | None
    payroll: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalFigures:
    """Read row of ``structure.nation``: a traded cluster in the nation in a year."""

    key: str
    name: str
    year: int
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    source: str


CELLS = Part("structure.cells", ClusterCell)
COMPARED = Part("structure.regions", StructureRegion)
NATIONAL = Part("structure.clusters", NationalCluster)
NATIONAL_YEARS = Part("structure.nation", NationalFigures)

SPECIALIZED = 1.0
"""Location quotient from which a region counts as specialized in a cluster."""


@dataclass(frozen=True, slots=True)
class Specialization:
    """What regions are specialized in: tables of 0 and 1, of shape (regions, clusters)."""

    regions: Sequence[str]
    clusters: Sequence[str]
    now: FloatArray
    certain: FloatArray
    """Whatever withheld cells hold."""
    possible: FloatArray
    """As far as withheld cells allow."""


def job_tables(
    cells: Sequence[ClusterCell], regions: Sequence[str], clusters: Sequence[str]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Put jobs and their bounds into tables of regions by clusters; 0 where there is no cell.

    A cluster without a cell has no establishment, job or payroll in the region that is published
    or likely.

    Parameters
    ----------
    cells
        Of any regions and clusters; others than those named are left out.
    regions, clusters
        Keys, in the order of rows and columns.

    Returns
    -------
    Jobs, the smallest and the largest that are possible, each of shape (regions, clusters).
    """
    return _tables({(c.region, c.cluster): jobs_of(c) for c in cells}, regions, clusters)


def quotient_tables(
    cells: Sequence[ClusterCell], regions: Sequence[str], clusters: Sequence[str]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Put location quotients and their bounds into such tables, as :func:`job_tables` does."""
    return _tables({(c.region, c.cluster): quotients_of(c) for c in cells}, regions, clusters)


def specialization(
    cells: Sequence[ClusterCell], regions: Sequence[str], clusters: Sequence[str]
) -> Specialization:
    """Say what regions are specialized in: where the location quotient is 1 or more."""
    tables = (
        (table >= SPECIALIZED).astype("float64")
        for table in quotient_tables(cells, regions, clusters)
    )
    return Specialization(regions, clusters, *tables)


def jobs_of(cell: ClusterCell) -> tuple[int, int, int]:
    """Give the jobs of a cell, the smallest and the largest that are possible."""
    return cell.jobs, cell.jobs_low, cell.jobs_high


def quotients_of(cell: ClusterCell) -> tuple[float, float, float]:
    """Give the location quotient of a cell, its lowest and its highest value.

    The stored quotient has few digits; bounds that meet have all of them.
    """
    return min(max(cell.lq, cell.lq_low), cell.lq_high), cell.lq_low, cell.lq_high


def _tables(
    figures: Mapping[tuple[str, str], tuple[float, float, float]],
    regions: Sequence[str],
    clusters: Sequence[str],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    import numpy as np

    row = {key: i for i, key in enumerate(regions)}
    at = {key: i for i, key in enumerate(clusters)}
    found = np.zeros((3, len(row), len(at)))
    for (region, cluster), three in figures.items():
        if region in row and cluster in at:
            found[:, row[region], at[cluster]] = three
    return found[0], found[1], found[2]
