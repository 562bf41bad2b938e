"""One measurement: a job of ours, what it is compared with, and how long both took."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Median of some runs."""

    job: str
    seconds: float
    runs: int
    note: str = ""
    other: str = ""
    """What a user would otherwise do."""
    other_seconds: float | None = None

    @property
    def ratio(self) -> str:
        """How many times as long the other way takes."""
        if self.other_seconds is None:
            return ""
        return f"{self.other_seconds / self.seconds:.1f} x"


def timed(call: Callable[[], object], runs: int = 1) -> float:
    """Median wall time of some calls, seconds."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


@dataclass(frozen=True)
class Ran:
    """A command that has run."""

    seconds: float
    peak_megabytes: float


def command(arguments: Sequence[str], *, environment: dict[str, str] | None = None) -> Ran:
    """Run a command of the package as a process of its own.

    Raises
    ------
    CalledProcessError
        If it fails.
    """
    return process_of([sys.executable, "-m", "clusteratlas", *arguments], environment=environment)


def process_of(words: Sequence[str], *, environment: dict[str, str] | None = None) -> Ran:
    """Run a program.

    Raises
    ------
    CalledProcessError
        If it fails.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        words,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), list(words))
    process.returncode = 0
    return Ran(time.perf_counter() - began, usage.ru_maxrss / 1000)


def machine() -> str:
    """Describe the machine in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def peak_megabytes() -> float:
    """Largest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
