"""Bounds in few digits are bounds still."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.bounds import rounded_outward


def numbers(out: pd.DataFrame) -> dict[str, int]:
    """Figures of the only row."""
    return {str(name): int(out[name].iloc[0]) for name in out.columns}


def figures(low: int, jobs: int, high: int) -> pd.DataFrame:
    return pd.DataFrame({"jobs": [jobs], "jobs_low": [low], "jobs_high": [high]})


def test_low_goes_down_and_high_goes_up() -> None:
    out = rounded_outward(figures(21_987, 22_359, 23_041), ("jobs",))
    assert list(numbers(out).values()) == [22_359, 21_900, 23_100]


def test_what_is_published_stays() -> None:
    out = rounded_outward(figures(22_359, 22_359, 22_359), ("jobs",))
    assert list(numbers(out).values()) == [22_359, 22_359, 22_359]
    out = rounded_outward(figures(0, 7, 998), ("jobs",))
    assert list(numbers(out).values()) == [7, 0, 998]


def test_a_missing_figure_stays_missing() -> None:
    frame = pd.DataFrame(
        {name: pd.array([None], dtype="Int64") for name in ("pay", "pay_low", "pay_high")}
    )
    assert rounded_outward(frame, ("pay",)).isna().all(axis=None)


@given(st.tuples(*[st.integers(0, 10**9)] * 3))
def test_no_bound_is_crossed_and_none_is_far(drawn: tuple[int, int, int]) -> None:
    low, jobs, high = sorted(drawn)
    out = numbers(rounded_outward(figures(low, jobs, high), ("jobs",)))
    assert out["jobs_low"] <= low <= out["jobs_low"] * 1.011 + 0.5
    assert high <= out["jobs_high"] <= high * 1.011 + 0.5
