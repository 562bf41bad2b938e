"""``clusteratlas measure``: location quotients, shares, strong clusters of a table of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.output.rows import FormatOption, OutOption, headings_of, render


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
