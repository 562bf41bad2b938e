"""Tasks side by side, one process for each core; results do not depend on how many there are."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any

from clusteratlas.editions.flow.threads import hold_to_one_thread, one_thread


def usable_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each_in_a_process(
    function: Callable[..., Any],
    tasks: Iterable[tuple[str, Mapping[str, Any]]],
    done: Callable[[str, Any], None],
    *,
    most: int,
) -> None:
    """Call a function for each of many tasks, by as many processes as there are cores.

    Each call is held to one thread, so that a result is the same by one process or by many. With
    one core or one task the calls are made in this process.

    Parameters
    ----------
    function
        One that a new process can import by its name.
    tasks
        Name and keyword arguments of each; taken one by one, no more than are soon begun.
    done
        Told the name and the result of each task, in this process, as soon as it is finished.
    most
        There are no more tasks than that.

    Raises
    ------
    Exception
        The first one that a call raises. No task is begun then, and ``done`` is told of those that
        finish still.
    """
    workers = min(usable_cores(), most)
    if workers <= 1:
        with one_thread():
            for name, arguments in tasks:
                done(name, function(**arguments))
        return
    others = multiprocessing.active_children()
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_begin_worker
    )
    running: dict[Future[Any], str] = {}

    def take(timeout: float | None = None) -> None:
        finished = wait(running, timeout, FIRST_COMPLETED).done
        for future in [f for f in running if f in finished]:
            done(running.pop(future), future.result())

    try:
        for name, arguments in tasks:
            running[pool.submit(function, **arguments)] = name
            # Two more than can run: no worker waits while the next arguments are computed.
            take(None if len(running) >= workers + 2 else 0)
        while running:
            take()
    except KeyboardInterrupt:
        # Nobody who interrupts waits for what is running; what is finished is kept.
        for child in multiprocessing.active_children():
            if child not in others:
                child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        # What the others had begun is not lost by the one that failed.
        for future, name in running.items():
            if not future.cancelled() and future.exception() is None:
                done(name, future.result())


def _begin_worker() -> None:
    # Ctrl-C reaches every process of a terminal: workers leave without a word.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    hold_to_one_thread()
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this process when its parent was killed: it would wait for tasks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
