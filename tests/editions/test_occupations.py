"""Occupation profiles of an edition: from one file of a later NAICS, or from older files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.linkages.occupations import OccupationProfiles
from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.linkages.matrices import profiles
from clusteratlas.editions.tables.economy import occupation_keys, occupations
from clusteratlas.errors import InputError
from clusteratlas.loaders.labor.oews_industries import NOT_SURVEYED
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.loaders.source.provenance import provenance
from clusteratlas.vocabulary.tables import TABLES
from tests.editions.inputs import Stub, concordance

NAICS = Stub("naics-codes", 2017, pd.DataFrame({"naics": ["325411"]}))
CODES = ["114111", "325199", "325411", "446110", "611110"]
BECAME = {code: code for code in CODES} | {"446110": "456110"}
CELLS = [
    ("total", "All", "00-0000", 1000),
    ("total", "All", "19-1021", 90),
    ("total", "All", "25-2021", 500),
    ("total", "Private", "19-1021", 80),
    ("11", "All", "45-4011", 5),
    ("3250A1", "All", "19-1021", 10),
    ("3254", "All", "19-1020", 30),
    ("3254", "All", "19-1021", 20),
    ("3254", "All", "19-1022", None),
    ("4561", "All", "29-1051", 7),
    ("6111", "All", "25-2021", 60),
    ("6111", "Private", "25-2021", 3),
    ("6111", "Private", "25-9045", 1),
    ("999101", "All", "19-1021", 4),
]
LEVEL = {"00-0000": "total", "19-1020": "broad"}


def survey() -> Stub:
    frame = pd.DataFrame(CELLS, columns=["naics", "ownership", "soc", "jobs"])
    covers = frame["naics"].replace({"3250A1": "3251 3252"})
    group = frame["soc"].map(LEVEL).fillna("detailed")
    frame = frame.assign(covers=covers, group=group, title="T " + frame["soc"])
    return Stub("oews-industries", 2025, frame.astype({"jobs": "Int64"}))


def later() -> OccupationProfiles:
    bridge = concordance(2022, 2017, BECAME)
    return profiles(survey(), bridge, None, None, None, CODES, NAICS)


def test_a_file_of_the_later_naics() -> None:
    found = later()
    assert found.profile_of == ("", "3250A1", "3254", "4561", "6111")
    at = {soc: o for o, soc in enumerate(found.occupations)}
    # Of 30 in the broad group the unreleased occupation has the other 10.
    assert found.shares[2, [at["19-1021"], at["19-1022"]]] == pytest.approx([2 / 3, 1 / 3])
    # Private schools alone.
    assert found.shares[4, [at["25-2021"], at["25-9045"]]] == pytest.approx([3 / 4, 1 / 4])
    assert np.isnan(found.shares[0]).all()


def test_a_later_file_needs_its_concordance() -> None:
    with pytest.raises(InputError, match="oews-industries-2025 has codes of NAICS 2022"):
        profiles(survey(), None, None, None, None, CODES, NAICS)


def test_titles_and_jobs_of_the_nation() -> None:
    found = later()
    keys = occupation_keys(found, survey())
    table = occupations(found, keys, survey()).set_index("key")
    assert table["title"]["soc2018:19-1021"] == "T 19-1021"
    jobs = table["jobs"].fillna(-1).to_dict()
    assert (jobs["soc2018:19-1021"], jobs["soc2018:19-1022"]) == (90, -1)
    assert set(table.reset_index()) == {c.name for c in TABLES["occupations"].columns}


def test_a_file_without_titles_serves_no_edition() -> None:
    rows = [("325", "19-1021", 4.0), ("44-45", "29-1051", 6.0)]
    matrix = Stub("nem", 2018, pd.DataFrame(rows, columns=["naics", "soc", "jobs"]))
    found = profiles(matrix, None, None, None, None, CODES, NAICS)
    assert found.profile_of == ("", "325", "325", "44-45", "")
    with pytest.raises(InputError, match="nem-2018 has no titles of occupations"):
        occupations(found, occupation_keys(found, matrix), matrix)


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Callable[[str, int], DataFile]:
    def found(source: str, vintage: int) -> DataFile:
        one = all_sources()[source]
        path = one.find(data_dir, vintage)
        return DataFile(one, path, provenance(one, path, vintage), Cache(None))

    return found


@pytest.mark.data
def test_profiles_of_the_real_industries(file: Callable[[str, int], DataFile]) -> None:
    naics = file("naics-codes", 2017)
    codes = naics.table.loc[naics.table["level"] == 6, "naics"].astype(str)
    private = sorted(codes[~codes.str.startswith((*NOT_SURVEYED, "92"))])
    of_2025 = (file("oews-industries", 2025), file("naics-concordance", 2022))
    found = profiles(*of_2025, None, None, None, private, naics)
    assert "" not in found.profile_of
    assert len(set(found.profile_of)) == 300
    assert len(found.occupations) == 824
    profile = dict(zip(found.codes, found.profile_of, strict=True))
    assert profile["325199"] == "3250A1"
    assert profile["446110"] == "45611"
    # Divided in NAICS 2022 over groups that are surveyed apart.
    divided = [code for code in private if profile[code] in {"44-45", "51", "516"}]
    assert divided == ["453998", "454110", "454390", "515120", "519130"]
    shares = pd.Series(found.shares[found.codes.index("622110")], index=list(found.occupations))
    assert shares.idxmax() == "29-1141"  # registered nurses

    old = (file("oews-groups", 2018), file("oews-6digit", 2018), file("oews-sector", 2018))
    before = profiles(*of_2025, *old, private, naics)
    assert len(set(before.profile_of)) < 260
