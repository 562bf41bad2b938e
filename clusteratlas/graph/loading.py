"""Who loads a store, and since when: one load at a time, and questions meanwhile say so."""

from __future__ import annotations

import getpass
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime

from clusteratlas.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class Loading:
    """A load that is under way in a store."""

    edition: str
    by: str
    """For people: user, machine and process."""
    since: datetime

    @property
    def words(self) -> str:
        """For example ``us-2021 is being loaded since 2026-05-04 10:31 UTC, by ana@desk (17)``."""
        since = self.since.astimezone(UTC)
        return f"{self.edition} is being loaded since {since:%Y-%m-%d %H:%M} UTC, by {self.by}"


@dataclass(frozen=True, slots=True)
class Loader:
    """A process that loads."""

    user: str
    host: str
    pid: int

    @property
    def words(self) -> str:
        """For people."""
        return f"{self.user} on {self.host} (process {self.pid})"

    def has_gone(self) -> bool:
        """Say whether the process is known to have ended: one of another machine is not."""
        # To look for a process is to end it on Windows.
        if os.name != "posix" or self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except OSError:  # somebody else's process, hence one that runs
            return False
        return False


def this_loader() -> Loader:
    """Give the process that runs this."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without users
        user = str(os.getuid()) if hasattr(os, "getuid") else "somebody"
    return Loader(user, socket.gethostname(), os.getpid())


def refuse_second_load(loading: Loading, url: str, *, hint: str) -> StoreUnavailable:
    """Make the error of a load that meets another one."""
    return StoreUnavailable(f"{url}: {loading.words}", hint=hint)
