"""The tiny atlas in an embedded store, and commands run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.cli.main import main
from clusteratlas.editions.store.edition import Edition
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The rows that it wrote."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def edition(tiny: Edition) -> Edition:
    """The tiny atlas as an edition, for reading."""
    return tiny


@pytest.fixture(scope="session")
def loaded(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store that holds the tiny atlas, for reading."""
    path = tmp_path_factory.mktemp("stores") / "tiny.lbug"
    with open_store(path) as store:
        load_edition(edition, store)
    return path


@pytest.fixture
def run(loaded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line against that store."""
    monkeypatch.setenv("CLUSTERATLAS_STORE", str(loaded))

    def run(*argv: str) -> Ran:
        code = main(argv)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run
