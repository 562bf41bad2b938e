"""Fixtures that every test may use: public files, the tiny atlas, a real Neo4j server, stores."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.editions.store.verify import verify
from clusteratlas.errors import EditionError, MissingExtra, ServerError
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.registry import Access, Engine, known_engines
from clusteratlas.graph.store import MEMORY
from clusteratlas.server.install import ensure_installed
from clusteratlas.server.local import LocalServer
from tests.tiny import tiny_edition

ROOT = Path(__file__).resolve().parent.parent
# How long an example takes says more about what else the machine is doing than about the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

QUICK_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A server that lives for seconds had better not optimize itself."""
NEO4J_REQUIRED = "NEO4J_REQUIRED"
"""Variable that makes a missing server an error, as `make test` does."""
ON_NEO4J = (pytest.mark.neo4j, pytest.mark.xdist_group("neo4j"))


DEAR = ("kept_steps", "shipped_store", "qcew", "built")
"""Fixtures that cost seconds, and would cost them on each worker.

Steps of a build on the public files, a store with the shipped edition, the largest of the files,
an edition with organizations.
"""
COLD_BUILD = "rebuilt"
"""Fixture that builds the shipped edition with nothing kept."""


@dataclass(frozen=True)
class Neo4jServer:
    """A real server whose database the tests may wipe."""

    url: str
    user: str
    password: str
    home: Path | None = None
    """Its folder, if it is one of our own."""


