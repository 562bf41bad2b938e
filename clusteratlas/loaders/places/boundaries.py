"""County boundaries: which counties share a border, from the arcs of a TopoJSON file.

TopoJSON stores each stretch of border once, so two counties are neighbors exactly when their
outlines use the same arc: no geometry is computed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import open_binary
from clusteratlas.loaders.source.vintages import OLD_COUNTIES, since


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    with open_binary(path) as stream:
        topology = json.load(stream)
    if not isinstance(topology, dict) or topology.get("type") != "Topology":
        raise SourceError(f"{path.name} is not TopoJSON", hint="convert it with topojson first")
    counties = topology.get("objects", {}).get("counties")
    if counties is None:
        raise SourceError(
            f"{path.name} has no object 'counties': it has {sorted(topology.get('objects', {}))}",
            hint="the outlines must be under objects.counties, with FIPS codes as ids",
        )
    rows = [
        (str(shape["id"]), arc if arc >= 0 else ~arc)
        for shape in counties["geometries"]
        for arc in _flat(shape.get("arcs", []))
    ]
    return pd.DataFrame(rows, columns=["county", "arc"])


def _flat(nested: list[Any]) -> Iterator[int]:
    for part in nested:
        if isinstance(part, int):
            yield part
        else:
            yield from _flat(part)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    # A county may run along an arc on both sides (an island of a lake): that is no border.
    users = raw.drop_duplicates().sort_values(["arc", "county"]).groupby("arc")["county"].agg(list)
    shared = Counter(pair for counties in users for pair in combinations(counties, 2))
    rows = [(a, b, arcs) for (a, b), arcs in shared.items()]
    return pd.DataFrame(rows, columns=["a", "b", "shared_arcs"])


BOUNDARIES = Source(
    id="boundaries",
    title="Boundaries of counties, as TopoJSON",
    publisher="U.S. Census Bureau (boundaries)",
    licence="US public domain",
    homepage="https://www.census.gov/geographies/mapping-files.html",
    url=None,
    pattern=r"counties_eas_cbsas\.topojson(?:\.gz)?",
    example="counties_eas_cbsas.topojson",
    vintages=frozenset({2010}),
    vintage=2010,
    layouts=(Layout(vintages=frozenset({2010}), columns=frozenset({"county", "arc"})),),
    columns=(
        SourceColumn("a", "string", "five-digit FIPS code"),
        SourceColumn("b", "string", "FIPS code of a neighbor, later in order"),
        SourceColumn("shared_arcs", "Int64", "stretches of border that they share", "arcs"),
    ),
    key=("a", "b"),
    read=_read,
    tidy=_tidy,
    counties=since({2010: OLD_COUNTIES}),
    note="Counties of 2010. Arlington, Alexandria and 27 independent cities have no outline in it: "
    "adjacency.county_neighbors adds them. Islands have no neighbors.",
)
