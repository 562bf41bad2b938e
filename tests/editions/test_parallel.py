"""Entries of an axis computed side by side: as by one process, and on from where it stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clusteratlas.editions.flow.cache import Cache, key_of
from clusteratlas.editions.flow.flow import Given
from clusteratlas.editions.flow.processes import pool
from clusteratlas.editions.flow.step import step
from clusteratlas.errors import AnalysisError
from clusteratlas.progress import Lines
from tests.editions.parallel_steps import STATES, TROUBLE, kept_states, noted, parallel_flow

SCRIPT = """
import sys
from pathlib import Path
from clusteratlas.editions.flow.processes import pool
from clusteratlas.editions.flow.cache import Cache
from tests.editions.parallel_steps import parallel_flow
pool.usable_cores = lambda: 2
here = Path(sys.argv[1])
parallel_flow(here, Cache(here / "kept")).make("completed_state")
"""


class Told:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.all: list[Any] = []

    def start(self, label: str, total: int | None = None) -> None:
        self.all.append((label, total))

    def advance(self, units: int = 1) -> None:
        self.all += ["+"] * units

    def finish(self, note: str = "") -> None:
        self.all.append(note)


@pytest.fixture(params=[1, 2], ids=["one core", "two cores"])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(pool, "usable_cores", lambda: request.param)
    found: int = request.param
    return found


@pytest.fixture
def one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what does not depend on the cores: new processes take seconds to start."""
    monkeypatch.setattr(pool, "usable_cores", lambda: 1)


def test_results_are_the_same_bytes_by_one_process_or_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for cores in (1, 2):
        monkeypatch.setattr(pool, "usable_cores", lambda cores=cores: cores)
        kept = tmp_path / f"kept-{cores}"
        flow = parallel_flow(tmp_path, Cache(kept), patience=0.5)
        # The first one takes longest, and comes first all the same.
        assert flow.make("states_in_order") == list(STATES)
        files = {p.relative_to(kept): p.read_bytes() for p in kept.rglob("*") if p.is_file()}
        found.append((files, flow.make("completed_state")))
    (one, frames), (two, others) = found
    assert one == two
    assert len(one) == 2 * len(STATES)
    for state in STATES:
        pd.testing.assert_frame_equal(frames[state], others[state], check_exact=True)


def test_what_fails_leaves_the_others_kept(tmp_path: Path, cores: int) -> None:
    kept = tmp_path / "kept"
    flow = parallel_flow(tmp_path, Cache(kept))
    calls = tmp_path / "calls"
    (calls / TROUBLE).write_text("44 raise", "utf-8")
    with pytest.raises(AnalysisError, match="state 44 cannot be completed") as caught:
        flow.make("completed_state")
    assert caught.value.hint == "leave it out"
    assert {"06", "25"} <= set(kept_states(kept))
    # A second process may have finished the last one.
    assert set(kept_states(kept)) <= ({"06", "25"} if cores == 1 else {"06", "25", "48"})
    (calls / TROUBLE).unlink()
    again = parallel_flow(tmp_path, Cache(kept)).make("completed_state")
    assert list(again) == list(STATES)
    assert [c for c in noted(calls) if c != "shared"] == list(STATES)


def test_a_build_that_was_killed_goes_on_at_the_last_finished_entry(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    calls.mkdir()
    (calls / TROUBLE).write_text("44 kill", "utf-8")
    # Output ends when every process has ended: none waits for a parent that is gone.
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL
    kept = kept_states(tmp_path / "kept")
    assert {"06", "25"} <= set(kept)
    (calls / TROUBLE).unlink()
    cache = Cache(tmp_path / "kept")
    parallel_flow(tmp_path, cache).make("completed_state")
    assert [label.partition(".")[2] for label in cache.computed] == [
        s for s in STATES if s not in kept
    ]


@pytest.mark.usefixtures("one_core")
def test_progress_is_that_of_all_entries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told()
    first = parallel_flow(tmp_path, Cache(tmp_path / "kept", told))
    # One entry alone is a result like others.
    first.make("completed_state", states="25")
    first.make("completed_state")
    assert told.all == [
        ("completed_state.25", None),
        "60 rows",
        ("completed_state", 4),
        *["+"] * 4,
        "1 of 4 reused",
    ]
    again = parallel_flow(tmp_path, Cache(tmp_path / "kept", Lines()))
    again.make("completed_state")
    assert capsys.readouterr().err.startswith("completed_state: reused (")
    assert noted(tmp_path / "calls").count("shared") == 1


@pytest.mark.usefixtures("one_core")
def test_entries_of_two_axes_have_both_in_their_labels(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept")
    assert parallel_flow(tmp_path, cache).make("most_jobs") == {"2021": 202148, "2022": 202248}
    expected = [f"jobs_of_state.{year}.{s}" for year in (2021, 2022) for s in STATES]
    assert sorted(cache.computed) == expected
    assert kept_states(tmp_path / "kept") == [e.partition(".")[2] for e in expected]
    again = Cache(tmp_path / "kept")
    assert parallel_flow(tmp_path, again).make("most_jobs", years="2022") == 202248
    assert (again.computed, again.reused) == ([], expected[4:])


@pytest.mark.usefixtures("one_core")
def test_a_parallel_step_that_another_needs_is_made_side_by_side_too(tmp_path: Path) -> None:
    told = Told()
    flow = parallel_flow(tmp_path, Cache(tmp_path / "kept", told))
    flow.given["year"] = Given(2021)
    found = flow.make("carried_on")
    assert found == {s: 202100 + 2 * int(s) + 1 for s in STATES}
    begun = [one for one in told.all if isinstance(one, tuple)]
    assert begun == [("jobs_of_state", 4), ("carried_on", 4)]


def test_a_parallel_step_is_over_an_axis_and_kept() -> None:
    for facts in ({}, {"over": "states"}, {"keep": True}):
        with pytest.raises(ValueError, match="over an axis and kept"):
            step(parallel=True, **facts)  # pyright: ignore[reportArgumentType]


def test_a_key_is_of_the_folders_that_a_step_names() -> None:
    keys = {key_of("x", layers) for layers in ([], ["analysis"], ["analysis/cells"])}
    assert len(keys) == 3
    with pytest.raises(ValueError, match="'analysis/moons' is no folder and no file"):
        key_of("x", ["analysis/moons"])