def missing(what: str, *, required: str = "CI") -> None:
    """Skip on a developer's machine, fail where nothing may be missing (CI=true).

    Parameters
    ----------
    what
        What is missing.
    required
        Another variable that makes it fail, if it is set.
    """
    if os.environ.get("CI") == "true" or os.environ.get(required, "") not in {"", "0", "false"}:
        pytest.fail(what)
    pytest.skip(what)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run all tests that share something dear.

    That is the real server, or one of the fixtures in DEAR. The cold build comes before all that
    can do with the steps that it keeps.
    """
    items.sort(key=lambda item: COLD_BUILD not in getattr(item, "fixturenames", ()))
    for item in items:
        used = getattr(item, "fixturenames", ())
        if "kept_steps" in used:
            # The first of them completes all states: minutes, and many on a busy machine.
            item.add_marker(pytest.mark.timeout(2400))
        if "neo4j_server" in used:
            for mark in ON_NEO4J:
                item.add_marker(mark)
            continue
        for shared in DEAR:
            if shared in used:
                item.add_marker(pytest.mark.xdist_group(shared))
                break


@dataclass(frozen=True)
class Grouped:
    """What pytest-xdist is told of a test: its name, and behind an @ its group."""

    nodeid: str


@pytest.hookimpl(wrapper=True)
def pytest_collection_finish(session: pytest.Session) -> Iterator[None]:
    """Tell pytest-xdist the groups, which it loses by itself.

    It writes them into a field of the tests that pytest 9.2 no longer reads, and then spreads the
    tests of a group over all workers without a word (pytest-xdist 3.8).
    """
    items = session.items
    if getattr(session.config.option, "loadgroup", False):
        told: list[Any] = [Grouped(_with_group(item)) for item in items]
        session.items = told
    try:
        yield
    finally:
        session.items = items


def _with_group(item: pytest.Item) -> str:
    names = {str(mark.args[0]) for mark in item.iter_markers("xdist_group")}
    if not names or item.nodeid.endswith(suffix := f"@{'_'.join(sorted(names))}"):
        return item.nodeid
    return item.nodeid + suffix


def on_one_worker(what: str, folders: pytest.TempPathFactory) -> None:
    """Fail where a second worker makes what the tests of a group are to share."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        try:
            (folders.getbasetemp().parent / f"{what}.made").touch(exist_ok=False)
        except FileExistsError:
            pytest.fail(f"two workers make {what}: pytest-xdist has lost the groups")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Folder of the publishers' files: CLUSTERATLAS_DATA, or ``../shared/data``."""
    folder = Path(os.environ.get("CLUSTERATLAS_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        missing(f"the public files are not in {folder}; CLUSTERATLAS_DATA names another folder")
    return folder


@pytest.fixture(scope="session")
def kept_steps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cache folder of a user without one, ``clusteratlas/build`` in it holding kept steps.

    One worker runs all tests that read the public files with it, so none reads them twice.
    """
    on_one_worker("kept_steps", tmp_path_factory)
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """The hand-made tiny atlas, for reading: all tests share it."""
    edition = tiny_edition(tmp_path_factory.mktemp("shared") / "tiny")
    yield edition
    assert verify(open_edition(edition.path)) == [], "a test changed the shared tiny edition"


@pytest.fixture
def tiny_copy(tiny: Edition, tmp_path: Path) -> Edition:
    """A copy of the tiny atlas, for the test to change."""
    return open_edition(Path(shutil.copytree(tiny.path, tmp_path / "tiny")))


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store that holds the shipped edition, for reading: one worker loads it."""
    on_one_worker("shipped_store", tmp_path_factory)
    path = tmp_path_factory.mktemp("shipped") / "atlas.lbug"
    try:
        edition = open_edition()
    except EditionError as exc:
        missing(f"no shipped edition: {exc}")
    with open_store(path) as store:
        load_edition(edition, store)
    return path


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A real Neo4j server: that of NEO4J_URL if its database is empty, else one of our own."""
    on_one_worker("neo4j_server", tmp_path_factory)
    url = os.environ.get("NEO4J_URL")
    if url:
        given = Neo4jServer(
            url, os.environ.get("NEO4J_USER") or "neo4j", os.environ.get("NEO4J_PASSWORD") or ""
        )
        refuse_to_wipe_data(given)
        yield given
        with open_store(given.url, user=given.user, password=given.password) as store:
            store.wipe()
        return
    local = LocalServer(
        tmp_path_factory.mktemp("neo4j"), bolt_port=0, http_port=0, java_options=QUICK_JAVA
    )
    try:
        local.__enter__()
    except (MissingExtra, ServerError) as exc:
        missing(f"no Neo4j server: {exc}", required=NEO4J_REQUIRED)
    try:
        running = local.status()
        assert running.url is not None
        yield Neo4jServer(running.url, running.user, local.password(), running.home)
    finally:
        local.__exit__()


@pytest.fixture(scope="session")
def server_installed() -> None:
    """The jars of a server and a Java to run them."""
    try:
        ensure_installed()
    except (MissingExtra, ServerError) as exc:
        missing(f"no Neo4j server can be started: {exc}", required=NEO4J_REQUIRED)


def refuse_to_wipe_data(server: Neo4jServer) -> None:
    """Fail if the database that the tests are given holds anything."""
    with open_store(server.url, user=server.user, password=server.password) as store:
        if store.read("MATCH (n) RETURN n LIMIT 1", name="is it empty").rows:
            pytest.fail(f"{server.url} holds data, and the tests wipe what they are given")


def in_memory(engine: Engine) -> bool:
    """Say whether the engine needs nothing but this process; another has a fixture NAME_server."""
    return engine.address.fullmatch(MEMORY) is not None


@pytest.fixture(
    params=[
        pytest.param(engine, id=engine.name, marks=() if in_memory(engine) else ON_NEO4J)
        for engine in known_engines()
    ]
)
def store(request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    """An empty store without a schema, once on each engine."""
    engine: Engine = request.param
    if in_memory(engine):
        with engine.open(Access(MEMORY)) as embedded:
            yield embedded
        return
    server: Neo4jServer = request.getfixturevalue(f"{engine.name}_server")
    with engine.open(Access(server.url, user=server.user, password=server.password)) as remote:
        remote.wipe()
        yield remote
        remote.wipe()
