"""OMB delineations of metropolitan areas, BEA economic areas, county codes and centroids."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import (
    codes,
    frame_of_rows,
    read_csv_text,
    read_rows,
    read_sheet,
    reals,
)
from clusteratlas.loaders.source.vintages import OLD_COUNTIES, PLANNING_REGIONS, itself, since
from clusteratlas.loaders.source.workbook import sheet_names

_DELINEATIONS = "https://www2.census.gov/programs-surveys/metro-micro/geographies/reference-files"
_CBSA_VINTAGES = frozenset({2013, 2015, 2017, 2018, 2020, 2023})


def _read_cbsa(path: Path, vintage: int) -> pd.DataFrame:
    rows = read_rows(path, sheet_names(path)[0])
    top = " ".join(cell for row in rows[:2] for cell in row)
    stated = re.search(r"([A-Z]+) (20\d\d)", top.upper().replace(",", " "))
    # Three vintages share the name list1.xls: the title inside is the only truth.
    if stated and int(stated[2]) != vintage:
        raise SourceError(
            f"{path.name} is the delineation of {stated[2]}, not of {vintage}",
            hint=f"name it list1_{stated[2]}{path.suffix}",
        )
    return frame_of_rows(rows, skip=2)


def _tidy_cbsa(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    kinds = {
        "Metropolitan Statistical Area": "metropolitan",
        "Micropolitan Statistical Area": "micropolitan",
    }
    csa = codes(raw["CSA Code"], 3)
    return pd.DataFrame(
        {
            "cbsa": codes(raw["CBSA Code"], 5),
            "title": raw["CBSA Title"],
            "kind": _coded(raw, "Metropolitan/Micropolitan Statistical Area", kinds),
            "csa": csa.mask(csa == ""),
            "county": codes(raw["FIPS State Code"], 2) + codes(raw["FIPS County Code"], 3),
            "county_name": raw["County/County Equivalent"],
            "state_name": raw["State Name"],
            "central": _coded(raw, "Central/Outlying County", {"Central": True, "Outlying": False}),
        }
    )


def _coded(raw: pd.DataFrame, column: str, meanings: dict[str, str] | dict[str, bool]) -> pd.Series:
    unknown = sorted(set(raw[column]) - set(meanings))
    if unknown:
        raise SourceError(
            f"CBSA delineation: unknown value {unknown[0]!r} in column {column!r}",
            hint="compare with the publisher's file",
        )
    return raw[column].map(meanings)


CBSA_DELINEATION = Source(
    id="cbsa-delineation",
    title="Core based statistical areas and their counties (list 1)",
    publisher="U.S. Office of Management and Budget, U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/programs-surveys/metro-micro.html",
    url=None,
    urls={
        **{y: f"{_DELINEATIONS}/{y}/delineation-files/list1.xls" for y in (2013, 2015, 2017)},
        2018: f"{_DELINEATIONS}/2018/delineation-files/list1_Sep_2018.xls",
        2020: f"{_DELINEATIONS}/2020/delineation-files/list1_2020.xls",
        2023: f"{_DELINEATIONS}/2023/delineation-files/list1_2023.xlsx",
    },
    sha256={2020: "80da8aa19e464086c7f2282bddc69413c69682b475df6f8655ea208b416b370f"},
    pattern=r"list1(?:_(?:[A-Z]{3}_)?(?P<year>\d{4}))?\.xlsx?",
    example="list1_2020.xls",
    vintages=_CBSA_VINTAGES,
    goes_on=True,
    vintage=2017,
    layouts=(
        Layout(
            vintages=_CBSA_VINTAGES,
            columns=frozenset(
                {
                    "CBSA Code",
                    "CSA Code",
                    "CBSA Title",
                    "Metropolitan/Micropolitan Statistical Area",
                    "County/County Equivalent",
                    "State Name",
                    "FIPS State Code",
                    "FIPS County Code",
                    "Central/Outlying County",
                }
            ),
            ignored=frozenset(
                {
                    "Metropolitan Division Code",
                    "Metropolitan Division Title",
                    "CSA Title",
                }
            ),
        ),
    ),
    columns=(
        SourceColumn("cbsa", "string", "five-digit CBSA code"),
        SourceColumn("title", "string", "CBSA title"),
        SourceColumn("kind", "string", "metropolitan or micropolitan"),
        SourceColumn("csa", "string", "three-digit code of the combined statistical area, or null"),
        SourceColumn("county", "string", "five-digit FIPS code"),
        SourceColumn("county_name", "string", "county or county equivalent"),
        SourceColumn("state_name", "string", "state"),
        SourceColumn("central", "boolean", "central county of the area; outlying otherwise"),
    ),
    key=("county",),
    read=_read_cbsa,
    tidy=_tidy_cbsa,
    counties=since({2013: OLD_COUNTIES, 2023: PLANNING_REGIONS}),
    delineation=itself,
    note="The lists of 2013, 2015 and 2017 are all published as list1.xls: the title inside "
    "decides; name them list1_2013.xls and so on. From 2023 on Connecticut has planning regions.",
)


def _read_ea(path: Path, _vintage: int) -> pd.DataFrame:
    return read_sheet(path, "EA county definition")


def _tidy_ea(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ea": codes(raw["EA"], 3),
            "name": raw["EA Name"],
            "county": codes(raw["FIPS"], 5),
            "county_name": raw["County"],
        }
    )


ECONOMIC_AREAS = Source(
    id="economic-areas",
    title="BEA Economic Areas of 2004 and their counties",
    publisher="U.S. Bureau of Economic Analysis",
    licence="US public domain",
    homepage="https://apps.bea.gov/scb/pdf/2004/11November/1104Econ-Areas.pdf",
    url=None,
    pattern=r"BEA_Economic_Areas_and_Counties\.xlsx?",
    example="BEA_Economic_Areas_and_Counties.xls",
    vintages=frozenset({2004}),
    vintage=2004,
    layouts=(
        Layout(vintages=frozenset({2004}), columns=frozenset({"FIPS", "County", "EA", "EA Name"})),
    ),
    columns=(
        SourceColumn("ea", "string", "three-digit code of the economic area"),
        SourceColumn("name", "string", "name of the economic area"),
        SourceColumn("county", "string", "five-digit FIPS code, as published (some are retired)"),
        SourceColumn("county_name", "string", "county and postal code of its state"),
    ),
    key=("county",),
    read=_read_ea,
    tidy=_tidy_ea,
    counties=since({2004: OLD_COUNTIES}),
    note="BEA no longer maintains economic areas. Both Dade (12025) and Miami-Dade (12086) are "
    "in the list, and other retired codes: use counties.modernize before joining.",
)


def _read_fips(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy_fips(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    fips = codes(raw["FIPS"], 5)
    frame = pd.DataFrame({"fips": fips, "name": raw["County"], "state": raw["State"]})
    return frame[~fips.str.endswith("000")]


COUNTY_CODES = Source(
    id="county-codes",
    title="FIPS codes of counties and county equivalents",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/library/reference/code-lists/ansi.html",
    url=None,
    pattern=r"FIPS\.csv",
    example="FIPS.csv",
    vintages=frozenset({2018}),
    vintage=2018,
    layouts=(Layout(vintages=frozenset({2018}), columns=frozenset({"State", "County", "FIPS"})),),
    columns=(
        SourceColumn("fips", "string", "five-digit FIPS code"),
        SourceColumn("name", "string", "name without 'County'; capitals as in the file"),
        SourceColumn("state", "string", "name of the state"),
    ),
    key=("fips",),
    read=_read_fips,
    tidy=_tidy_fips,
    counties=since({2018: OLD_COUNTIES}),
    note="Codes as of 2018, Puerto Rico included. Rows of states and the nation are left out: "
    "counties.STATES names the states, source population names the counties in full.",
)

_KINDS = {"counties": "county", "eas": "ea", "msas": "cbsa"}
_LONGITUDES = {"02016": -174.6506}
"""Aleutians West lies on both sides of 180 degrees; the published mean (-95) is in Canada. This is
the centroid of its boundary with the eastern longitudes taken as below -180."""


def _read_centroids(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy_centroids(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    unknown = sorted(set(raw["kind"]) - set(_KINDS))
    if unknown:
        raise SourceError(
            f"centroids: unknown kind {unknown[0]!r}", hint="compare with the file's description"
        )
    kind = raw["kind"].map(_KINDS)
    code = codes(raw["code"], 5)
    lon, lat = reals(raw["lon"]), reals(raw["lat"])
    fixed = code.map(_LONGITUDES).where(kind == "county")
    outside = (lon.abs() > 180) | (lat.abs() > 90)
    if outside.any():
        raise SourceError(
            f"centroids: {code[outside].iloc[0]} lies outside the globe",
            hint="compare with the file's description",
        )
    return pd.DataFrame(
        {
            "kind": kind,
            # Economic areas are numbered 57001 to 57179 there: state code 57 is used by no state.
            "code": code.where(kind != "ea", code.str.slice(2)),
            "name": raw["name"].str.replace(r" \([A-Za-z]+ (?:\w+ )?Area\)$", "", regex=True),
            "lon": fixed.fillna(lon),
            "lat": lat,
        }
    )


CENTROIDS = Source(
    id="centroids",
    title="Centroids of counties, economic areas and core based statistical areas",
    publisher="U.S. Census Bureau (boundaries)",
    licence="US public domain",
    homepage="https://www.census.gov/geographies/mapping-files.html",
    url=None,
    pattern=r"centroids\.csv",
    example="centroids.csv",
    vintages=frozenset({2010}),
    vintage=2010,
    layouts=(
        Layout(
            vintages=frozenset({2010}),
            columns=frozenset({"kind", "code", "name", "lon", "lat"}),
        ),
    ),
    columns=(
        SourceColumn("kind", "string", "county, ea or cbsa"),
        SourceColumn("code", "string", "FIPS, three-digit economic area, or CBSA code before 2013"),
        SourceColumn("name", "string", "name"),
        SourceColumn("lon", "Float64", "longitude", "degrees"),
        SourceColumn("lat", "Float64", "latitude", "degrees"),
    ),
    key=("kind", "code"),
    read=_read_centroids,
    tidy=_tidy_centroids,
    counties=since({2010: OLD_COUNTIES}),
    note="Counties of 2010; 29 counties and cities of today are not in it.",
)
