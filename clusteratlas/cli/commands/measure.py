"""``clusteratlas measure``: location quotients, shares, strong clusters of a table of one's own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import FormatOption, OutOption, headings_of, render
from clusteratlas.errors import InputError
from clusteratlas.queries.forms.formats import Format, format_of

if TYPE_CHECKING:
    from clusteratlas.editions.large.table_measures import TableMeasures


class MeasureEngine(StrEnum):
    """What computes."""

    memory = "memory"
    duckdb = "duckdb"
    spark = "spark"


def measure(
    input_: Annotated[
        Path,
        typer.Option(
            "--input",
            "-i",
            metavar="FILE",
            help="Table with region, cluster, employment, establishments; if known payroll, year, "
            "traded (true or false), region_type. CSV, Parquet or a workbook (.xlsx).",
        ),
    ],
    national: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="National totals: cluster, employment; if known traded, year. Default: the sum "
            "of the regions.",
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(help="Of text that is neither UTF-8 nor UTF-16. Default: Windows-1252."),
    ] = None,
    engine: Annotated[
        MeasureEngine,
        typer.Option(
            help="memory reads the whole table. duckdb (in this process) and spark take one of any "
            "size, a folder of Parquet files, and establishments, which they add up: no column "
            "establishments, and naics in place of cluster if you like."
        ),
    ] = MeasureEngine.memory,
    memory_limit: Annotated[
        str,
        typer.Option(
            metavar="SIZE",
            help="Memory for duckdb, which puts the rest into a temporary folder, and for the "
            "driver of spark.",
        ),
    ] = "2GB",
    fmt: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Measure the clusters of a table of your own.

    Gives region, cluster, year, lq, national_share, region_share, strong, strong10 and rank of each
    line. The base of the location quotient is traded employment for traded clusters and local
    employment for local ones. strong: lq >= its 75th percentile (strong10: 90th), lq >= 1,
    employment and establishments above their 25th; traded clusters only. Percentiles (linear) and
    rank (by employment, 1 = largest) are over the regions of the same type with employment, for
    each cluster and year.
    """
    if engine is not MeasureEngine.memory:
        _measure_large(input_, national, encoding, engine, memory_limit, fmt, out)
        return
    from clusteratlas.editions.targets.measured import MeasuredCell, measure_table

    found = measure_table(input_, national, encoding=encoding)
    render(
        found.rows,
        fmt,
        title=f"Clusters of {input_.name}",
        headings=headings_of(MeasuredCell),
        notes=found.notes,
        out=out,
    )


def _measure_large(
    input_: Path,
    national: Path | None,
    encoding: str | None,
    engine: MeasureEngine,
    memory_limit: str,
    fmt: Format | None,
    out: Path | None,
) -> None:
    from clusteratlas.editions.large.table_measures import measure_large
    from clusteratlas.loaders.engines.engine import EngineName
    from clusteratlas.loaders.engines.memory import megabytes_of
    from clusteratlas.loaders.engines.opening import open_engine

    if encoding is not None:
        raise InputError(
            f"--engine {engine} reads text in UTF-8 alone", hint="leave --encoding or --engine out"
        )
    java = None
    if engine is MeasureEngine.spark:
        from clusteratlas.server.install import find_java

        java, _ = find_java("--engine spark", "spark")
    megabytes = megabytes_of(memory_limit)
    with open_engine(EngineName(engine.value), megabytes=megabytes, java=java) as opened:
        found = measure_large(opened, input_, national)
        _write(found, input_, fmt, out)


def _write(found: TableMeasures, input_: Path, fmt: Format | None, out: Path | None) -> None:
    """Write CSV and Parquet as the rows come; other forms hold all rows at once."""
    from clusteratlas.editions.large.table_measures import measured_schema
    from clusteratlas.editions.targets.measured import MeasuredCell
    from clusteratlas.loaders.engines.written import STREAMED, write_batches

    if out is not None and out.suffix.lower() in STREAMED and not out.is_dir():
        format_of(fmt, out)
        write_batches(out, measured_schema(), found.batches())
        for note in found.notes:
            say(note, err=True)
        return
    render(
        found.rows(),
        fmt,
        title=f"Clusters of {input_.name}",
        headings=headings_of(MeasuredCell),
        notes=found.notes,
        out=out,
    )
