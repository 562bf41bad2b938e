"""The command that opens the explorer."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Timer
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.cli.conftest import Run


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 (that is the case)
def test_it_serves_until_it_is_interrupted(host: str, loaded: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "clusteratlas", "explore", "--store", str(loaded)]
    with subprocess.Popen(
        [*command, "--host", host, "--port", str(port)], stdout=subprocess.PIPE, text=True
    ) as server:
        stopped = Timer(60, server.kill)  # a failure below must not wait for it
        stopped.start()
        assert server.stdout is not None
        said = server.stdout.readline()
        query = re.search(r"\?token=\S+", said)
        assert (query is None) == (host == "127.0.0.1")
        place = f"http://127.0.0.1:{port}/{query[0] if query else ''}"
        reader = build_opener(HTTPCookieProcessor())  # the token goes on as a cookie
        with reader.open(place, timeout=30) as answer:
            assert b"clusteratlas" in answer.read()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) in {0, 130}
        stopped.cancel()


def test_a_port_that_is_taken_is_one_line(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = run("explore", "--port", port)
    assert ran.code == 2
    assert f"cannot listen at 127.0.0.1:{port}" in ran.err
    assert "--port" in ran.err
