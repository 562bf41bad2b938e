"""Options that several commands share, declared once so that they read the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from clusteratlas.queries.atlas.library import Atlas


class RankedAmong(StrEnum):
    """Regions that custom ones are ranked among."""

    ea = "ea"
    state = "state"
    metropolitan = "metropolitan"
    micropolitan = "micropolitan"
    county = "county"


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="CLUSTERATLAS_STORE",
        metavar="URL",
        help="neo4j://HOST, bolt://HOST, or the path of an embedded store. Default: an embedded "
        "store in your data folder. User and password come from NEO4J_USER and NEO4J_PASSWORD.",
        show_default=False,
    ),
]
EditionArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[EDITION]",
        help="Folder of an edition. Default: the edition that comes with the package.",
        show_default=False,
    ),
]
AskedEditionOption = Annotated[
    str | None,
    typer.Option(
        "--edition",
        metavar="KEY",
        help="Edition to ask, where the store holds several. Default: the newest by its key.",
        show_default=False,
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing while working.")]
PlotOption = Annotated[
    Path | None,
    typer.Option("--plot", help="Draw the answer into FILE.html, .svg or .png.", metavar="FILE"),
]
SectionOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Give the rows of this section alone, with the columns that it uses."
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Compute every step again.")]
ExplainOption = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Build nothing: list what TABLE (default: everything) depends on, in order.",
    ),
]
MermaidOption = Annotated[
    bool, typer.Option("--mermaid", help="With --explain: draw it as a Mermaid flowchart.")
]
RegionFileOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--region-file",
        metavar="FILE",
        help="Regions of your own, CSV (name, county) or YAML (name: [counties]). May be repeated.",
        show_default=False,
    ),
]
ClusterFileOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--cluster-file",
        metavar="FILE",
        help="Clusters of your own, CSV (name, naics) or YAML (name: [codes]); an industry may be "
        "in several. May be repeated.",
        show_default=False,
    ),
]
RankAmongOption = Annotated[
    RankedAmong,
    typer.Option(help="Regions that your own are ranked among."),
]


def opened(
    store: str | None,
    region_file: Sequence[Path] | None,
    rank_among: str,
    cluster_file: Sequence[Path] | None,
    edition: str | None = None,
    *,
    read_only: bool = True,
) -> Atlas:
    """Open the atlas that a command is about, with what a user adds to it."""
    from clusteratlas import open_atlas

    return open_atlas(
        store,
        edition=edition,
        read_only=read_only,
        region_files=region_file or (),
        rank_among=rank_among,
        cluster_files=cluster_file or (),
    )
