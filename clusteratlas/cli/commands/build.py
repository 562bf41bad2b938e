"""``clusteratlas build``: public files in, an edition out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.options import QuietOption
from clusteratlas.cli.output.rows import Format, FormatOption, render


def build(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Folder that holds the public files.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="EDITION", help="Folder to write the edition to.")
    ],
    recipe: Annotated[
        Path | None,
        typer.Option(help="TOML file with other parameters than the packaged recipe."),
    ] = None,
    definitions: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="CSV file (naics, cluster[, subcluster, traded]) with definitions of your own, to "
            "be compared with the derived ones; may be given again.",
        ),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Compute every step again.")] = False,
    quiet: QuietOption = False,
    fmt: FormatOption = Format.table,
) -> None:
    """Build an edition from the public files.

    The same files give the same edition, byte for byte. Steps whose inputs have not changed are
    reused; an interrupted build leaves the old edition or none.
    """
    from platformdirs import user_cache_path

    from clusteratlas.cli.commands.edition import TABLE_HEADINGS, table_rows
    from clusteratlas.editions.targets.edition import build as build_edition
    from clusteratlas.progress import reporting

    cache = None if no_cache else user_cache_path("clusteratlas") / "build"
    with reporting(quiet=quiet) as progress:
        edition = build_edition(
            data, out, recipe=recipe, progress=progress, cache=cache, definitions=definitions or ()
        )
    render(
        table_rows(edition),
        fmt,
        title=f"Edition {edition.key} in {edition.path}",
        headings=TABLE_HEADINGS,
        notes=(
            f"digest {edition.digest}",
            f"next: clusteratlas load {edition.path}",
        ),
    )
