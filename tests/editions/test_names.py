"""Curated names: what their words stand for, and whether that is true in the shipped edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.analysis.clustering.name_parts import unsaid_words
from clusteratlas.editions.definitions import names
from clusteratlas.editions.definitions.names import curated_names
from clusteratlas.errors import InputError

FILES = ("cluster_names.csv", "family_names.csv")


@pytest.mark.parametrize("file", FILES)
def test_a_name_that_declares_its_parts_says_nothing_else(file: str) -> None:
    found = curated_names(file)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        if one.parts:
            assert unsaid_words(one.name, one.parts) == "", one.id
            for codes in one.parts.values():
                assert any(m.startswith(tuple(codes)) for m in one.members), one.id


def test_a_wrong_part_is_named_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "files", lambda _: tmp_path)
    path = tmp_path / "mine.csv"
    head = "id,name,members,parts,sentence\n"
    path.write_text(head + "wine,Wine,312130,Wine=312130,Makers of wine.\n")
    (one,) = curated_names("mine.csv")
    assert (dict(one.parts), one.sentence) == ({"Wine": ("312130",)}, "Makers of wine.")
    path.write_text(head + "wine,Wine,312130,Beer=312120,\n")
    with pytest.raises(InputError, match=r"mine.csv: wine: the name 'Wine' does not say 'Beer'"):
        curated_names("mine.csv")
