"""A server that stops in the middle of a load, and is started again."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import StoreUnavailable
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.progress import Silent
from clusteratlas.server.local import LocalServer
from tests.conftest import QUICK_JAVA
from tests.graph.held import dump, held_by


class StopAt(Silent):
    """Stops the server at the n-th sign of progress."""

    def __init__(self, server: LocalServer, n: int) -> None:
        self._server = server
        self._left = n

    def advance(self, units: int = 1) -> None:
        self._left -= units > 0
        if self._left == 0:
            self._server.stop()


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_a_load_goes_on_where_the_server_stopped(
    server_installed: None, tiny: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clusteratlas.graph.engines.neo4j.store._RETRY_SECONDS", 1)
    batches = "MATCH (e:Edition) RETURN e.batches AS done"
    server = LocalServer(tmp_path / "home", bolt_port=0, http_port=0, java_options=QUICK_JAVA)
    with server:
        url = server.status().url
        with open_store(url, password=server.password()) as store:
            with pytest.raises(StoreUnavailable, match="no Neo4j server answers") as caught:
                load_edition(tiny, store, progress=StopAt(server, 12))
            assert "goes on where it stopped" in str(caught.value.hint)
        server.start()
        with open_store(server.status().url, password=server.password()) as store:
            assert store.read(batches, name="batches").rows == [{"done": 12}]
            assert [e.complete for e in store.editions()] == [False]
            assert load_edition(tiny, store).outcome == "resumed"
            assert dump(store) == held_by(tiny)
