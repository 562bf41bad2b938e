"""One load of a file at a time: a locked file beside it, which says who loads.

The system lets go of the lock when the process ends, however it ends. The engine's own lock is on
the store, which a load replaces.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from clusteratlas.errors import StoreError
from clusteratlas.graph.loading import Loading, refuse_second_load, this_loader

_TRIES = 4
_PAUSE = 0.05


def lease_file(store: Path) -> Path:
    """Where it is noted that a store is being loaded."""
    return store.with_name(f"{store.name}.loading")


@contextmanager
def file_lease(store: Path, edition: str) -> Iterator[None]:
    """Keep other loads of a store out.

    Raises
    ------
    StoreUnavailable
        If another load is under way.
    StoreError
        If the note cannot be written.
    """
    file = _mine(store)
    if file is None:
        other = file_load(store) or Loading(edition, "another process", datetime.now(UTC))
        raise refuse_second_load(other, str(store), hint="wait until it is done")
    with file:
        file.truncate(0)
        note = {
            "edition": edition,
            "by": this_loader().words,
            "since": datetime.now(UTC).isoformat(),
        }
        file.write(json.dumps(note))
        file.flush()
        try:
            yield
        finally:
            # While it is locked: who waits for this very file notices, and makes a new one.
            with suppress(OSError):  # where an open file cannot be removed, it stays, unlocked
                lease_file(store).unlink()


def _mine(store: Path) -> IO[str] | None:
    """Open and lock the file; None if another process has it."""
    path = lease_file(store)
    for _ in range(_TRIES):
        try:
            file = path.open("a+", encoding="utf-8")
        except OSError as exc:
            raise StoreError(
                f"{path} cannot be written: {exc.strerror}",
                hint="name another place with --store or CLUSTERATLAS_STORE",
            ) from exc
        if _locked(file) and _is_at(file, path):
            return file
        file.close()
        time.sleep(_PAUSE)  # a question that looks holds it for a moment
    return None


def file_load(store: Path) -> Loading | None:
    """Tell of a load that is under way; None if there is none."""
    try:
        file = lease_file(store).open("r+", encoding="utf-8")
    except OSError:
        return None
    with file:
        return None if _locked(file) else _noted(file)


def _is_at(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _noted(file: IO[str]) -> Loading | None:
    file.seek(0)
    try:
        note = json.loads(file.read())
        return Loading(note["edition"], note["by"], datetime.fromisoformat(note["since"]))
    except (OSError, ValueError, KeyError, TypeError):  # just being written
        return None


def _locked(file: IO[str]) -> bool:
    """Lock a file unless another process has; it is unlocked when it is closed."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            file.seek(1 << 20)  # far behind the note, which others may read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
