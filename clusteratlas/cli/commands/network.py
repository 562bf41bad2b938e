"""``clusteratlas network``: an anatomy as a network, for other programs, and its measures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.options import (
    ClusterFileOption,
    RankAmongOption,
    RankedAmong,
    RegionFileOption,
    StoreOption,
    opened,
)
from clusteratlas.cli.output.rows import FormatOption, render


def network(
    cluster: Annotated[str, typer.Option(metavar="CLUSTER", help="Cluster: a name, or part.")],
    region: Annotated[str, typer.Option(metavar="REGION", help="Region: a name, or part.")],
    out: Annotated[
        Path | None,
        typer.Option(help="File to write the network to: .graphml, .gexf, .cyjs or .mmd."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows of each section at most.")] = 12,
    store: StoreOption = None,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    fmt: FormatOption = None,
) -> None:
    """Show the network of a cluster's anatomy in a region, and who holds it together.

    For each industry and organization: its links, its betweenness (the share of shortest paths
    that lead through it), its bridges and its community.
    """
    from clusteratlas.queries.exports import write_network
    from clusteratlas.queries.questions.regions.anatomy.network import (
        anatomy_network,
        node_measures,
    )

    with opened(store, region_file, rank_among, cluster_file) as atlas:
        graph = anatomy_network(atlas, cluster, region, limit=limit)
    notes = [f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} links"]
    if out is not None:
        notes.append(write_network(graph, out))
    center = next(iter(graph))
    notes.append(f"{graph.nodes[center]['name']}, on which all hangs, is not measured itself")
    render(node_measures(graph, without=center), fmt, notes=notes)
