"""``clusteratlas linkages``: the matrices behind the definitions, for another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import NoCacheOption, QuietOption
from clusteratlas.cli.output.rows import FormatOption, render

app = typer.Typer(
    cls=LightGroup, help="Compute the linkages between industries.", no_args_is_help=True
)


@app.callback()
def linkages_group() -> None:
    """Compute the linkages between industries."""


@app.command("export")
def export_linkages(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Folder that holds the public files.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.npz", help="File to write.")],
    recipe: Annotated[
        Path | None,
        typer.Option(help="TOML file with other parameters than the packaged recipe."),
    ] = None,
    traded: Annotated[bool, typer.Option("--traded", help="The traded industries only.")] = False,
    vintage: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A vintage of the recipe's evaluation, traded only."),
    ] = None,
    no_cache: NoCacheOption = False,
    quiet: QuietOption = False,
    fmt: FormatOption = None,
) -> None:
    """Write `codes` and one square array per linkage into a NumPy file.

    Arrays: lc_emp, lc_est, coi, io, occ (NaN where the data say nothing) and combined.
    """
    from platformdirs import user_cache_path

    from clusteratlas.editions.targets.linkages import linkages_of, write_linkages
    from clusteratlas.progress import reporting

    cache = None if no_cache else user_cache_path("clusteratlas") / "build"
    with reporting(quiet=quiet) as progress:
        found = linkages_of(
            data, recipe=recipe, traded=traded, vintage=vintage, progress=progress, cache=cache
        )
    rows = write_linkages(found, out)
    render(rows, fmt, title=f"{len(found.codes):,} industries in {out}")
