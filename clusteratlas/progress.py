"""Progress of long work: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import TaskID


class Progress(Protocol):
    """What long work reports to."""

    def start(self, label: str, total: int | None = None) -> None:
        """Begin a piece of work of ``total`` units (None: not known)."""

    def advance(self, units: int = 1) -> None:
        """Say that ``units`` more are done."""

    def finish(self, note: str = "") -> None:
        """End the piece of work, with a few words on its outcome."""


class Silent:
    """Reports nothing: the default of every library function."""

    def start(self, label: str, total: int | None = None) -> None:
        """Ignore the start."""

    def advance(self, units: int = 1) -> None:
        """Ignore the advance."""

    def finish(self, note: str = "") -> None:
        """Ignore the end."""


class Lines:
    """One plain line at the end of each piece of work, on standard error; pieces may nest."""

    def __init__(self) -> None:
        self._open: list[tuple[str, float]] = []

    def start(self, label: str, total: int | None = None) -> None:  # noqa: ARG002
        """Remember what begins, and when."""
        self._open.append((label, time.monotonic()))

    def advance(self, units: int = 1) -> None:
        """Lines do not move."""

    def finish(self, note: str = "") -> None:
        """Print the line."""
        label, since = self._open.pop()
        took = time.monotonic() - since
        print(f"{label}: {note or 'done'} ({took:.1f} s)", file=sys.stderr, flush=True)


class Bar:
    """A rich progress bar on standard error."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        self._bars = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._open: list[TaskID] = []

    def __enter__(self) -> Bar:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def start(self, label: str, total: int | None = None) -> None:
        """Add a bar."""
        self._open.append(self._bars.add_task(label, total=total, note=""))

    def advance(self, units: int = 1) -> None:
        """Move the bar."""
        self._bars.advance(self._open[-1], units)

    def finish(self, note: str = "") -> None:
        """Fill the bar and leave it on the screen."""
        done = self._open.pop()
        task = self._bars.tasks[self._bars.task_ids.index(done)]
        total = task.total or max(task.completed, 1)
        self._bars.update(done, total=total, completed=total, note=note)


@contextmanager
def reporting(*, quiet: bool = False) -> Iterator[Progress]:
    """Give the reporter that suits standard error: bar, lines, or silence."""
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        with Bar() as bar:
            yield bar
    else:
        yield Lines()
