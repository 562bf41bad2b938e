"""Stopping statements whose answer nobody waits for any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from clusteratlas.errors import StoreError


class Stopper:
    """Stops, from another thread, the statements that run on behalf of somebody.

    An engine that can be interrupted says so while a statement runs. One that begins in the
    moment of the call may slip through: who stops calls again until the work is over.
    """

    def __init__(self) -> None:
        self.stopped = False
        self._lock = threading.Lock()
        self._running: list[Callable[[], None]] = []

    def stop(self) -> None:
        """Interrupt what runs, and refuse what would begin."""
        with self._lock:
            self.stopped = True
            for interrupt in self._running:
                interrupt()

    @contextmanager
    def running(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Run a statement that ``interrupt`` ends.

        Raises
        ------
        StoreError
            If it was stopped before.
        """
        with self._lock:
            if self.stopped:
                raise StoreError("the statement was stopped: nobody waits for its answer")
            self._running.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._running.remove(interrupt)


_CURRENT: ContextVar[Stopper | None] = ContextVar("stopper", default=None)


@contextmanager
def stopped_by(stopper: Stopper) -> Iterator[None]:
    """Let all statements of this context, also in threads that copy it, be stopped by one."""
    token = _CURRENT.set(stopper)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def interruptible(interrupt: Callable[[], None]) -> Iterator[None]:
    """Run a statement of an engine, for whoever may stop it."""
    stopper = _CURRENT.get()
    if stopper is None:
        yield
        return
    with stopper.running(interrupt):
        yield
