"""Measures of a table of any size: one SQL text, on DuckDB or on Spark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.editions.targets.measured import MeasuredCell, cell_notes
from clusteratlas.errors import InputError
from clusteratlas.loaders.engines.engine import SqlEngine, rows_of
from clusteratlas.loaders.engines.large_file import LargeFile, find_large_file
from clusteratlas.loaders.own.cells import (
    CELLS,
    CELLS_IF_KNOWN,
    Coded,
    OwnCells,
    OwnNation,
    read_own_nation,
    sum_of_cells,
)
from clusteratlas.loaders.own.table import OwnTable

if TYPE_CHECKING:
    import pyarrow as pa

_KNOWN = (*CELLS, *CELLS_IF_KNOWN, "naics")
_TRADED = "'true', 't', 'yes', 'y', '1', 'traded'"
_LOCAL = "'false', 'f', 'no', 'n', '0', 'local'"
_FAULTS = {
    1: ("region", "is empty", "say what the line is of"),
    2: ("cluster", "is empty", "say what the line is of"),
    3: ("year", "is not a year", "years look like 2021"),
    4: ("employment", "is empty, negative or no number", "numbers look like 1234.5"),
    5: ("establishments", "is empty, negative or no number", "numbers look like 1234.5"),
    6: ("payroll", "is negative or no number", "numbers look like 1234.5"),
    7: ("traded", "is neither true nor false", "write true or false"),
    8: ("region", "is there more than once", "add such lines up first, or keep one of them"),
    9: ("region_type", "is not the same for all lines of the region", "a region is of one type"),
    10: ("traded", "is not the same for all lines of the cluster", "a cluster is one or the other"),
}
"""By their number in ``faults.sql``: column, what is wrong with it, what to do."""
_SEVERAL = 8
"""Fault of cells that are not unique; rows that are added up do not have it."""


@dataclass(frozen=True)
class TableMeasures:
    """Measures that an engine has ready; they are read while it is open."""

    engine: SqlEngine
    notes: tuple[str, ...]

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Give them in batches, with the columns of `measured_schema`, by region and cluster."""
        import pyarrow as pa

        for batch in self.engine.batches(sql_text("measures")):
            yield from pa.Table.from_batches([batch]).cast(measured_schema()).to_batches()

    def rows(self) -> list[MeasuredCell]:
        """Give them as rows of an answer."""
        found = []
        for batch in self.batches():
            columns: list[list[Any]] = [column.to_pylist() for column in batch.columns]
            for place in (3, 4, 5):
                columns[place] = [np.nan if one is None else one for one in columns[place]]
            found += [MeasuredCell(*row) for row in zip(*columns, strict=True)]
        return found


def measured_schema() -> pa.Schema:
    """Columns and types of measures: those of `MeasuredCell`."""
    import pyarrow as pa

    return pa.schema(
        [
            ("region", pa.string()),
            ("cluster", pa.string()),
            ("year", pa.int32()),
            ("lq", pa.float64()),
            ("national_share", pa.float64()),
            ("region_share", pa.float64()),
            ("strong", pa.bool_()),
            ("strong10", pa.bool_()),
            ("rank", pa.int32()),
        ]
    )


