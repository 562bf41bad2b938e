"""Of which vintage the codes of a file are: what sources declare, and how it is looked up."""

from __future__ import annotations

import pytest

from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.loaders.source.vintages import itself, none, since

SOURCES = all_sources()


def test_the_last_start_that_is_not_after_the_year() -> None:
    naics = since({2012: 2012, 2017: 2017, 2030: None})
    assert [naics(y) for y in (2011, 2012, 2016, 2017, 2029, 2030)] == [
        *(None, 2012, 2012, 2017, 2017, None)
    ]
    assert since({})(2020) is None
    assert itself(2020) == 2020


@pytest.mark.parametrize(
    ("id_", "declared"),
    [
        ("qcew", {2010: 2007, 2011: 2012, 2016: 2012, 2017: 2017, 2021: 2017, 2022: 2022}),
        ("cbp-county", {1998: 1997, 2003: 2002, 2008: 2007, 2016: 2012, 2017: 2017, 2023: 2017}),
        ("oews-6digit", {2010: 2007, 2012: 2012, 2018: 2017, 2022: 2022, 2025: 2022}),
        ("oews-national", {2018: None}),
        ("nem", {2018: 2017}),
        ("bea-crosswalk", {2012: 2017, 2017: 2017}),
        ("naics-codes", {2007: 2007, 2022: 2022}),
        ("population", {2019: None}),
    ],
)
def test_classifications_of_industries(id_: str, declared: dict[int, int | None]) -> None:
    assert {year: SOURCES[id_].naics(year) for year in declared} == declared


@pytest.mark.parametrize(
    ("id_", "first"),
    [
        ("qcew", 2024),
        ("cbp-county", 2022),
        ("population", 2022),
        ("income", 2024),
        ("cbsa-delineation", 2023),
    ],
)
def test_planning_regions_of_connecticut(id_: str, first: int) -> None:
    assert SOURCES[id_].counties(first - 1) == 2018
    assert SOURCES[id_].counties(first) == 2022


def test_other_lists_of_counties_have_those_of_old() -> None:
    ids = {"economic-areas": 2004, "boundaries": 2010, "centroids": 2010, "county-codes": 2018}
    assert [SOURCES[id_].counties(year) for id_, year in ids.items()] == [2018] * 4
    assert SOURCES["zip-counties"].counties(2023) == 2018
    assert SOURCES["zip-counties"].counties(2024) is None
    assert SOURCES["cbp-state"].counties(2023) is None


def test_delineations() -> None:
    assert [SOURCES["qcew"].delineation(y) for y in (2012, 2016, 2024)] == [None, 2013, 2023]
    assert [SOURCES["cbp-msa"].delineation(y) for y in (2016, 2019, 2023)] == [2013, 2017, None]
    assert SOURCES["cbsa-delineation"].delineation(2020) == 2020
    assert SOURCES["cbp-county"].delineation(2019) is None


@pytest.mark.parametrize("id_", [i for i, s in SOURCES.items() if s.naics is not none])
def test_the_column_of_codes_is_one_of_the_source(id_: str) -> None:
    assert SOURCES[id_].naics_column in [c.name for c in SOURCES[id_].columns]
