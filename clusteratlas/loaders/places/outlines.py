"""Outlines of counties: each stretch of border once, with the county on either side of it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import open_binary
from clusteratlas.loaders.source.vintages import PLANNING_REGIONS, since

_COLUMNS = ("arc", "point", "lon", "lat", "a", "b")


def outline_points(path: Path) -> pd.DataFrame:
    """Read the borders of counties from quantized TopoJSON (object ``counties``, FIPS as ids).

    Returns
    -------
    DataFrame
        A row for each point: ``arc`` and ``point`` count from 0, ``lon`` and ``lat`` are degrees,
        ``a`` < ``b`` the counties on both sides; ``b`` is None on a coast or the border of the
        country. Stretches inside one county are left out.

    Raises
    ------
    SourceError
        If the file is no such TopoJSON.
    """
    with open_binary(path) as stream:
        topology = json.load(stream)
    try:
        counties = topology["objects"]["counties"]["geometries"]
        (wide, high), (west, south) = (topology["transform"][k] for k in ("scale", "translate"))
        arcs = topology["arcs"]
    except (KeyError, TypeError, ValueError) as exc:
        raise SourceError(
            f"{path.name} is not quantized TopoJSON with an object 'counties'",
            hint="compare it with the file that the sources page names",
        ) from exc
    sides: dict[int, Counter[str]] = defaultdict(Counter)
    for shape in counties:
        for arc in _numbers(shape.get("arcs", [])):
            sides[arc if arc >= 0 else ~arc][str(shape["id"])] += 1
    rows = []
    for arc, deltas in enumerate(arcs):
        # An outline that goes along a line and back, as some do for a few meters, is not beside it.
        owners = sorted(county for county, times in sides[arc].items() if times % 2)
        if not owners:
            continue
        a, b = (*owners, None)[:2]
        xs, ys = accumulate(x for x, _ in deltas), accumulate(y for _, y in deltas)
        rows += [
            (arc, i, west + wide * x, south + high * y, a, b)
            for i, (x, y) in enumerate(zip(xs, ys, strict=True))
        ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _numbers(nested: list[Any]) -> Iterator[int]:
    for part in nested:
        if isinstance(part, int):
            yield part
        else:
            yield from _numbers(part)


def _read_outlines(path: Path, _vintage: int) -> pd.DataFrame:
    return outline_points(path)


def _tidy_outlines(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    return raw


COUNTY_OUTLINES = Source(
    id="county-outlines",
    title="Cartographic boundaries of counties, as TopoJSON",
    publisher="U.S. Census Bureau (boundaries)",
    licence="US public domain",
    homepage="https://www.census.gov/geographies/mapping-files/time-series/geo/"
    "cartographic-boundary.html",
    url=None,
    pattern=r"us_atlas_(?P<year>\d{4})_counties-10m\.topojson(?:\.gz)?",
    example="us_atlas_2023_counties-10m.topojson.gz",
    vintages=frozenset({2023}),
    layouts=(Layout(vintages=frozenset({2023}), columns=frozenset(_COLUMNS)),),
    columns=(
        SourceColumn("arc", "Int64", "number of the stretch of border"),
        SourceColumn("point", "Int64", "number of the point along it"),
        SourceColumn("lon", "Float64", "longitude", "degrees"),
        SourceColumn("lat", "Float64", "latitude", "degrees"),
        SourceColumn("a", "string", "five-digit FIPS code of the county on one side"),
        SourceColumn("b", "string", "of the county on the other; none on a coast or the border"),
    ),
    key=("arc", "point"),
    read=_read_outlines,
    tidy=_tidy_outlines,
    counties=since({2023: PLANNING_REGIONS}),
    note="For pictures alone; neighbors come from source `boundaries`. Connecticut has its "
    "planning regions in it.",
)
