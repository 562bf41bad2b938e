"""Pieces of clusters in regions: what is known of some industries, by them and by the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusteratlas.vocabulary.arrays import BoolArray, FloatArray


@dataclass(frozen=True)
class BoundedArray:
    """A figure with its least and its most; of one shape."""

    point: FloatArray
    low: FloatArray
    high: FloatArray
    """Infinite where nothing bounds it."""

    def sums(self, chosen: BoolArray) -> BoundedArray:
        """Add up some of the columns: shape (regions, things) to (regions,)."""
        three = (v[:, chosen].sum(axis=1) for v in (self.point, self.low, self.high))
        return BoundedArray(*three)


def piece_of(whole: BoundedArray, industries: BoundedArray, chosen: BoolArray) -> BoundedArray:
    """Bound what some industries of a cluster have in each region.

    ====================  =====================================================================
    point                 sum of the industries' points, no more than the cluster has
    low                   their lows, or what the cluster's low leaves when the others have their
                          most, whichever is more
    high                  their highs, or what the cluster's high leaves when the others have their
                          least, whichever is less
    ====================  =====================================================================

    Parameters
    ----------
    whole
        The cluster, shape (regions,).
    industries
        All industries of it, shape (regions, industries).
    chosen
        Those of the piece, shape (industries,).

    Returns
    -------
    Shape (regions,); bounds hold the point. A cluster that has nothing has no pieces.
    """
    own, others = industries.sums(chosen), industries.sums(~chosen)
    point = np.minimum(own.point, whole.point)
    low = np.maximum(own.low, whole.low - others.high)
    high = np.minimum(own.high, np.maximum(whole.high - others.low, 0.0))
    return BoundedArray(point, np.maximum(np.minimum(low, point), 0.0), np.maximum(high, point))


def plants_of_piece(
    whole: BoundedArray,
    jobs: FloatArray,
    there: BoolArray,
    chosen: BoolArray,
    national_jobs: FloatArray,
    national_plants: FloatArray,
) -> BoundedArray:
    """Estimate how many of a cluster's establishments are of some of its industries.

    ``N_pr = N_cr * (sum over p of jobs_ir / s_i) / (sum over c of jobs_ir / s_i)``, with ``s_i``
    the jobs of an establishment of the industry in the nation; where no jobs are known the shares
    are those of the nation's establishments. Pieces of a cluster so add up to it.

    Parameters
    ----------
    whole
        Establishments of the cluster, shape (regions,).
    jobs, there
        Jobs of all its industries, and whether it is certain that there is one of its
        establishments; shape (regions, industries).
    chosen
        Industries of the piece, shape (industries,).
    national_jobs, national_plants
        Jobs and establishments of the industries in the nation, shape (industries,).

    Returns
    -------
    Shape (regions,). At least one for each industry that is there, at most what the others that
    are leave, and no more than the nation has.
    """
    rate = np.divide(
        national_plants, national_jobs, out=np.zeros(len(national_jobs)), where=national_jobs > 0
    )
    likely = jobs * rate
    likely = np.where(likely.sum(axis=1, keepdims=True) > 0, likely, national_plants)
    total = likely.sum(axis=1)
    share = np.divide(
        likely[:, chosen].sum(axis=1), total, out=np.zeros(len(total)), where=total > 0
    )
    low = np.minimum(there[:, chosen].sum(axis=1), whole.high)
    most = np.minimum(whole.high - there[:, ~chosen].sum(axis=1), national_plants[chosen].sum())
    high = np.maximum(most, low)
    return BoundedArray(np.clip(whole.point * share, low, high), low.astype(np.float64), high)
