"""Broken copies of the publishers' files: each is refused in one line, or changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.loaders.source.rows import notes_of
from tests.loaders.mutants import Table, mutants, sampled, write_table

QUICK = (
    "county-codes",
    "ct-towns",
    "nem",
    "nih-county",
    "uspto-patents",
)
"""Sources of plain tables that are read in moments, each row of which stands by itself."""


def test_a_mutant_has_one_mistake() -> None:
    table = Table("t.csv", ",", [["a", "b"], ["x", "1"], ["y", "2"]])
    made = dict(mutants(table))
    assert made["row repeated"] == "a,b\nx,1\ny,2\ny,2\n"
    assert made["cell too many"] == "a,b\nx,1\ny,2,x\n"
    assert made["cell too few"] == "a,b\nx,1\ny\n"
    assert made["last row truncated"] == "a,b\nx,1\ny"
    assert made["hexadecimal in b"] == "a,b\nx,1\ny,0x1F\n"
    assert made["nothing in b"] == "a,b\nx,1\ny,\n"
    assert not any(name.endswith(" in a") for name in made)


@pytest.mark.data
@pytest.mark.parametrize("id_", QUICK)
def test_what_is_broken_is_refused_in_one_line(id_: str, data_dir: Path, tmp_path: Path) -> None:
    source = all_sources()[id_]
    path = source.find(data_dir, max(v for v in source.vintages if _is_there(id_, data_dir, v)))
    vintage = max(source.vintages_of(path))
    table = sampled(path)
    assert table is not None
    whole = source.load(write_table(tmp_path, table, table.text()), vintage)
    refused = []
    for what, text in mutants(table):
        copy = write_table(tmp_path, table, text)
        try:
            found = source.load(copy, vintage)
        except SourceError as exc:
            refused.append((what, exc))
        else:
            assert found.equals(whole) or notes_of(found), f"{what} was accepted"
    assert len(refused) > 3
    assert [what for what, exc in refused if not exc.hint or "\n" in exc.message] == []


def _is_there(id_: str, data_dir: Path, vintage: int) -> bool:
    try:
        all_sources()[id_].find(data_dir, vintage)
    except SourceError:
        return False
    return True
