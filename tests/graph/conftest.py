"""Fixtures of the tests that start servers of their own."""

from __future__ import annotations

import pytest

from clusteratlas.errors import MissingExtra, ServerError
from clusteratlas.server.install import ensure_installed
from tests.conftest import NEO4J_REQUIRED, missing


@pytest.fixture(scope="session")
def server_installed() -> None:
    """The jars of a server and a Java to run them."""
    try:
        ensure_installed()
    except (MissingExtra, ServerError) as exc:
        missing(f"no Neo4j server can be started: {exc}", required=NEO4J_REQUIRED)
