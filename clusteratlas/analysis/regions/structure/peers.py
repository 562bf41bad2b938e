"""Regions with the most similar economic structure, and how sure it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


def hellinger_distances(jobs: ArrayLike, at: int) -> FloatArray:
    """Distances of the structures of all regions from that of one.

    With p_r the shares of clusters (or industries) in a region's jobs:
    ``sqrt(1/2 sum_c (sqrt(p_rc) - sqrt(p_sc))^2)``, 0 (same structure) to 1 (nothing in common).

    Parameters
    ----------
    jobs
        Shape (regions, clusters).
    at
        Row of the region that distances are from.

    Returns
    -------
    ndarray
        Shape (regions,), 0 to 1; NaN for a region without jobs.

    References
    ----------
    Pollard 2002.
    """
    own = np.asarray(jobs, dtype=np.float64)
    total = own.sum(axis=1, keepdims=True)
    points = np.sqrt(own / np.where(total > 0, total, np.nan) / 2)
    # Differences row by row: the Gram shortcut would lose small distances to cancellation.
    distances: FloatArray = np.sqrt(((points - points[at]) ** 2).sum(axis=1))
    return distances


def nearest_peers(distances: ArrayLike, at: int) -> NDArray[np.intp]:
    """Rows of all other regions with jobs, the most similar first; of equal ones the first row.

    Parameters
    ----------
    distances
        Of :func:`hellinger_distances`, from that region.
    at
        Its row.

    Raises
    ------
    AnalysisError
        If it has no jobs: nothing is similar to it.

    References
    ----------
    Peers by structure as in Metroverse (Growth Lab).
    """
    apart = np.asarray(distances, dtype=np.float64)
    if np.isnan(apart[at]):
        raise AnalysisError("peers of a region without jobs", hint="ask for one that has jobs")
    order = np.argsort(apart, kind="stable")
    others: NDArray[np.intp] = order[(order != at) & ~np.isnan(apart[order])]
    return others


def hellinger_bounds(
    jobs: ArrayLike, low: ArrayLike, high: ArrayLike, at: int
) -> tuple[FloatArray, FloatArray]:
    """Bound the Hellinger distances from one region where jobs are known within bounds.

    Shares are ``low / total`` to ``high / total``, at most 1, the total being that of the jobs as
    they are. Each term of the distance is smallest where the two shares are nearest and largest
    where they are farthest; the sums of these are bounds that are hardly ever reached, since all
    cells would have to be at their ends at once.

    Parameters
    ----------
    jobs, low, high
        Jobs and their bounds, shape (regions, clusters), ``0 <= low <= jobs <= high``.
    at
        Row of the region that distances are from.

    Returns
    -------
    tuple of ndarray
        Smallest and largest distance to each region, shape (regions,), 0 to 1; NaN for a region
        without jobs.
    """
    total = np.asarray(jobs, dtype=np.float64).sum(axis=1, keepdims=True)
    total[total == 0] = np.nan
    near, far = (
        np.sqrt(np.minimum(np.asarray(end, dtype=np.float64) / total, 1.0) / 2)
        for end in (low, high)
    )
    least = np.maximum(np.maximum(near[at] - far, near - far[at]), 0.0)
    most = np.maximum(far[at] - near, far - near[at])
    smallest, largest = (np.sqrt((term**2).sum(axis=1)) for term in (least, most))
    return smallest, np.minimum(largest, 1.0)
