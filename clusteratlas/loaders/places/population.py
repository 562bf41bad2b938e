"""Census population estimates and BEA personal income, by county and state."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.places.counties import BEA_COMBINED
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import (
    codes,
    frame_of_rows,
    integers,
    read_csv_text,
    read_rows,
    reals,
)
from clusteratlas.loaders.source.vintages import OLD_COUNTIES, PLANNING_REGIONS, since
from clusteratlas.loaders.source.words import known_words

_LEVELS = {"40": "state", "040": "state", "50": "county", "050": "county"}
_PLACE = frozenset({"SUMLEV", "STATE", "COUNTY", "STNAME", "CTYNAME"})
_YEARLY = (
    "NPOPCHG_",
    "NPOPCHG",
    "BIRTHS",
    "DEATHS",
    "NATURALINC",
    "NATURALCHG",
    "INTERNATIONALMIG",
    "DOMESTICMIG",
    "NETMIG",
    "RESIDUAL",
    "GQESTIMATES",
    "RBIRTH",
    "RDEATH",
    "RNATURALINC",
    "RNATURALCHG",
    "RINTERNATIONALMIG",
    "RDOMESTICMIG",
    "RNETMIG",
)
"""Components of change, one column a year: known and not wanted."""
_VINTAGES = frozenset({*range(2011, 2020), *range(2021, 2025)})


def _years(vintage: int) -> range:
    """Years of a vintage: from the last census on."""
    return range(vintage - vintage % 10, vintage + 1)


def _layout(vintage: int) -> Layout:
    years = _years(vintage)
    census = years[0]
    return Layout(
        vintages=frozenset({vintage}),
        columns=_PLACE | {f"POPESTIMATE{year}" for year in years},
        ignored=frozenset(
            {
                "REGION",
                "DIVISION",
                f"CENSUS{census}POP",
                f"ESTIMATESBASE{census}",
                f"GQESTIMATESBASE{census}",
                *(f"{stem}{year}" for stem in _YEARLY for year in years),
            }
        ),
    )


def _read_population(path: Path, vintage: int) -> pd.DataFrame:
    return read_csv_text(path, encoding=("utf-8", "latin-1"), keep=_layout(vintage).columns)


def _tidy_population(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    unknown = sorted(set(raw["SUMLEV"]) - set(_LEVELS))
    if unknown:
        raise SourceError(
            f"population estimates: unknown summary level {unknown[0]!r}",
            hint="040 is a state, 050 a county; compare with the publisher's file",
        )
    level = raw["SUMLEV"].map(_LEVELS)
    state = codes(raw["STATE"], 2)
    wide = pd.DataFrame(
        {
            "fips": state.where(level == "state", state + codes(raw["COUNTY"], 3)),
            "name": raw["CTYNAME"],
            **{
                str(year): integers(raw[f"POPESTIMATE{year}"], filled=True)
                for year in _years(vintage)
            },
        }
    )
    long = wide.melt(["fips", "name"], var_name="year", value_name="population")
    return long.astype({"year": "int64"})[["fips", "name", "year", "population"]]


POPULATION = Source(
    id="population",
    title="Annual resident population estimates of counties and states",
    publisher="U.S. Census Bureau, Population Division",
    licence="US public domain",
    homepage="https://www.census.gov/programs-surveys/popest.html",
    url="https://www2.census.gov/programs-surveys/popest/datasets/"
    "{decade}-{year}/counties/totals/co-est{year}-alldata.csv",
    pattern=r"co-est(?P<year>\d{4})-alldata\.csv(?:\.gz)?",
    example="co-est2019-alldata.csv.gz",
    vintages=_VINTAGES,
    goes_on=True,
    layouts=tuple(_layout(vintage) for vintage in sorted(_VINTAGES)),
    later=_layout,
    columns=(
        SourceColumn("fips", "string", "two digits for a state, five for a county"),
        SourceColumn("name", "string", "name in full, with 'County'"),
        SourceColumn("year", "Int64", "July 1 of this year", "year"),
        SourceColumn("population", "Int64", "resident population", "persons"),
    ),
    key=("fips", "year"),
    read=_read_population,
    tidy=_tidy_population,
    counties=since({2011: OLD_COUNTIES, 2022: PLANNING_REGIONS}),
    note="Estimates from the last census on; the vintage is the last year. Puerto Rico is not in.",
)

_LINES = {"1": "income", "2": "population", "3": "per_capita"}
_BEA_PLACE = frozenset({"GeoFIPS", "LineCode"})
_BEA_VINTAGES = frozenset(range(2010, 2025))
_BEA_MISSING = ("(NA)", "(D)", "(L)", "(NM)")


def _income_layout(vintage: int) -> Layout:
    return Layout(
        vintages=frozenset({vintage}),
        columns=_BEA_PLACE | {str(y) for y in range(1969, vintage + 1)},
        ignored=frozenset(
            {"GeoName", "Region", "TableName", "IndustryClassification", "Description", "Unit"}
        ),
    )


def _read_income(path: Path, _vintage: int) -> pd.DataFrame:
    frame = frame_of_rows(read_rows(path, encoding=("utf-8", "latin-1")))
    if "GeoFIPS" not in frame:
        raise SourceError(
            f"{path.name}: the first column is not 'GeoFIPS'",
            hint="it should be the ALL_AREAS file out of the publisher's CAINC1.zip",
        )
    return frame


def _tidy_income(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    fips = raw["GeoFIPS"].str.replace('"', "", regex=False).str.strip()
    known_words(raw["LineCode"], _LINES, "line of CAINC1")
    lines = raw["LineCode"].map(_LINES)
    # Regions of several states have codes from 91000 on, the nation 00000; both are sums.
    wanted = (fips.str.slice(0, 2) > "00") & (fips.str.slice(0, 2) < "90") & lines.notna()
    years = [str(year) for year in range(1969, vintage + 1)]
    figures = raw[years].apply(reals, missing=_BEA_MISSING)
    wide = figures.assign(
        fips=fips.where(~fips.str.endswith("000"), fips.str.slice(0, 2)), line=lines
    )[wanted]
    long = wide.melt(["fips", "line"], var_name="year")
    long = long.dropna(subset="value")
    repeated = long[long.duplicated(["fips", "line", "year"])]
    if len(repeated):
        raise SourceError(
            f"personal income: {repeated['fips'].iloc[0]} is twice on one line",
            hint="was the file joined with another one?",
        )
    tidy = long.pivot(index=["fips", "year"], columns="line", values="value").reset_index()
    tidy.columns.name = None
    tidy = tidy.reindex(columns=["fips", "year", *_LINES.values()])
    return tidy.astype({"year": "int64"})


INCOME = Source(
    id="income",
    title="Personal income summary by county and state (CAINC1)",
    publisher="U.S. Bureau of Economic Analysis, Regional Economic Accounts",
    licence="US public domain",
    homepage="https://www.bea.gov/data/income-saving/personal-income-county-metro-and-other-areas",
    url="https://apps.bea.gov/regional/zip/CAINC1.zip",
    pattern=r"CAINC1__ALL_AREAS_1969_(?P<year>\d{4})\.csv(?:\.gz)?",
    example="CAINC1__ALL_AREAS_1969_2019.csv.gz",
    vintages=_BEA_VINTAGES,
    goes_on=True,
    layouts=tuple(_income_layout(vintage) for vintage in sorted(_BEA_VINTAGES)),
    later=_income_layout,
    columns=(
        SourceColumn(
            "fips", "string", "two digits for a state, five for a county or a BEA combination"
        ),
        SourceColumn("year", "Int64", "calendar year", "year"),
        SourceColumn("income", "Int64", "personal income", "thousand USD"),
        SourceColumn("population", "Int64", "midyear population", "persons"),
        SourceColumn("per_capita", "Int64", "personal income a head", "USD"),
    ),
    key=("fips", "year"),
    read=_read_income,
    tidy=_tidy_income,
    distinct=True,
    # BEA, note on county aggregates: planning regions came with the statistics for 2024.
    counties=since({2010: OLD_COUNTIES, 2024: PLANNING_REGIONS}),
    note="The address gives the latest vintage only. Independent cities of Virginia, and Kalawao, "
    "are combined with a county (51901 and so on): see income_by_county.",
)


def income_by_county(income: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Personal income of counties, with BEA's combined areas divided among their counties.

    A combined area's income goes to its members in proportion to their population, so they share
    its income per head: ``income(c) = income(A) * population(c) / sum of population over A``.

    Parameters
    ----------
    income
        Tidy table of source ``income``.
    population
        Tidy table of source ``population``; only its years can be divided.

    Returns
    -------
    DataFrame
        Columns ``fips``, ``year``, ``income`` (thousand USD), ``per_capita`` (USD) and
        ``combined`` (True where the figure is that of a combined area), counties only, sorted.
        Combined areas in years without population are left out.
    """
    counties = income[(income["fips"].str.len() == 5) & income["income"].notna()]
    whole = counties["fips"].isin(BEA_COMBINED)
    own = counties[~whole].assign(combined=False)
    members = pd.DataFrame(
        [(area, county) for area, parts in BEA_COMBINED.items() for county in parts],
        columns=["area", "fips"],
        dtype="string",
    ).merge(population[["fips", "year", "population"]], on="fips")
    members["share"] = members["population"] / members.groupby(["area", "year"])[
        "population"
    ].transform("sum")
    parts = members.merge(
        counties[whole].rename(columns={"fips": "area"})[["area", "year", "income", "per_capita"]],
        on=["area", "year"],
    )
    parts["income"] = (parts["income"] * parts["share"]).round().astype("Int64")
    parts = parts.assign(combined=True)
    columns = ["fips", "year", "income", "per_capita", "combined"]
    out = pd.concat([own[columns], parts[columns]])
    return out.astype({"combined": "boolean"}).sort_values(["fips", "year"], ignore_index=True)
