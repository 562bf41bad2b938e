"""Stops a local server when whoever started it has ended: ``python -m ... HOME``.

Its standard input is a pipe from the process that it guards. The system closes the pipe when that
process ends, also when it is killed and cannot stop anything itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from clusteratlas.server.local import LocalServer


def guard(home: str) -> None:
    """Wait for the end of the pipe, then stop the server if it still runs."""
    sys.stdin.buffer.read()
    server = LocalServer(Path(home))
    if server.status().running:
        server.stop()


if __name__ == "__main__":
    guard(sys.argv[1])