def sql_text(name: str) -> str:
    """Give one of the texts beside this module, which both engines understand."""
    return files("clusteratlas.editions.large").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def measure_large(engine: SqlEngine, path: Path, national: Path | None = None) -> TableMeasures:
    """Measure the clusters of a table that need not fit into memory.

    The figures are those of :func:`~clusteratlas.editions.targets.measured.measure_table`, in the
    order of region, cluster and year.

    Parameters
    ----------
    engine
        An open engine.
    path
        CSV in UTF-8, Parquet, or a folder of Parquet files, with a row for each region and cluster
        (``region, cluster, employment, establishments``), or for each establishment (without
        ``establishments``): those are added up first. If known ``payroll, year, traded,
        region_type``. With ``naics`` (2017, six digits) in place of ``cluster`` and ``traded``,
        clusters are those of the edition in the package.
    national
        Totals of the nation, as ``measure_table`` takes them; None: the sum of the regions.

    Raises
    ------
    InputError
        If a table cannot be used, with the first region and cluster where it is wrong.
    AnalysisError
        If the engine needs more memory than it may use.
    """
    file = find_large_file(path, _KNOWN)
    _check_columns(file)
    engine.read("given", file)
    if "naics" in file.names:
        engine.add("industries", _industries())
    engine.define("own_rows", _own_rows(file.names))
    engine.keep("added", sql_text("cells"))
    engine.define("cells", "SELECT * FROM added WHERE cluster IS NOT NULL")
    totals = rows_of(engine, sql_text("totals"))
    (regions,) = rows_of(engine, sql_text("regions"))
    if regions["two_types"] or _looks_wrong(totals, unique=not _added_up(file.names)):
        _refuse_cells(engine, file)
    lost = [row for row in totals if row["cluster"] is None]
    cells = _sums(file, [row for row in totals if row["cluster"] is not None])
    nation = sum_of_cells(cells) if national is None else read_own_nation(national, cells)
    engine.add("nation", _nation_table(cells, nation))
    told = cell_notes(
        regions=regions["region_count"],
        clusters=len(cells.cluster.names),
        years=len(cells.year.names),
        types=len(cells.region_type.names),
        kinds_known=cells.traded is not None or not nation.traded.all(),
        nation_given=national is not None,
    )
    if _added_up(file.names):
        lines = sum(int(row["line_count"]) for row in totals)
        told.append(f"{lines:,} lines are added up")
    if lost:
        lines = sum(int(row["line_count"]) for row in lost)
        jobs = sum(row["employment"] or 0 for row in lost)
        told.append(
            f"{lines:,} of them, with {jobs:,.0f} jobs, have a NAICS code that is in no cluster, "
            "and are left out"
        )
    return TableMeasures(engine, tuple(told))


def _added_up(names: Sequence[str]) -> bool:
    """Say whether several lines may be of one cell."""
    return "establishments" not in names or "naics" in names


def _check_columns(file: LargeFile) -> None:
    by_code = "naics" in file.names
    must = ["region", "naics" if by_code else "cluster", "employment"]
    may = ["establishments", "payroll", "year", "region_type", *([] if by_code else ["traded"])]
    told = [f"lacks column {name!r}" for name in must if name not in file.names]
    told += [
        f"has a column {name!r} that has no meaning here"
        for name in file.names
        if name not in {*must, *may}
    ]
    if told:
        raise InputError(
            f"{file.path.name}, line 1: {'; '.join(told)}",
            hint=f"columns: {', '.join(must)}; if known {', '.join(may)}",
        )


def _own_rows(names: Sequence[str]) -> str:
    """Select the columns that all tables have, of the right types; what is wrong becomes null."""

    def text(name: str) -> str:
        return f"TRIM(COALESCE(CAST(g.{name} AS STRING), ''))"

    def number(name: str) -> str:
        value = f"TRY_CAST(g.{name} AS DOUBLE)"
        # Not-a-number and infinity are larger than any number to both engines.
        return f"CASE WHEN {value} >= 0 AND {value} <= 1E15 THEN {value} END"

    by_code, year = "naics" in names, "TRY_CAST(g.year AS DOUBLE)"
    kind = f"LOWER({text('traded')})"
    given = {
        "region": text("region"),
        "cluster": "i.cluster" if by_code else text("cluster"),
        "year": f"CASE WHEN {year} >= 1000 AND {year} <= 9999 AND {year} = FLOOR({year}) "
        f"THEN CAST({year} AS INT) END",
        "region_type": text("region_type"),
        "employment": number("employment"),
        "establishments": number("establishments"),
        "payroll": f"CASE WHEN g.payroll IS NULL OR ({number('payroll')}) IS NOT NULL "
        f"OR {text('payroll')} = '' THEN 1 END",
        "traded": f"CASE WHEN {kind} IN ({_TRADED}) THEN 1 WHEN {kind} IN ({_LOCAL}) THEN 0 END",
    }
    absent = {
        "year": "0",
        "region_type": "''",
        "establishments": "CAST(1 AS DOUBLE)",
        "payroll": "1",
        "traded": "COALESCE(i.traded, 1)" if by_code else "1",
    }
    taken = {n: t if n in names or n not in absent else absent[n] for n, t in given.items()}
    columns = ", ".join(f"{expression} AS {name}" for name, expression in taken.items())
    join = f" LEFT JOIN industries AS i ON i.naics = {text('naics')}" if by_code else ""
    return f"SELECT {columns} FROM given AS g{join}"


