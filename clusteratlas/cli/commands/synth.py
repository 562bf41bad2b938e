"""``clusteratlas synth``: microdata of establishments that do not exist, to try large tables on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.options import QuietOption
from clusteratlas.cli.output.lines import say


def synth(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="File to write: .parquet or .csv."),
    ],
    scale: Annotated[
        float, typer.Option(metavar="N", help="Million rows; 0.01 makes 10,000.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(min=0, help="Same seed and scale, same bytes.")] = 0,
    quiet: QuietOption = False,
) -> None:
    """Make up microdata: one row an establishment, for trials of `measure` on large tables.

    Columns: region, cluster, traded, year, employment, payroll. Regions, clusters and years are
    those of the edition in the package; establishments, jobs and pay are drawn at random so that
    sums over regions and clusters have the shares and quotients of the edition.
    """
    from clusteratlas.editions.large.synthetic import write_synthetic
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.progress import reporting

    with reporting(quiet=quiet) as progress:
        made = write_synthetic(out, open_edition(), scale=scale, seed=seed, progress=progress)
    say(
        f"{made.rows:,} rows, {made.regions:,} regions, {made.clusters:,} clusters, "
        f"{made.years[0]}-{made.years[-1]} in {out}",
        err=True,
    )
