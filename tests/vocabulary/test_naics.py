"""NAICS codes, taken apart."""

from __future__ import annotations

from clusteratlas.vocabulary.naics import naics_level, naics_parent


def test_the_tree_is_read_off_the_codes() -> None:
    chain = ["325414", "32541", "3254", "325", "31-33", "total"]
    assert [naics_parent(code) for code in chain] == [*chain[1:], None]
    assert naics_parent("481") == "48-49"
    assert naics_parent("541") == "54"
    assert [naics_level(code) for code in chain] == [6, 5, 4, 3, 2, 0]
