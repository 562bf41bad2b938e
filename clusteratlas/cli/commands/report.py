"""``clusteratlas report``: pages to read, made from an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import QuietOption, StoreOption
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


@app.command("region")
def write_region(
    region: Annotated[str, typer.Argument(help="Region: a name, or part of one.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help="Page to write.")],
    definition: Annotated[
        str | None, typer.Option(help="Set of definitions. Default: the default set.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year. Default: the newest.")] = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write what a board reads about a region: one page for US Letter, for offline use.

    Strong clusters, what is nearly strong, the largest, each with what the published figures leave
    open, and the sources. A browser prints it, into PDF too.
    """
    from clusteratlas.queries.atlas.library import open_atlas
    from clusteratlas.report import check_target, region_brief, write_report

    check_target(out)
    with open_atlas(store) as atlas:
        write_report(region_brief(atlas, region, definition=definition, year=year), out)
    if not quiet:
        say(f"{region} in {out}", err=True)
