"""Linkages kept between runs, and written for another program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.editions.flow.cache import read_value, write_value
from clusteratlas.editions.targets.linkages import linkages_of, write_linkages
from clusteratlas.errors import InputError, SourceMissing

CODES = ("311111", "311112", "321111")


@pytest.fixture
def linkages() -> Linkages:
    matrix = np.array([[1.0, 0.2, np.nan], [0.2, 1.0, -0.5], [np.nan, -0.5, 1.0]])
    names = ("lc_emp", "lc_est", "coi", "io", "occ")
    return combine_linkages(CODES, dict.fromkeys(names, matrix), ["X", "", "Y"], ["p", "p", ""])


def test_kept_linkages_are_those_that_were_computed(linkages: Linkages, tmp_path: Path) -> None:
    write_value(linkages, tmp_path)
    again = read_value(tmp_path)
    assert again.codes == linkages.codes
    assert again.sector_of == linkages.sector_of
    assert again.profile_of == linkages.profile_of
    assert list(again.matrices) == list(linkages.matrices)
    for name, matrix in linkages.matrices.items():
        np.testing.assert_array_equal(again.matrices[name], matrix)


def test_the_file_of_linkages(linkages: Linkages, tmp_path: Path) -> None:
    rows = write_linkages(linkages, tmp_path / "one.npz")
    write_linkages(linkages, tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as kept:
        assert set(kept.files) == {"codes", *linkages.matrices}
        assert kept["codes"].tolist() == list(CODES)
        np.testing.assert_array_equal(kept["io"], linkages.matrices["io"])
    io = next(row for row in rows if row["array"] == "io")
    # Pairs 1-2 and 2-3 are known of three: .2 and -.5.
    assert io["known"] == pytest.approx(2 / 3)
    assert io["mean"] == pytest.approx(-0.15)
    assert io["sd"] == pytest.approx(0.35)


def test_a_linkage_that_knows_nothing_has_no_mean(linkages: Linkages, tmp_path: Path) -> None:
    matrices = {**linkages.matrices, "coi": np.full((3, 3), np.nan)}
    empty = Linkages(CODES, matrices, linkages.sector_of, linkages.profile_of)
    rows = write_linkages(empty, tmp_path / "x.npz")
    row = next(row for row in rows if row["array"] == "coi")
    assert (row["known"], row["mean"], row["sd"]) == (0.0, None, None)


def test_where_linkages_cannot_be_written(linkages: Linkages, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not a \.npz file"):
        write_linkages(linkages, tmp_path / "linkages.csv")
    with pytest.raises(InputError, match="cannot be written"):
        write_linkages(linkages, tmp_path / "no folder" / "linkages.npz")
    assert not list(tmp_path.iterdir())


def test_without_the_files_there_are_no_linkages(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        linkages_of(tmp_path)
