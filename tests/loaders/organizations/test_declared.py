"""What registers and schemes of identifiers declare of themselves."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest

import clusteratlas
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import (
    LINK,
    RECORD,
    Records,
    Register,
    all_registers,
    all_schemes,
    naming_rank,
    shaped,
)


def nothing(_tables: dict[str, pd.DataFrame]) -> Records:
    return Records(shaped(pd.DataFrame(), RECORD), shaped(pd.DataFrame(), LINK))


def declared(key: str, scheme: str, naming: int | None = None) -> Register:
    return Register(
        key=key,
        title=key,
        holds="nothing",
        lacks="everything",
        size_unit=None,
        sources=(),
        scheme=IdScheme(scheme),
        naming=naming,
        gather=nothing,
    )


def test_the_users_own_list_names_first_and_undeclared_ones_last() -> None:
    keys = pd.Series(["agency", "h1b", "user", "anatomies", "sec", "ipeds"])
    ranks = naming_rank(keys)
    assert list(keys[ranks.sort_values(kind="stable").index]) == [
        "user",
        "ipeds",
        "sec",
        "h1b",
        "agency",
        "anatomies",
    ]
    assert ranks[0] == ranks[3] == len([r for r in all_registers().values() if r.naming])


def test_nothing_is_declared_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IdScheme, "registry", dict(all_schemes()))
    monkeypatch.setattr(Register, "registry", dict(all_registers()))
    with pytest.raises(ValueError, match="scheme 'cik' is declared twice"):
        declared("mine", "cik")
    with pytest.raises(ValueError, match="register 'sec' is declared twice"):
        declared("sec", "mine")
    with pytest.raises(ValueError, match="'sec' and 'mine' name in one place"):
        declared("mine", "mine-too", all_registers()["sec"].naming)


def test_identities_prove_by_themselves() -> None:
    single = {key for key, scheme in all_schemes().items() if scheme.single}
    assert single == {"cik", "lei", "ror", "unitid"}
    assert all(all_schemes()[key].proves == "alone" for key in single)
    assert all_schemes()["ein"].proves == "with names"
    assert all_schemes()["duns"].proves == "none"


def test_nothing_beside_the_loaders_names_a_register() -> None:
    """A register that is added, renamed or taken away touches no other layer."""
    # These are words of other vocabularies too: a basis of evidence, and a kind of organization.
    keys = set(all_registers()) - {"user", "hospital"}
    found = [
        f"{path.name}:{node.lineno}: {node.value}"
        for layer in ("cli", "editions", "graph", "queries", "report")
        for path in sorted((Path(clusteratlas.__file__).parent / layer).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in keys
    ]
    assert found == []
