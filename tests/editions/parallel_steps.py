"""Steps that new processes import; each call leaves a file, since memory is not shared."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.flow import Axis, Flow, Given
from clusteratlas.editions.flow.step import step, steps_of
from clusteratlas.errors import AnalysisError

STATES = ("06", "25", "44", "48")
TROUBLE = "trouble"
"""File that names a state and what happens to it: what is kept does not depend on it."""


def note(folder: str, what: str) -> None:
    (Path(folder) / f"{what}.{uuid.uuid4().hex}").touch()


def noted(folder: Path) -> list[str]:
    """Calls up to now, sorted."""
    return sorted(p.stem for p in folder.iterdir() if p.name != TROUBLE)


def trouble(folder: str, state: str) -> str:
    file = Path(folder) / TROUBLE
    where, _, what = file.read_text("utf-8").partition(" ") if file.exists() else ("", "", "")
    return what if where == state else ""


@step()
def shared(folder: str, seed: int) -> pd.DataFrame:
    note(folder, "shared")
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(60, 60)))


@step(over="states", keep=True, parallel=True, layers=("analysis/cells",))
def completed_state(shared: pd.DataFrame, state: str, folder: str, patience: float) -> pd.DataFrame:
    what = trouble(folder, state)
    if what == "raise":
        raise AnalysisError(f"state {state} cannot be completed", hint="leave it out")
    if what == "kill":
        until(lambda: {"06", "25"} <= set(kept_states(Path(folder).parent / "kept")))
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
    time.sleep(patience if state == STATES[0] else 0)
    note(folder, state)
    return pd.DataFrame(np.linalg.inv(shared.to_numpy() + int(state))).add_prefix("c")


@step()
def states_in_order(completed_state: Mapping[str, pd.DataFrame]) -> list[str]:
    return list(completed_state)


@step(over="states", keep=True, parallel=True, layers=("analysis/cells",))
def jobs_of_state(state: str, year: int) -> int:
    return year * 100 + int(state)


@step(over="states")
def before(jobs_of_state: int, state: str) -> int:
    return jobs_of_state + int(state)


@step(over="states", keep=True, parallel=True, layers=("analysis/cells",))
def carried_on(before: int) -> int:
    return before + 1


@step(over="years")
def most_jobs(jobs_of_state: Mapping[str, int]) -> int:
    return max(jobs_of_state.values())


def until(true: Callable[[], bool]) -> None:
    """Wait for something, but not for ever."""
    end = time.monotonic() + 60
    while not true() and time.monotonic() < end:
        time.sleep(0.05)


def kept_states(folder: Path) -> list[str]:
    """Entries of the kept results, sorted."""
    if not folder.exists():
        return []
    return sorted(p.name.partition("-")[0].partition(".")[2] for p in folder.glob("[!.]*"))


def parallel_flow(folder: Path, cache: Cache | None, patience: float = 0.0) -> Flow:
    """Four states and two years; calls are noted in ``folder / "calls"``."""
    calls = folder / "calls"
    calls.mkdir(exist_ok=True)
    states = Axis("states", {s: {"state": Given(s)} for s in STATES})
    years = Axis("years", {str(y): {"year": Given(y)} for y in (2021, 2022)})
    given = {"folder": str(calls), "seed": 1, "patience": patience}
    mine = steps_of(__name__)
    return Flow(mine, {k: Given(v) for k, v in given.items()}, [states, years], cache)
