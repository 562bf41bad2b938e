"""``clusteratlas report``: pages to read, made from an edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import (
    ClusterFileOption,
    QuietOption,
    RankAmongOption,
    RankedAmong,
    RegionFileOption,
    StoreOption,
    opened,
)
from clusteratlas.cli.output.lines import say

if TYPE_CHECKING:
    from clusteratlas.queries.atlas.library import Atlas

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
        about = open_edition(edition)
        write_report(definitions_report(about, candidates=candidates, progress=progress), out)
    if not quiet:
        say(f"definitions of {about.key} in {out}", err=True)


DefinitionOption = Annotated[
    str | None,
    typer.Option("--definition", help="Set of definitions. Default: the default set."),
]
PageOption = Annotated[Path, typer.Option("--out", metavar="FILE.html", help="Page to write.")]
RegionArgument = Annotated[str, typer.Argument(help="Region: a name, or part of one.")]
ClusterArgument = Annotated[str, typer.Argument(help="Cluster: a name, or part of one.")]


@app.command("region")
def write_region(
    region: RegionArgument,
    out: PageOption,
    definition: DefinitionOption = None,
    year: Annotated[int | None, typer.Option(help="Year. Default: the newest.")] = None,
    store: StoreOption = None,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write what a board reads about a region: a page for US Letter, for offline use.

    Strong clusters, what is nearly strong, the largest, each with what the published figures leave
    open, and the sources. A browser prints it, into PDF too.
    """
    from clusteratlas.report import region_brief

    _write(
        out,
        (store, region_file, rank_among, cluster_file),
        lambda atlas: region_brief(atlas, region, definition=definition, year=year),
        quiet=quiet,
    )


@app.command("cluster")
def write_cluster(
    cluster: ClusterArgument,
    out: PageOption,
    definition: DefinitionOption = None,
    store: StoreOption = None,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write what a cluster is and where: a page for US Letter, for offline use."""
    from clusteratlas.report import cluster_brief

    _write(
        out,
        (store, region_file, rank_among, cluster_file),
        lambda atlas: cluster_brief(atlas, cluster, definition=definition),
        quiet=quiet,
    )


@app.command("anatomy")
def write_anatomy(
    cluster: ClusterArgument,
    region: RegionArgument,
    out: PageOption,
    definition: DefinitionOption = None,
    store: StoreOption = None,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write what a cluster in a region is made of: a page for US Letter, for offline use."""
    from clusteratlas.report import anatomy_brief

    _write(
        out,
        (store, region_file, rank_among, cluster_file),
        lambda atlas: anatomy_brief(atlas, cluster, region, definition=definition),
        quiet=quiet,
    )


def _write(
    out: Path,
    opening: tuple[str | None, list[Path] | None, RankedAmong, list[Path] | None],
    make: Callable[[Atlas], str],
    *,
    quiet: bool,
) -> None:
    from clusteratlas.report import check_target, write_report

    check_target(out)
    with opened(*opening) as atlas:
        write_report(make(atlas), out)
    if not quiet:
        say(f"{out} is written; a browser prints it", err=True)
