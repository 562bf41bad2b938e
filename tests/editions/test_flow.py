"""The resolver on steps of its own: order, axes, kept results, and wiring that cannot work."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.editions.flow.cache import Cache, read_value, write_value
from clusteratlas.editions.flow.flow import Axis, Flow, Given
from clusteratlas.editions.flow.step import Step, step, steps_of

CALLS: list[str] = []


@step(keep=True)
def doubled(number: int) -> int:
    """Twice the number."""
    CALLS.append("doubled")
    return 2 * number


@step(keep=True)
def quadrupled(doubled: int) -> int:
    CALLS.append("quadrupled")
    return 2 * doubled


@step(over="years")
def of_year(doubled: int, year: int) -> str:
    return f"{year}: {doubled}"


@step(over="years", fixed=["doubled"], collect=lambda found: " ".join(found.values()))
def against_the_main(doubled: int, of_year: str) -> str:
    return f"{of_year} against {doubled}"


@step()
def last_year(of_year: Mapping[str, str]) -> str:
    return list(of_year.values())[-1]


YEARS = Axis(
    "years",
    {
        "first": {"year": Given(2018), "number": Given(3)},
        "second": {"year": Given(2019), "number": Given(5)},
    },
)


def own_steps() -> list[Step]:
    return steps_of(__name__)


def flow(number: int = 3, folder: Path | None = None) -> Flow:
    CALLS.clear()
    return Flow(own_steps(), {"number": Given(number)}, [YEARS], Cache(folder))


def test_what_is_asked_for_is_made_of_what_it_names() -> None:
    assert flow().make("quadrupled") == 12
    assert flow().make("number") == 3
    with pytest.raises(KeyError):
        flow().make("halved")


def test_nothing_is_made_twice() -> None:
    one = flow()
    assert [one.make("quadrupled"), one.make("doubled"), one.make("quadrupled")] == [12, 6, 12]
    assert CALLS == ["doubled", "quadrupled"]


def test_a_step_over_an_axis_is_made_for_each_entry() -> None:
    one = flow()
    assert one.make("of_year") == {"first": "2018: 6", "second": "2019: 10"}
    assert one.make("last_year") == "2019: 10"
    # The first year has the flow's own number: what is made of it is made once.
    assert CALLS == ["doubled", "doubled"]
    assert one.make("doubled") == 6
    assert CALLS == ["doubled", "doubled"]


def test_what_is_fixed_is_that_of_the_flow() -> None:
    assert flow(7).make("against_the_main") == "2018: 6 against 14 2019: 10 against 14"


def test_kept_results_are_found_again_without_what_they_need(tmp_path: Path) -> None:
    assert flow(3, tmp_path).make("quadrupled") == 12
    again = flow(3, tmp_path)
    assert again.make("quadrupled") == 12
    assert CALLS == []
    assert flow(4, tmp_path).make("quadrupled") == 16
    assert CALLS == ["doubled", "quadrupled"]
    # Of each label the latest result stays.
    assert len(list(tmp_path.iterdir())) == 2


def test_a_step_that_fails_keeps_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def interrupted() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.get("x", "0" * 20, interrupted)
    with pytest.raises(TypeError, match="cannot hold a set"):
        cache.get("x", "0" * 20, lambda: {1})
    assert list(tmp_path.iterdir()) == []
    assert cache.get("x", "0" * 20, lambda: 1) == 1


def test_order_puts_everything_after_what_it_needs() -> None:
    assert flow().order("quadrupled") == ["number", "doubled", "quadrupled"]
    every = flow().order()
    assert set(every) == {"number", "year", *(s.name for s in own_steps())}
    assert every.index("of_year") < every.index("last_year")


def test_wiring_that_cannot_work_is_refused() -> None:
    def declared(**changes: Any) -> Step:
        facts = {**vars(own_steps()[0]), **changes}
        return Step(**facts)

    given = {"number": Given(1)}
    for one, message in [
        (declared(needs=("nothing",)), "doubled needs 'nothing', which nothing makes"),
        (declared(needs=("doubled",)), "steps need each other: doubled -> doubled"),
        (declared(over="moons"), "doubled is over 'moons', which is no axis"),
        (declared(name="number"), "number is given, and made by a step"),
        (declared(fixed=frozenset(["x"])), "doubled fixes 'x', which it does not need"),
    ]:
        with pytest.raises(ValueError, match=message):
            Flow([one], given)


def test_two_steps_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    @step()
    def doubled() -> int:
        return 0

    monkeypatch.setattr(sys.modules[__name__], "another", doubled, raising=False)
    with pytest.raises(ValueError, match="two steps are called doubled"):
        own_steps()


def test_results_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    matrix = np.array([[1.0, np.nan, 0.5], [np.nan, 1.0, 0.2], [0.5, 0.2, 1.0]])
    names = ("lc_emp", "lc_est", "coi", "io", "occ")
    links = combine_linkages(["1", "2", "3"], dict.fromkeys(names, matrix), ["X", "", ""], [""] * 3)
    frame = pd.DataFrame(
        {"a": pd.array([1, None], dtype="Int64"), "b": pd.array(["x", None], dtype="string")},
        index=pd.Index(["k", "l"], name="code"),
    )
    value = {"links": links, "frame": frame, "series": frame["a"], "rest": (1, [None, 2.5, "x"])}
    write_value(value, tmp_path)
    again = read_value(tmp_path)
    assert list(again) == list(value)
    assert again["rest"] == value["rest"]
    pd.testing.assert_frame_equal(again["frame"], frame)
    pd.testing.assert_series_equal(again["series"], frame["a"])
    kept = again["links"]
    assert isinstance(kept, Linkages)
    assert (kept.codes, kept.sector_of) == (links.codes, links.sector_of)
    assert list(kept.matrices) == list(links.matrices)
    for name, expected in links.matrices.items():
        np.testing.assert_array_equal(kept.matrices[name], expected)
