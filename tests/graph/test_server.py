"""The local server: what its folder knows. Its life is in test_server_life."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from clusteratlas.errors import ServerError
from clusteratlas.server.home import Home, Ports, new_password
from clusteratlas.server.local import LocalServer


def test_ports_are_those_of_last_time_or_free_ones(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"port {port} is taken") as caught:
            home.choose_ports(port, 0)
        assert "--bolt-port" in str(caught.value.hint)
        home.keep_running(os.getpid(), Ports(port, port), "5")
        chosen = home.choose_ports(None, None)
        assert port not in (chosen.bolt, chosen.http)
    assert home.choose_ports(None, 0).bolt == port
    ports = home.choose_ports(0, 0)
    assert ports.bolt != ports.http
    with pytest.raises(ServerError, match="is taken"):
        home.choose_ports(ports.bolt, ports.bolt)


def test_a_process_that_is_not_our_server_is_never_taken_for_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.running() is None
    home.keep_running(os.getpid(), Ports(1, 2), "5")  # the tests do not run a server
    assert home.running() is None
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()", home.home_argument],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()  # only what runs has its command line
        home.keep_running(other.pid, Ports(1, 2), "5")
        found = home.running()
        assert found is not None
        assert (found.pid, found.bolt, found.http) == (other.pid, 1, 2)
        file = tmp_path / "running.json"
        kept = json.loads(file.read_text())
        file.write_text(json.dumps({**kept, "created": kept["created"] - 60}))
        assert home.running() is None  # the number of a process that has gone, given again
        home.keep_running(other.pid, Ports(1, 2), "5")
        other.kill()
        deadline = time.monotonic() + 10
        while psutil.Process(other.pid).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline
        assert home.running() is None  # dead, but nobody has asked for its exit code yet


def test_a_damaged_note_of_the_process_is_named(tmp_path: Path) -> None:
    (tmp_path / "running.json").write_text("{")
    with pytest.raises(ServerError, match=r"running\.json is damaged"):
        Home(tmp_path).running()


def test_the_password_is_for_the_user_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.password() is None
    passwords = {new_password() for _ in range(20)}
    assert len(passwords) == 20
    assert min(len(p) for p in passwords) >= 24
    for password in passwords:
        home.keep_password(password)
        assert home.password() == password
    if sys.platform != "win32":
        assert stat.S_IMODE(home.password_file.stat().st_mode) == 0o600


def test_no_password_looks_like_an_option_or_needs_quoting() -> None:
    """It goes to ``neo4j-admin`` as a word: one in 64 began with a hyphen and ended the start."""
    assert all(new_password().isalnum() for _ in range(300))


def test_before_the_first_start_everything_says_so(tmp_path: Path) -> None:
    server = LocalServer(tmp_path / "home")
    status = server.status()
    assert (status.running, status.url, status.pid) == (False, None, None)
    for ask in (server.stop, server.logs, server.password):
        with pytest.raises(ServerError) as caught:
            ask()
        assert "server start`" in str(caught.value.hint)
    assert not (tmp_path / "home").exists()


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServerError, match="cannot use"):
        Home(tmp_path / "file").prepare()
