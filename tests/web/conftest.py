"""The explorer of the tiny atlas, on each engine, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.web.app import create_app
from tests.queries.conftest import asked, atlas, embedded, kept, loaded_store, remote

__all__ = ["asked", "atlas", "embedded", "kept", "loaded_store", "remote"]

HERE = "http://127.0.0.1"


@pytest.fixture
def client(embedded: Atlas) -> Iterator[TestClient]:
    with TestClient(create_app(embedded), base_url=HERE) as client:
        yield client


@pytest.fixture
def either(atlas: Atlas) -> Iterator[TestClient]:
    with TestClient(create_app(atlas), base_url=HERE) as client:
        yield client
