"""Parts of wholes, and jobs beyond the usual, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.performance import jobs_beyond, part_of


def test_a_part_of_nothing_is_not_known() -> None:
    found = part_of([1, 2, 0], [4, 0, 5])
    assert found[0] == 0.25
    assert np.isnan(found[1])
    assert found[2] == 0.0
    assert part_of([[1, 2]], [[4]]).tolist() == [[0.25, 0.5]]


def test_jobs_beyond_the_nations_share() -> None:
    # 100 jobs at twice the nation's share would be 50; at half of it, 200.
    assert jobs_beyond([100, 100, 100], [2.0, 0.5, 1.0]).tolist() == [50, -100, 0]
    assert jobs_beyond([0], [0.0]).tolist() == [0]


@given(st.integers(1, 10**6), st.floats(0.01, 100), st.floats(1, 5))
def test_more_jobs_at_the_same_usual_are_more_beyond_it(jobs: int, lq: float, more: float) -> None:
    """The quotient goes with the jobs, so that the usual stays, and all that is added is beyond."""
    first, second = jobs_beyond([jobs, more * jobs], [lq, more * lq])
    assert second - first == pytest.approx((more - 1) * jobs, abs=1e-6 * jobs * more)
