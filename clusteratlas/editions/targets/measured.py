"""Measures of anyone's own table: read, checked, measured, and put into rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from clusteratlas.analysis.cell_measures import NationalClusters, NumberedCells, cell_measures
from clusteratlas.loaders.own.cells import (
    kinds_of_cells,
    read_own_cells,
    read_own_nation,
    sum_of_cells,
)
from clusteratlas.loaders.own.table import UNICODE


@dataclass(slots=True)  # frozen ones take three times as long to make
class MeasuredCell:
    """One cluster in one region and year."""

    region: str
    cluster: str
    year: int | None = field(metadata={"unit": "year"})
    lq: float = field(metadata={"unit": "ratio"})
    national_share: float = field(metadata={"unit": "share"})
    region_share: float = field(metadata={"unit": "share"})
    strong: bool
    strong10: bool
    rank: int


@dataclass(frozen=True)
class OwnMeasures:
    """What `measure_table` gives."""

    rows: list[MeasuredCell]
    """In the order of the table."""
    notes: tuple[str, ...]


def measure_table(
    path: Path, national: Path | None = None, *, encoding: str | None = None
) -> OwnMeasures:
    """Measure the clusters of a table of one's own, by the formulas of `cell_measures`.

    Parameters
    ----------
    path
        Regions and clusters, as :func:`~clusteratlas.loaders.own.cells.read_own_cells` takes them.
    national
        Totals of the nation; None: the sum of the regions.
    encoding
        Of both, where they are text; None finds it out.

    Raises
    ------
    InputError
        If a table cannot be used, with file, line and column.
    """
    cells = read_own_cells(path, encoding=encoding)
    if national is None:
        nation = sum_of_cells(cells)
    else:
        nation = read_own_nation(national, cells, encoding=encoding)
    traded = kinds_of_cells(cells, nation)
    found = cell_measures(
        NumberedCells(
            region=cells.region.codes,
            region_type=cells.region_type.codes,
            cluster=cells.cluster.codes,
            year=cells.year.codes,
            traded=traded,
            jobs=cells.jobs,
            establishments=cells.establishments,
        ),
        NationalClusters(
            cluster=nation.cluster, year=nation.year, traded=nation.traded, jobs=nation.jobs
        ),
    )
    columns = cells.table.columns
    years = [int(year) if year else None for year in cells.year.names]
    rows = [
        MeasuredCell(*row)
        for row in zip(
            columns["region"],
            columns["cluster"],
            [years[code] for code in cells.year.codes],
            found.lq.tolist(),
            found.share_nation.tolist(),
            found.share_region.tolist(),
            found.strong.tolist(),
            found.strong_top_tenth.tolist(),
            found.rank.tolist(),
            strict=True,
        )
    ]
    notes = cell_notes(
        regions=len(cells.region.names),
        clusters=len(cells.cluster.names),
        years=len(years),
        types=len(cells.region_type.names),
        kinds_known=cells.traded is not None or not traded.all(),
        nation_given=national is not None,
    )
    if cells.table.encoding not in UNICODE and encoding is None:
        notes.append(f"{path.name} was read as {cells.table.encoding}; --encoding says another")
    return OwnMeasures(rows, tuple(notes))


def cell_notes(
    *, regions: int, clusters: int, years: int, types: int, kinds_known: bool, nation_given: bool
) -> list[str]:
    """Say of how many regions, clusters and years measures are, and what their bases are."""
    notes = [
        f"{regions:,} regions, {clusters:,} clusters, {years} year{'s' * (years > 1)}",
        "base of the location quotient: traded employment for traded clusters, local for local ones"
        if kinds_known
        else "no column traded: all clusters are taken as traded",
    ]
    if not nation_given:
        notes.append(
            "the nation is the sum of the regions"
            + (", of all types that do not have equal sums" if types > 1 else "")
            + "; --national gives its own totals"
        )
    return notes
