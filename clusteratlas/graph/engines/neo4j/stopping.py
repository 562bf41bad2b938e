"""Ctrl-C ends a statement at once, here and on the server.

The driver waits for the server's answer where nothing interrupts it. So the statement runs beside
the main thread, which hears Ctrl-C and has the server terminate the transaction.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_LOOK = 0.1
_PATIENCE = 1.0
"""Seconds for a terminated statement to end here."""


def ended_by_ctrl_c(work: Callable[[], _T], terminate: Callable[[], None]) -> _T:
    """Run something so that Ctrl-C in the main thread terminates it.

    Parameters
    ----------
    work
        What takes its time. Its result or error is that of this function.
    terminate
        Lets ``work`` fail soon; called from the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()  # only the main thread hears Ctrl-C
    results: list[_T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as exc:  # noqa: BLE001 (raised in the main thread)
            errors.append(exc)

    beside = threading.Thread(target=run, name="statement", daemon=True)
    beside.start()
    try:
        while beside.is_alive():  # the system may tell another thread, and this one looks then
            beside.join(_LOOK)
    except KeyboardInterrupt:
        terminate()
        beside.join(_PATIENCE)
        raise
    if errors:
        raise errors[0]
    return results[0]
