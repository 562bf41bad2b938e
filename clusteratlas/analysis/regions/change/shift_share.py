"""Shift-share analysis of employment change, and the wage gap of a region.

Arrays end in the axis of industries (or clusters); leading axes, such as regions, broadcast.
E0 and E1 are a region's jobs at the start and the end, N0 and N1 the nation's; g = E1/E0 - 1,
G_i = N1_i/N0_i - 1, and G the growth of all industries together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True)
class ShiftShare:
    """Parts of the change in jobs; they add up to ``change``. Unit: jobs."""

    national: FloatArray
    """What the growth of the whole nation brings: E0 * G."""
    mix: FloatArray
    """What the industry's own national growth adds: E0 * (G_i - G)."""
    competitive: FloatArray
    """What the region does better than the industry elsewhere: E0 * (g - G_i)."""

    @property
    def expected(self) -> FloatArray:
        """Change at the industry's national rate: national + mix."""
        return self.national + self.mix

    @property
    def change(self) -> FloatArray:
        """E1 - E0."""
        return self.expected + self.competitive


@dataclass(frozen=True)
class EstebanMarquillas(ShiftShare):
    """Shift-share whose competitive part is free of the region's specialization."""

    allocation: FloatArray
    """Specialization in what grows better here: (E0 - h) * (g - G_i)."""

    @property
    def change(self) -> FloatArray:
        """E1 - E0."""
        return self.expected + self.competitive + self.allocation


@dataclass(frozen=True)
class WageGap:
    """Parts of the gap between a region's wage and the nation's, by industry."""

    mix: FloatArray
    """(s_cr - s_cUS) * w_cUS: having more of the well-paid industries."""
    level: FloatArray
    """s_cr * (w_cr - w_cUS): paying more within industries."""

    @property
    def gap(self) -> FloatArray:
        """w_r - w_US, summed over industries."""
        return np.asarray((self.mix + self.level).sum(axis=-1), dtype=np.float64)


def shift_share(e0: ArrayLike, e1: ArrayLike, n0: ArrayLike, n1: ArrayLike) -> ShiftShare:
    """Split the change in jobs into national growth, industry mix and competitive shift.

    Parameters
    ----------
    e0, e1
        Jobs of the region, shape (..., industries).
    n0, n1
        Jobs of the nation, same last axis.

    Returns
    -------
    ShiftShare
        Arrays of the shape of `e0`.

    Raises
    ------
    AnalysisError
        Where the region has jobs at the start and the nation none.

    Notes
    -----
    An industry that is new in the region is all competitive shift; so is one new in the nation.

    References
    ----------
    Dunn 1960; U.S. Cluster Mapping Project (expected change = national + mix).
    """
    start, end, before, after = _arrays(e0, e1, n0, n1)
    if ((start > 0) & (before <= 0)).any():
        raise AnalysisError(
            "shift-share: an industry has jobs in a region and none in the nation",
            hint="take both from the same source and definitions",
        )
    growth = _growth(before, after)
    total = _total_growth(before, after)
    national = start * total
    mix = start * (growth - total)
    return ShiftShare(national, mix, end - start - start * growth)


def dynamic_shift_share(regions: ArrayLike, nation: ArrayLike) -> ShiftShare:
    """Sum of the shift-share parts of consecutive years.

    The base is renewed every year, which removes the bias of a base year long past.

    Parameters
    ----------
    regions
        Jobs by year, shape (years, ..., industries).
    nation
        Jobs by year, shape (years, industries).

    Returns
    -------
    Sums over the steps, shape (..., industries), jobs.

    Raises
    ------
    AnalysisError
        For fewer than two years, or as `shift_share`.

    References
    ----------
    Barff & Knight 1988.
    """
    jobs, us = np.asarray(regions, dtype=np.float64), np.asarray(nation, dtype=np.float64)
    if len(jobs) != len(us) or len(jobs) < 2:
        raise AnalysisError(
            f"dynamic shift-share: {len(jobs)} years of the regions, {len(us)} of the nation",
            hint="give two or more years, the same for both",
        )
    steps = [shift_share(jobs[t], jobs[t + 1], us[t], us[t + 1]) for t in range(len(jobs) - 1)]
    return ShiftShare(
        np.sum([s.national for s in steps], axis=0),
        np.sum([s.mix for s in steps], axis=0),
        np.sum([s.competitive for s in steps], axis=0),
    )


