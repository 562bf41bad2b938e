"""BLS Occupational Employment and Wage Statistics: occupations of areas and of states.

The same survey as :mod:`~clusteratlas.loaders.labor.oews_industries`, over all industries together:
jobs and wages of each occupation in metropolitan areas, in the rest of each state (nonmetropolitan
areas) and in whole states. Re-laid as three files: the cells, and the lists of areas and of
occupations beside them.

From May 2024 on metropolitan areas are those of OMB's delineation of July 2023. Jobs are rounded to
ten, and an occupation that is not listed in an area is not published there: it need not be absent.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.economy.oews import NO_JOBS, NO_WAGE, OEWS_4DIGIT
from clusteratlas.loaders.labor.oews_industries import (
    MEDIAN_WAGE,
    SOC_LEVELS,
    listed,
    read_beside,
)
from clusteratlas.loaders.source.declaration import Layout, Reader, Source, SourceColumn
from clusteratlas.loaders.source.tabular import HEADER, CellError, integers, read_csv_text
from clusteratlas.loaders.source.vintages import since
from clusteratlas.loaders.source.words import known_words

_AREA_TYPES = {"M": "area", "S": "state"}
_ALL_OCCUPATIONS = "000000"
_METROPOLITAN = "00"
"""First digits of the codes of metropolitan areas; those of the others are the state's."""

_CELLS = frozenset({"area_code", "occ_code", "tot_emp", "a_mean", "a_median"})
_BESIDE = frozenset({"emp_prse", "jobs_1000", "loc_quotient", "emp_footnote"})
_VINTAGES = frozenset({2025})


def _read(path: Path, cells: str) -> pd.DataFrame:
    frame = read_csv_text(path)
    header = list(frame.columns)
    areas = read_beside(path, cells, "areas", {"area_code", "areatype", "area_name"})
    occupations = read_beside(path, cells, "occupations", {"occ_code", "occ_name", "display_level"})
    frame["area_type"] = listed(frame["area_code"], areas, "areatype")
    frame["area_name"] = listed(frame["area_code"], areas, "area_name")
    frame["occ_name"] = listed(frame["occ_code"], occupations, "occ_name")
    frame["occ_level"] = listed(frame["occ_code"], occupations, "display_level")
    frame.attrs[HEADER] = header
    return frame


def _read_metro(path: Path, _year: int) -> pd.DataFrame:
    return _read(path, "metro_x_occ")


def _read_state(path: Path, _year: int) -> pd.DataFrame:
    return _read(path, "state_x_occ")


def _tidy(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Codes of areas and occupations as elsewhere, and figures as numbers; pure."""
    known_words(raw["area_type"], set(_AREA_TYPES), "type of area")
    known_words(raw["occ_level"], set(SOC_LEVELS), "level of occupations")
    area, occupation = raw["area_code"], raw["occ_code"]
    strange = ~area.str.fullmatch(r"\d{7}")
    if strange.any():
        raise CellError(
            f"column 'area_code': {area[strange].iloc[0]!r} is no code of seven digits",
            column="area_code",
            value=area[strange].iloc[0],
        )
    kind = raw["area_type"].map(_AREA_TYPES)
    metropolitan = (kind == "area") & area.str.startswith(_METROPOLITAN)
    kind = kind.mask(kind == "area", "nonmetropolitan").mask(metropolitan, "metropolitan")
    return pd.DataFrame(
        {
            "area": area.str[2:]
            .mask(kind == "state", area.str[:2])
            .mask(kind == "nonmetropolitan", area),
            "area_type": kind,
            "area_name": raw["area_name"],
            "soc": occupation.str[:2] + "-" + occupation.str[2:],
            "title": raw["occ_name"],
            "group": raw["occ_level"].map(SOC_LEVELS).mask(occupation == _ALL_OCCUPATIONS, "total"),
            "jobs": integers(raw["tot_emp"], missing=NO_JOBS),
            "mean_wage": integers(raw["a_mean"], missing=NO_WAGE),
            "median_wage": integers(raw["a_median"], missing=NO_WAGE),
        }
    )


def _area_source(which: str, note: str, read: Reader) -> Source:
    return Source(
        id=f"oews-{which}",
        title=f"Occupational Employment and Wage Statistics, {note}, re-laid",
        publisher=OEWS_4DIGIT.publisher,
        licence=OEWS_4DIGIT.licence,
        homepage=OEWS_4DIGIT.homepage,
        url=None,
        pattern=rf"oews_M(?P<year>\d{{4}})_{which}_x_occ\.csv(?:\.gz)?",
        example=f"oews_M2025_{which}_x_occ.csv.gz",
        vintages=_VINTAGES,
        goes_on=True,
        layouts=(Layout(_VINTAGES, _CELLS, _BESIDE),),
        columns=(
            SourceColumn(
                "area",
                "string",
                "two digits of a state, five of a CBSA, seven of a nonmetropolitan area",
            ),
            SourceColumn("area_type", "string", "state, metropolitan, nonmetropolitan"),
            SourceColumn("area_name", "string", "the publisher's name"),
            SourceColumn("soc", "string", "SOC code"),
            SourceColumn("title", "string", "SOC title"),
            SourceColumn("group", "string", "total, major, minor, broad, detailed"),
            SourceColumn("jobs", "Int64", "employment in May; NA where not released (-)", "jobs"),
            SourceColumn("mean_wage", "Int64", "annual mean wage; NA where not available", "USD"),
            MEDIAN_WAGE,
        ),
        key=("area", "soc"),
        read=read,
        tidy=_tidy,
        note="All industries together. The lists oews_M2025_areas and oews_M2025_occupations lie "
        "beside it.",
        delineation=since({2024: 2023}),
    )


OEWS_METRO = _area_source("metro", "metropolitan and nonmetropolitan areas", _read_metro)
OEWS_STATE = _area_source("state", "states", _read_state)
