"""``clusteratlas server``, before the first start and beside a running server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clusteratlas.cli.main import main
from tests.conftest import Neo4jServer


def test_before_the_first_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(tmp_path / "home")]
    assert main(["server", "status", *home, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["running"], row["url"], row["user"]) == (False, None, "neo4j")
    for command in ("stop", "logs"):
        assert main(["server", command, *home]) == 8
        assert "hint: `clusteratlas server start`" in capsys.readouterr().err


def test_a_running_server(
    neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if neo4j_server.home is None:
        pytest.skip("the server of NEO4J_URL is not ours")
    monkeypatch.setenv("CLUSTERATLAS_SERVER_HOME", str(neo4j_server.home))
    assert main(["server", "status"]) == 0
    shown = capsys.readouterr().out
    assert neo4j_server.url in shown
    assert neo4j_server.password not in shown
    assert main(["server", "logs", "--lines", "5"]) == 0
    assert 1 <= len(capsys.readouterr().out.splitlines()) <= 10
    assert main(["server", "start"]) == 8
    assert "already running" in capsys.readouterr().err
