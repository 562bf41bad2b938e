"""The tiny atlas in a store of each engine, loaded once per module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.store.edition import Edition, open_edition, write_edition
from clusteratlas.errors import EditionError
from clusteratlas.graph import GraphStore, lint_store, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.conftest import ON_NEO4J, Neo4jServer, missing
from tests.tiny import IO, tiny_tables, with_other


def asked_edition(folder: Path) -> Edition:
    """The tiny atlas with two sets; makers of drugs also buy ships and boats for 4 million USD."""
    tables = with_other(tiny_tables())
    flows = tables["sector_flows"]
    row = ("bea2017:336600", "bea2017:325400", 4.0, 0.05, 0.3, IO)
    more = pd.DataFrame([row], columns=list(flows.columns))
    tables["sector_flows"] = pd.concat([flows, more], ignore_index=True)
    return write_edition(folder, "tiny", tables, {"parameters": {}, "seeds": {}})


@pytest.fixture(scope="session")
def lint() -> Iterator[GraphStore]:
    """An empty store with the schema."""
    with lint_store() as store:
        yield store


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The tiny atlas on the embedded engine."""
    with open_store(":memory:") as store:
        load_edition(asked_edition(tmp_path_factory.mktemp("edition") / "tiny"), store)
        yield open_atlas(store)


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory, neo4j_server: Neo4jServer) -> Iterator[Atlas]:
    """The tiny atlas on a real Neo4j server."""
    server = neo4j_server
    with open_store(server.url, user=server.user, password=server.password) as store:
        store.wipe()
        load_edition(asked_edition(tmp_path_factory.mktemp("edition") / "tiny"), store)
        yield open_atlas(store)
        store.wipe()


@pytest.fixture(scope="module", params=["embedded", pytest.param("remote", marks=ON_NEO4J)])
def atlas(request: pytest.FixtureRequest) -> Atlas:
    """The tiny atlas, once on each engine."""
    found: Atlas = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The shipped edition in an embedded store of its own."""
    path = tmp_path_factory.mktemp("shipped") / "atlas.lbug"
    try:
        edition = open_edition()
    except EditionError as exc:
        missing(f"no shipped edition: {exc}")
    with open_store(path) as store:
        load_edition(edition, store)
    with open_atlas(path) as atlas:
        yield atlas
