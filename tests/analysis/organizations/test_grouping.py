"""Records grouped into organizations: what joins and what forbids."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.organizations.grouping import group_records

NOBODY: list[frozenset[str]] = [frozenset()] * 6


def pairs(*rows: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["left", "right", "probability"])


def test_the_surest_pair_wins_where_a_register_has_two() -> None:
    found = group_records(
        pairs((0, 1, 0.8), (0, 2, 0.9)), ["sec", "tri", "tri"], NOBODY, threshold=0.5, veto=0.02
    )
    assert found["group"].tolist() == [0, 1, 0]
    assert found.loc[2, "probability"] == 0.9


def test_nothing_chains_over_a_vetoed_pair() -> None:
    rows = pairs((0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.01))
    found = group_records(rows, ["a", "b", "c"], NOBODY, threshold=0.5, veto=0.02)
    assert found["group"].tolist() == [0, 0, 2]


def test_two_identifiers_of_one_scheme_stay_apart() -> None:
    names = [frozenset({"cik:1"}), frozenset[str](), frozenset({"cik:2"})]
    rows = pairs((0, 1, 0.9), (1, 2, 0.8))
    found = group_records(rows, ["sec", "ror", "x"], names, threshold=0.5, veto=0.02)
    assert found["group"].tolist() == [0, 0, 2]


def test_the_user_is_heard_before_the_matcher() -> None:
    rows = pairs((0, 1, 0.99), (0, 2, 0.001))
    found = group_records(
        rows,
        ["a", "b", "c"],
        NOBODY,
        threshold=0.5,
        veto=0.02,
        together=[(0, 2)],
        apart=[(0, 1)],
    )
    assert found["group"].tolist() == [0, 1, 0]


def test_no_user_merges_two_records_of_one_register() -> None:
    found = group_records(pairs(), ["a", "a"], NOBODY, threshold=0.5, veto=0.02, together=[(0, 1)])
    assert found["group"].tolist() == [0, 1]


EDGES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0, 1)).filter(lambda t: t[0] < t[1]),
    max_size=15,
    unique_by=lambda t: t[:2],
)


@given(EDGES, st.lists(st.sampled_from("abc"), min_size=6, max_size=6))
def test_one_record_a_register(edges: list[tuple[int, int, float]], registers: list[str]) -> None:
    found = group_records(pairs(*edges), registers, NOBODY, threshold=0.5, veto=0.1)
    again = group_records(pairs(*reversed(edges)), registers, NOBODY, threshold=0.5, veto=0.1)
    pd.testing.assert_frame_equal(found, again)
    held = found.assign(register=registers)
    assert not held.duplicated(["group", "register"]).any()
    assert (found["group"].to_numpy() <= found.index.to_numpy()).all()
    for a, b, probability in edges:
        groups = found["group"].tolist()
        assert probability >= 0.1 or groups[a] != groups[b]
