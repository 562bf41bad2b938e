"""The process of a server: whether it is at work, and its end."""

from __future__ import annotations

import time

from clusteratlas.server.home import Home, psutil_module

_WORKING = 0.05
"""Share of a processor that a process takes at least while it recovers; an idle one takes less."""


class Busy:
    """Whether a process does anything: writes to its logs, or takes the processor."""

    def __init__(self, pid: int, home: Home) -> None:
        self._process = psutil_module().Process(pid)
        self._home = home
        self._seen = self._now()

    def since_last_look(self) -> bool:
        """Say whether it did anything since this was asked last; at first, since it was made."""
        at, seconds, written = now = self._now()
        then, before, there = self._seen
        if at - then < 1:  # too short to tell
            return written > there
        self._seen = now
        return written > there or seconds - before > _WORKING * (at - then)

    def _now(self) -> tuple[float, float, int]:
        try:
            times = self._process.cpu_times()
        except psutil_module().Error:  # it has just ended, which is found out elsewhere
            return time.monotonic(), 0.0, 0
        return time.monotonic(), times.user + times.system, self._home.written()


def end_process(pid: int, *, timeout: float) -> None:
    """Ask a process to end, wait, and kill it after a while."""
    psutil = psutil_module()
    try:
        process = psutil.Process(pid)
        process.terminate()
        try:
            process.wait(timeout)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait()
    except psutil.NoSuchProcess:
        return