def esteban_marquillas(
    e0: ArrayLike, e1: ArrayLike, n0: ArrayLike, n1: ArrayLike
) -> EstebanMarquillas:
    """Shift-share with homothetic employment and an allocation part.

    ``h_i = E_r * N0_i / N0`` is what the region would have with the nation's mix;
    ``competitive = h * (g - G_i)``, ``allocation = (E0 - h) * (g - G_i)``.

    Parameters
    ----------
    e0, e1, n0, n1
        As for `shift_share`.

    Returns
    -------
    Arrays of the shape of `e0`, jobs.

    Raises
    ------
    AnalysisError
        As `shift_share`.

    Notes
    -----
    An industry that is new in the region has no growth rate: all of it is competitive.

    References
    ----------
    Esteban-Marquillas 1972.
    """
    start, end, before, after = _arrays(e0, e1, n0, n1)
    classical = shift_share(start, end, before, after)
    share = before / before.sum(axis=-1, keepdims=True)
    homothetic = start.sum(axis=-1, keepdims=True) * share
    # competitive / E0 = g - G_i
    rate = np.divide(classical.competitive, start, out=np.zeros_like(end), where=start > 0)
    competitive = np.where(start > 0, homothetic * rate, classical.competitive)
    return EstebanMarquillas(
        classical.national, classical.mix, competitive, classical.competitive - competitive
    )


def competitive_bounds(
    low: ArrayLike, high: ArrayLike, nation: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Least and greatest competitive shift, where jobs lie between bounds.

    The sum of ``E_t+1 - E_t * N_t+1 / N_t`` over all steps is a line in the jobs of each year, so
    each year's jobs go to the bound that moves it: the first year's count ``-N_1 / N_0``, the
    last year's 1, those between ``1 - N_t+1 / N_t``. Two years give the bounds of the classical
    shift, all years those of the dynamic one.

    Parameters
    ----------
    low, high
        Bounds of a region's jobs by year, shape (years, ..., industries).
    nation
        Jobs by year, taken as they are, shape (years, industries).

    Returns
    -------
    Low and high, shape (..., industries), jobs.
    """
    least, most, us = _arrays(low, high, nation)
    kept = 1 + _growth(us[:-1], us[1:])
    weights = np.concatenate([-kept[:1], 1 - kept[1:], np.ones_like(us[:1])])
    shape = (len(us), *(1,) * (least.ndim - us.ndim), us.shape[-1])
    weights = weights.reshape(shape)
    down = np.where(weights > 0, least, most) * weights
    up = np.where(weights > 0, most, least) * weights
    return down.sum(axis=0), up.sum(axis=0)


def wage_gap(
    region_jobs: ArrayLike, region_wage: ArrayLike, nation_jobs: ArrayLike, nation_wage: ArrayLike
) -> WageGap:
    """Split a region's wage gap into the mix of its clusters and the level within them.

    ``w_r - w_US = sum_c (s_cr - s_cUS) w_cUS + sum_c s_cr (w_cr - w_cUS)``, with s the shares of
    (traded) employment and w average wages.

    Parameters
    ----------
    region_jobs, nation_jobs
        Jobs, shape (..., clusters).
    region_wage, nation_wage
        Average wage, USD a year. The region's may be NaN where it has no jobs.

    Returns
    -------
    Parts by cluster, shape (..., clusters), USD a year.

    Raises
    ------
    AnalysisError
        If a region or the nation has no jobs, or a wage is missing where there are jobs.

    References
    ----------
    Porter 2003.
    """
    jobs, wage, jobs_us, wage_us = _arrays(region_jobs, region_wage, nation_jobs, nation_wage)
    used = (jobs > 0) | (jobs_us > 0)
    missing = ((jobs > 0) & np.isnan(wage)).any() or (used & np.isnan(wage_us)).any()
    if missing or (jobs.sum(axis=-1) <= 0).any() or jobs_us.sum() <= 0:
        raise AnalysisError(
            "wage gap: a region without jobs, or jobs without a wage",
            hint="leave out clusters whose wages are withheld, in region and nation alike",
        )
    share = jobs / jobs.sum(axis=-1, keepdims=True)
    share_us = jobs_us / jobs_us.sum(axis=-1, keepdims=True)
    known_us = np.nan_to_num(wage_us)  # missing only where neither has jobs
    return WageGap(
        (share - share_us) * known_us, share * (np.where(jobs > 0, wage, known_us) - known_us)
    )


def _arrays(*values: ArrayLike) -> tuple[FloatArray, ...]:
    return tuple(np.asarray(v, dtype=np.float64) for v in values)


def _growth(before: FloatArray, after: FloatArray) -> FloatArray:
    return np.divide(after - before, before, out=np.zeros_like(after), where=before > 0)


def _total_growth(before: FloatArray, after: FloatArray) -> FloatArray:
    start = before.sum(axis=-1, keepdims=True)
    if (start <= 0).any():
        raise AnalysisError(
            "shift-share: the nation has no jobs at the start", hint="choose a later start"
        )
    return np.asarray(after.sum(axis=-1, keepdims=True) / start - 1, dtype=np.float64)
