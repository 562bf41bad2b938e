"""Of which vintage the codes of a file are: what sources declare, and how it is looked up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clusteratlas.errors import InputError, SourceError
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.loaders.source.fetch import fetch
from clusteratlas.loaders.source.rows import notes_of
from clusteratlas.loaders.source.vintages import another_list, itself, none, since, spans

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


QCEW_HEAD = (
    "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,"
    "annual_avg_estabs,annual_avg_emplvl,total_annual_wages"
)


def qcew(folder: Path, year: int, *areas: str, head: str = QCEW_HEAD) -> Path:
    path = folder / f"{year}.annual.singlefile.csv"
    rows = [f"{area},5,10,51,0,{year},A,,9,{n + 7},80" for n, area in enumerate(areas)]
    path.write_text("\n".join([head, *rows, ""]))
    return path


def test_a_year_after_the_known_ones_is_read_with_the_newest_layout(tmp_path: Path) -> None:
    frame = SOURCES["qcew"].load(qcew(tmp_path, 2025, "25000"))
    assert frame["jobs"].tolist() == [7]
    assert notes_of(frame) == [
        "2025 is later than this version knows; read with the layout of 2024; its codes are taken "
        "as those of NAICS 2022, the counties of 2022, the delineation of 2023"
    ]
    assert notes_of(SOURCES["qcew"].load(qcew(tmp_path, 2024, "25000"))) == []
    renamed = QCEW_HEAD.replace("emplvl", "employment")
    with pytest.raises(SourceError, match=r"missing columns \['annual_avg_emplvl'\]"):
        SOURCES["qcew"].load(qcew(tmp_path, 2025, "25000", head=renamed))


@pytest.mark.parametrize("year", [1000, 1989, 9999, date.today().year + 2])
def test_a_year_that_makes_no_sense_is_refused(tmp_path: Path, year: int) -> None:
    says = "is before 1990, the first known vintage" if year < 2000 else f"no vintage {year} yet"
    with pytest.raises(SourceError, match=says) as caught:
        SOURCES["qcew"].load(qcew(tmp_path, year, "25000"))
    assert caught.value.hint == "known vintages: 1990-"
    with pytest.raises(InputError, match=says):
        fetch(SOURCES["qcew"], year, tmp_path)


def test_population_and_income_name_their_columns_by_years() -> None:
    for id_, column in (("population", "POPESTIMATE2025"), ("income", "2025")):
        layout = SOURCES[id_].layout(2025)
        assert layout is not None
        assert column in layout.columns
    naics = SOURCES["naics-codes"].layout(2027)
    assert naics is not None
    assert "2027 NAICS US Code" in naics.columns
    address = SOURCES["population"].address(2025)
    assert address is not None
    assert address.endswith("/2020-2025/counties/totals/co-est2025-alldata.csv")


@pytest.mark.parametrize(
    ("id_", "year"),
    [("qcew", 2026), ("cbp-state", 2024), ("cbp-msa", 2025), ("oews-6digit", 2025)]
    + [("bea-use", 2022), ("bea-make", 2022), ("zip-counties", 2025), ("cbsa-delineation", 2026)],
)
def test_where_the_publisher_goes_on(id_: str, year: int) -> None:
    source = SOURCES[id_]
    assert source.refusal(year) is None
    assert spans(source.vintages, goes_on=source.goes_on).endswith("-")


@pytest.mark.parametrize(("id_", "year"), [("economic-areas", 2020), ("bea-use", 2010)])
def test_where_a_year_is_not_known(id_: str, year: int) -> None:
    assert SOURCES[id_].refusal(year) == f"{id_}: vintage {year} is not known"


def test_counties_of_another_list_are_refused(tmp_path: Path) -> None:
    load = SOURCES["qcew"].load
    assert load(qcew(tmp_path, 2024, "09110", "25017"))["area"].tolist() == ["09110", "25017"]
    assert load(qcew(tmp_path, 2023, "09001", "25017"))["area"].tolist() == ["09001", "25017"]
    with pytest.raises(SourceError, match="has county 09110, which is not in the list of 2018"):
        load(qcew(tmp_path, 2023, "09110", "25017"))
    with pytest.raises(SourceError, match="has county 09001, which is not in the list of 2022"):
        load(qcew(tmp_path, 2024, "09001", "25017"))
    assert another_list({"09001", "09110"}, 2022) is None
    assert another_list(set(), 2018) is None
