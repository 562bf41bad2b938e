"""The tiny atlas in a store of each engine, for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.graph import GraphStore, lint_store, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.store import StoreInfo
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.conftest import ON_NEO4J, Neo4jServer
from tests.tiny import tiny_tables, with_other
from tests.tiny.wide import wide_tables
from tests.tiny.years import with_years

CHANGED = "a test changed the atlas that all tests share"


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas in three years with two sets of definitions.

    Makers of drugs also buy ships and boats for 4 million USD.
    """
    tables = with_other(with_years(tiny_tables()))
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


@pytest.fixture(scope="session")
def loaded_store(asked: Edition) -> Iterator[GraphStore]:
    """An embedded store that holds the tiny atlas: all modules share it."""
    with open_store(":memory:") as store:
        load_edition(asked, store)
        loaded = store.info()
        yield store
        assert store.info() == loaded, CHANGED


@pytest.fixture(scope="module")
def embedded(loaded_store: GraphStore) -> Atlas:
    """The tiny atlas on the embedded engine."""
    return open_atlas(loaded_store)


@dataclass
class Kept:
    """What a store held when the tiny atlas was loaded into it; None before that."""

    info: StoreInfo | None = None


@pytest.fixture(scope="session")
def kept() -> Kept:
    """What the real server held after the last load."""
    return Kept()


@pytest.fixture(scope="module")
def remote(asked: Edition, neo4j_server: Neo4jServer, kept: Kept) -> Iterator[Atlas]:
    """The tiny atlas on a real Neo4j server, loaded again if other tests have used it since."""
    server = neo4j_server
    with open_store(server.url, user=server.user, password=server.password) as store:
        if kept.info is None or store.info() != kept.info:
            store.wipe()
            load_edition(asked, store)
            kept.info = store.info()
        yield open_atlas(store)
        assert store.info() == kept.info, CHANGED


@pytest.fixture(scope="module", params=["embedded", pytest.param("remote", marks=ON_NEO4J)])
def atlas(request: pytest.FixtureRequest) -> Atlas:
    """The tiny atlas, once on each engine."""
    found: Atlas = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def four_areas(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Four areas and five clusters, for what two regions and two clusters cannot show."""
    folder = tmp_path_factory.mktemp("edition") / "wide"
    return write_edition(folder, "tiny", wide_tables(), {"parameters": {}, "seeds": {}})


@pytest.fixture(scope="module", params=["embedded", pytest.param("remote", marks=ON_NEO4J)])
def wide(request: pytest.FixtureRequest, four_areas: Edition) -> Iterator[Atlas]:
    """That edition on each engine; a module that asks it leaves the remote tiny atlas alone."""
    if request.param == "embedded":
        with open_store(":memory:") as store:
            load_edition(four_areas, store)
            yield open_atlas(store)
        return
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    with open_store(server.url, user=server.user, password=server.password) as store:
        store.wipe()
        load_edition(four_areas, store)
        yield open_atlas(store)


@pytest.fixture(scope="session")
def shipped(shipped_store: Path) -> Iterator[Atlas]:
    """The shipped edition in an embedded store of its own."""
    with open_atlas(shipped_store) as atlas:
        yield atlas


@contextmanager
def on_engine(engine: str, edition: Edition, request: pytest.FixtureRequest) -> Iterator[Atlas]:
    """Open an edition of a test's own on one engine; the server is wiped before and after."""
    if engine == "embedded":
        with open_store(":memory:") as store:
            load_edition(edition, store)
            yield open_atlas(store)
        return
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    with open_store(server.url, user=server.user, password=server.password) as store:
        store.wipe()
        load_edition(edition, store)
        yield open_atlas(store)
        store.wipe()
