"""What these questions read: clusters in all regions that are compared with each other."""

from __future__ import annotations

from collections.abc import Sequence
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


CELLS = Part("structure.cells", ClusterCell)
COMPARED = Part("structure.regions", StructureRegion)
NATIONAL = Part("structure.clusters", NationalCluster)


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
    import numpy as np

    row = {key: i for i, key in enumerate(regions)}
    at = {key: i for i, key in enumerate(clusters)}
    found = np.zeros((3, len(row), len(at)))
    for c in cells:
        if c.region in row and c.cluster in at:
            found[:, row[c.region], at[c.cluster]] = c.jobs, c.jobs_low, c.jobs_high
    return found[0], found[1], found[2]