def _looks_wrong(totals: Sequence[Mapping[str, Any]], *, unique: bool) -> bool:
    """Say whether any cell cannot be used, or a cluster is of both kinds."""
    kinds: dict[str, set[int]] = {}
    for row in totals:
        kinds.setdefault(row["cluster"], set()).update({row["traded"], row["last_traded"]})
    return (
        any(row["wrong"] for row in totals)
        or (unique and any(row["most_lines"] > 1 for row in totals))
        or any(len(of_cluster) > 1 for name, of_cluster in kinds.items() if name is not None)
    )


def _refuse_cells(engine: SqlEngine, file: LargeFile) -> None:
    for row in rows_of(engine, sql_text("faults")):
        fault = int(row["fault"])
        if fault == _SEVERAL and _added_up(file.names):
            continue
        column, what, hint = _FAULTS[fault]
        lines = int(row["line_count"])
        where = ", ".join(
            f"{name} {row[name]!r}" for name in ("region", "cluster", "year") if row[name]
        )
        raise InputError(
            f"{file.path.name}, column {column}: {what} in {lines:,} line{'s' * (lines > 1)}"
            + (f", the first of {where}" if where else ""),
            hint=hint,
        )


def _sums(file: LargeFile, rows: Sequence[Mapping[str, Any]]) -> OwnCells:
    """Give the sums over the regions of each type as cells of one region a type."""
    if not rows:
        raise InputError(
            f"{file.path.name} has no line that can be used", hint="give a line for each cell"
        )
    clusters, types = [row["cluster"] for row in rows], [row["region_type"] for row in rows]
    kinds = np.array([row["traded"] == 1 for row in rows], dtype=np.bool_)
    return OwnCells(
        # A line of a file this large would help nobody to find it: its cluster is said.
        OwnTable(file.path.name, "cluster", clusters, {"cluster": clusters}),
        region=Coded.of(types),
        cluster=Coded.of(clusters),
        year=Coded.of([str(row["year"] or "") for row in rows]),
        region_type=Coded.of(types),
        traded=kinds if {"traded", "naics"} & set(file.names) else None,
        jobs=np.array([row["employment"] for row in rows], dtype=np.float64),
        establishments=np.array([row["establishments"] for row in rows], dtype=np.float64),
    )


def _nation_table(cells: OwnCells, nation: OwnNation) -> pa.Table:
    import pyarrow as pa

    names = list(cells.cluster.names)
    # Clusters of the nation alone count in the bases, whatever they are called.
    names += [f"\0{n}" for n in range(len(names), 1 + int(nation.cluster.max()))]
    years = [int(year or 0) for year in cells.year.names]
    return pa.table(
        {
            "cluster": pa.array([names[n] for n in nation.cluster], pa.string()),
            "year": pa.array([years[n] for n in nation.year], pa.int32()),
            "traded": pa.array(nation.traded.tolist(), pa.bool_()),
            "employment": pa.array(nation.jobs.tolist(), pa.float64()),
        }
    )


def _industries() -> pa.Table:
    """Clusters of industries: the default set of the edition in the package."""
    import pyarrow as pa

    edition = open_edition()
    sets, members = edition.table("definitions"), edition.table("memberships")
    (default,) = sets.loc[sets["is_default"].astype(bool), "key"]
    members = members[members["definition"] == default]
    return pa.table(
        {
            "naics": pa.array(members["naics"].tolist(), pa.string()),
            "cluster": pa.array(members["cluster_name"].tolist(), pa.string()),
            "traded": pa.array(members["traded"].astype(int).tolist(), pa.int32()),
        }
    )
