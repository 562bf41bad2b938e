"""Editions beside the tiny one: a later one of the same key, and one of another."""

from __future__ import annotations

import pytest

from clusteratlas.editions.store.edition import Edition, write_edition
from tests.graph.held import LOST, renamed, without_region
from tests.tiny import tiny_tables


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas one region poorer, with another population of the nation."""
    tables = without_region(tiny_tables(), LOST)
    tables["regions"].loc[tables["regions"]["key"] == "us", "population"] = 9
    return write_edition(tmp_path_factory.mktemp("changed") / "changed", "tiny", tables, {})


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A second edition that shares industries, regions and files with the tiny atlas."""
    tables = renamed(tiny_tables(), "other")
    return write_edition(tmp_path_factory.mktemp("other") / "other", "other", tables, {})
