"""Notebooks run from top to bottom, and every cell that asks something shows an answer."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.test_docs import ROOT, name

BOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", BOOKS, ids=name)
def test_a_notebook_runs(
    path: Path, shipped_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERATLAS_STORE", str(shipped_store))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    cells = [c for c in book.cells if c.cell_type == "code"]
    assert all(not c.outputs and c.execution_count is None for c in cells), "clear its outputs"
    NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    shown = [c for c in cells if "atlas.ask(" in c.source]
    assert len(shown) >= 3
    for cell in shown:
        kinds = {kind for output in cell.outputs for kind in output.get("data", {})}
        assert kinds & {"text/html", "image/svg+xml", "text/plain"}, cell.source


def test_every_role_has_a_notebook() -> None:
    assert {p.stem for p in BOOKS} == {
        "company",
        "economic_developer",
        "policy_analyst",
        "researcher",
    }
