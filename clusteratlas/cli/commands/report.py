"""``clusteratlas report``: pages to read, made from an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import QuietOption
from clusteratlas.cli.output.lines import say

app = typer.Typer(cls=LightGroup, help="Write a report to read.", no_args_is_help=True)


@app.callback()
def report_root() -> None:
    """Write a report to read."""


@app.command("definitions")
def write_definitions(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help="Page to write.")],
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            help="Folder of an edition. Default: the edition that comes with the package.",
            show_default=False,
        ),
    ] = None,
    candidates: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Candidates, as `derive --sweep` writes them. Default: those of the edition.",
        ),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Write what a referee would read of the cluster definitions: one page, for offline use.

    Method, candidates, scores, stability, every cluster on a panel, comparison with the other
    sets, judged moves, and a model card with limits. All figures are computed from the edition.
    """
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.progress import reporting
    from clusteratlas.report import check_target, definitions_report, write_report

    check_target(out)
    with reporting(quiet=quiet) as progress:
        opened = open_edition(edition)
        write_report(definitions_report(opened, candidates=candidates, progress=progress), out)
    if not quiet:
        say(f"definitions of {opened.key} in {out}", err=True)
