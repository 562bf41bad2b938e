"""Least squares against other programs, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress, t

from clusteratlas.analysis.regions.least_squares import fit, slope_bounds

SEEDED = np.random.default_rng(7)


def test_a_line_by_hand() -> None:
    # x = 0, 1, 2 and y = 0, 2, 1: b = 0.5, a = 0.5, residuals -0.5, 1, -0.5.
    found = fit([0, 2, 1], [0, 1, 2])
    assert found.slopes.tolist() == [0.5]
    # sum u^2 (x - 1)^2 = 0.25 + 0 + 0.25; (X'X)^-1 = 1/2; 3 observations, 2 coefficients.
    error = (3 * 0.5 / 4) ** 0.5
    assert found.errors[0] == pytest.approx(error)
    assert found.high[0] == pytest.approx(0.5 + t.ppf(0.975, 1) * error)
    assert found.r2 == pytest.approx(1 - 1.5 / 2)
    assert found.effects[0] == pytest.approx(0.5)  # both have the same spread
    assert found.n == 3


def test_one_regressor_is_that_of_scipy() -> None:
    x = SEEDED.normal(size=50)
    y = 2 - 3 * x + SEEDED.normal(size=50)
    found, other = fit(y, x), linregress(x, y)
    assert found.slopes[0] == pytest.approx(other.slope)
    assert found.r2 == pytest.approx(other.rvalue**2)
    assert found.effects[0] == pytest.approx(other.rvalue)


def test_several_regressors_are_those_of_numpy() -> None:
    x = SEEDED.normal(size=(60, 3))
    y = x @ [1.0, -2.0, 0.5] + 4 + SEEDED.normal(size=60)
    whole = np.column_stack([np.ones(60), x])
    slopes, *_ = np.linalg.lstsq(whole, y, rcond=None)
    found = fit(y, x)
    assert found.slopes == pytest.approx(slopes[1:])
    # HC1 written out with the constant among the regressors.
    u = y - whole @ slopes
    bread = np.linalg.inv(whole.T @ whole)
    covariance = 60 / 56 * bread @ (whole.T * u**2 @ whole) @ bread
    assert found.errors == pytest.approx(np.sqrt(np.diag(covariance))[1:])


def test_means_of_groups_are_constants_of_their_own() -> None:
    group = np.repeat([0, 1, 2], 10)
    x = SEEDED.normal(size=30) + group
    y = 5.0 * group - 2 * x + SEEDED.normal(size=30)
    dummies = (group[:, None] == np.arange(3)).astype(float)
    whole = np.column_stack([x, dummies])
    slopes, *_ = np.linalg.lstsq(whole, y, rcond=None)
    found = fit(y, x, within=[f"g{g}" for g in group])
    assert found.slopes[0] == pytest.approx(slopes[0])
    u = y - whole @ slopes
    bread = np.linalg.inv(whole.T @ whole)
    covariance = 30 / 26 * bread @ (whole.T * u**2 @ whole) @ bread
    assert found.errors[0] == pytest.approx(covariance[0, 0] ** 0.5)


def test_errors_that_go_together() -> None:
    # Each observation twice: independent errors would be too small by the root of 2.
    x, y = SEEDED.normal(size=20), SEEDED.normal(size=20)
    once = fit(y, x)
    twice = fit(np.tile(y, 2), np.tile(x, 2), together=np.tile(np.arange(20), 2).tolist())
    assert twice.slopes == pytest.approx(once.slopes)
    # M has 4 times, (X'X)^-1 half of it, twice: the same but for the factors.
    factors = (20 / 19 * 39 / 38) / (20 / 18)
    assert twice.errors == pytest.approx(once.errors * factors**0.5)


@pytest.mark.parametrize(
    ("y", "x"),
    [([], []), ([1], [1]), ([1, 2], [0, 1]), ([1, 2, 3], [0.1] * 3), ([1, 2, np.nan], [1, 2, 3])],
)
def test_nothing_can_be_fitted(y: list[float], x: list[float]) -> None:
    found = fit(y, x)
    assert np.isnan([found.slopes[0], found.errors[0], found.low[0], found.r2]).all()
    assert found.n == sum(np.isfinite(y))


def test_without_variance_there_is_none_to_explain() -> None:
    found = fit([0.1, 0.1, 0.1], [0, 1, 2])
    assert (found.slopes[0], found.errors[0]) == (0, 0)
    assert np.isnan(found.r2)
    assert np.isnan(found.effects[0])


def test_a_regressor_that_follows_from_another() -> None:
    assert np.isnan(fit([1, 2, 4, 3], [[1, 2], [2, 4], [3, 6], [4, 8]]).slopes).all()


def test_bounds_of_a_slope_by_hand() -> None:
    # Weights of x = 0, 1, 2 are -1/2, 0, 1/2.
    assert slope_bounds([0, 1, 2], [1, 0, 3], [2, 9, 5]) == (0.5, 2.0)
    assert np.isnan(slope_bounds([0.1] * 3, [0] * 3, [1] * 3)).all()
    assert np.isnan(slope_bounds([], [], [])).all()


HUNDREDTHS = st.integers(-5000, 5000).map(lambda n: n / 100)
FIGURES = st.lists(
    st.tuples(*[HUNDREDTHS] * 4), min_size=4, max_size=12, unique_by=lambda r: round(r[0])
)


@given(FIGURES)
def test_no_figure_between_its_bounds_gives_a_slope_beyond(
    rows: list[tuple[float, float, float, float]],
) -> None:
    x, low, width, part = (np.array(column) for column in zip(*rows, strict=True))
    high = low + np.abs(width)
    y = low + np.abs(part) / 50 * (high - low)
    least, greatest = slope_bounds(x, low, high)
    slope = fit(y, x).slopes[0]
    assert least - 1e-6 <= slope <= greatest + 1e-6


@given(FIGURES, st.floats(0.5, 20), st.floats(-30, 30))
def test_scale_and_place_of_x(
    rows: list[tuple[float, float, float, float]], scale: float, place: float
) -> None:
    x, y = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    one, other = fit(y, x), fit(y, scale * x + place)
    assert other.slopes * scale == pytest.approx(one.slopes, rel=1e-6, abs=1e-6)
    assert other.errors * scale == pytest.approx(one.errors, rel=1e-5, abs=1e-6)
    if not np.isnan(one.r2):
        assert -1e-9 <= one.r2 <= 1 + 1e-9
