"""Fixtures that every test may use: public files, the tiny atlas, a real Neo4j server, stores."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clusteratlas.editions.edition import Edition
from tests.tiny import tiny_edition

ROOT = Path(__file__).resolve().parent.parent


def missing(what: str) -> None:
    """Skip on a developer's machine, fail where nothing may be missing (CI=true)."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Folder of the publishers' files: CLUSTERATLAS_DATA, or ``../shared/data``."""
    folder = Path(os.environ.get("CLUSTERATLAS_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        missing(f"the public files are not in {folder}; CLUSTERATLAS_DATA names another folder")
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Edition:
    """The hand-made tiny atlas, as an edition of its own."""
    return tiny_edition(tmp_path / "tiny")
