"""Areas of two delineations that are nearly the same."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.cells.overlaps import alike_areas

PEOPLE = pd.Series({"c1": 90, "c2": 10, "c3": 50, "c4": 5, "c5": 100})


def areas(**members: str) -> pd.DataFrame:
    rows = [(a, c, 1.0) for a, counties in members.items() for c in counties.split()]
    return pd.DataFrame(rows, columns=["area", "county", "share"])


def test_by_hand() -> None:
    old = areas(a="c1 c2", b="c3 c4", d="c5")
    new = areas(A="c1", B="c3 c4", D="c5 c2")
    found = alike_areas(old, new, PEOPLE, 0.9).set_index("first")
    assert found["second"].to_dict() == {"a": "A", "b": "B", "d": "D"}
    # 90 of 100 residents, all, 100 of 110.
    assert found["overlap"].tolist() == pytest.approx([0.9, 1.0, 100 / 110])
    assert alike_areas(old, new, PEOPLE, 0.95)["first"].tolist() == ["b"]


def test_a_county_that_is_cut_counts_by_its_parts() -> None:
    old = areas(a="c1 c2")
    new = areas(A="c1").assign(share=[1.0])
    part = pd.DataFrame({"area": ["A"], "county": ["c2"], "share": [0.5]})
    found = alike_areas(old, pd.concat([new, part]), PEOPLE, 0.0)
    assert found["overlap"].tolist() == pytest.approx([0.95])


def test_an_area_is_in_one_pair_alone() -> None:
    found = alike_areas(areas(a="c1", b="c2"), areas(A="c1 c2"), PEOPLE, 0.0)
    assert found[["first", "second"]].values.tolist() == [["a", "A"]]


@given(st.dictionaries(st.sampled_from(list(PEOPLE.index)), st.sampled_from("abc"), min_size=1))
def test_every_area_is_like_itself(members: dict[str, str]) -> None:
    own = pd.DataFrame({"area": list(members.values()), "county": list(members), "share": 1.0})
    found = alike_areas(own, own, PEOPLE, 0.5)
    assert (found["first"] == found["second"]).all()
    assert set(found["first"]) == set(members.values())
    assert found["overlap"].tolist() == pytest.approx([1.0] * len(found))
