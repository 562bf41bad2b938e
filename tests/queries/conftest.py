"""The tiny atlas in a store of each engine, loaded once per module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.graph import GraphStore, lint_store, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.conftest import ON_NEO4J, Neo4jServer
from tests.tiny import tiny_tables, with_other


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas with two sets; makers of drugs also buy ships and boats for 4 million USD."""
    tables = with_other(tiny_tables())
    flows = tables["sector_flows"]
    ships = flows[flows["buyer"].eq("bea2017:336600") & flows["seller"].eq("bea2017:336600")]
    more = ships.assign(buyer="bea2017:325400", usd=4.0, input_share=0.05, output_share=0.3)
    tables["sector_flows"] = pd.concat([flows, more], ignore_index=True)
    folder = tmp_path_factory.mktemp("edition") / "tiny"
    return write_edition(folder, "tiny", tables, {"parameters": {}, "seeds": {}})


@pytest.fixture(scope="session")
def lint() -> Iterator[GraphStore]:
    """An empty store with the schema."""
    with lint_store() as store:
        yield store


@pytest.fixture(scope="module")
def embedded(asked: Edition) -> Iterator[Atlas]:
    """The tiny atlas on the embedded engine."""
    with open_store(":memory:") as store:
        load_edition(asked, store)
        yield open_atlas(store)


@pytest.fixture(scope="module")
def remote(asked: Edition, neo4j_server: Neo4jServer) -> Iterator[Atlas]:
    """The tiny atlas on a real Neo4j server."""
    server = neo4j_server
    with open_store(server.url, user=server.user, password=server.password) as store:
        store.wipe()
        load_edition(asked, store)
        yield open_atlas(store)
        store.wipe()


@pytest.fixture(scope="module", params=["embedded", pytest.param("remote", marks=ON_NEO4J)])
def atlas(request: pytest.FixtureRequest) -> Atlas:
    """The tiny atlas, once on each engine."""
    found: Atlas = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def shipped(shipped_store: Path) -> Iterator[Atlas]:
    """The shipped edition in an embedded store of its own."""
    with open_atlas(shipped_store) as atlas:
        yield atlas
