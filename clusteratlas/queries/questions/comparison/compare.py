"""Two to ten regions, or two to ten clusters, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.language.question import (
    Context,
    OtherId,
    Part,
    Picture,
    Question,
    Read,
)
from clusteratlas.queries.questions.comparison import compare_rows as read_rows
from clusteratlas.queries.questions.comparison.compared_clusters import (
    cluster_notes,
    cluster_rows,
)
from clusteratlas.queries.questions.comparison.compared_regions import (
    region_coverage,
    region_notes,
    region_rows,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTERS,
    DEFINITION,
    LEVEL,
    REGIONS,
    YEAR,
    limit,
    region_type,
)


def _compared(read: Read, context: Context) -> list[Any]:
    shape = region_rows if context.arguments["regions"] else cluster_rows
    return list(shape(read, context))


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    told = region_notes if context.arguments["regions"] else cluster_notes
    return told(rows, context)


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    del rows
    return region_coverage(read, context) if context.arguments["regions"] else []


_REGIONS = (("region", "Region"),)
_CLUSTERS = (("cluster", "Cluster"),)


compare = Question(
    id="compare",
    order=110,
    words="How do these regions, or these clusters, differ?",
    row=read_rows.CompareRow,
    params={
        "region": REGIONS,
        "cluster": CLUSTERS,
        "level": LEVEL,
        "type": region_type("type of the regions that have all the clusters", in_query=False),
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    one_of=("region", "cluster"),
    counted="clusters",
    counted_section="cluster",
    parts=(
        Part("compare.profiles", read_rows.ComparedRegion, about=_REGIONS, each="region"),
        Part("compare.clusters", read_rows.RegionCluster, about=_REGIONS, each="region"),
        Part("compare.figures", read_rows.ComparedCluster, about=_CLUSTERS, each="cluster"),
        Part("compare.links", read_rows.LinkBetween, about=_CLUSTERS, each="cluster"),
        Part("compare.flows", read_rows.SalesBetween, about=_CLUSTERS, each="cluster"),
        Part("compare.ties", read_rows.TieBetween, about=_CLUSTERS, each="cluster"),
        Part("compare.occupations", read_rows.ClusterOccupation, about=_CLUSTERS, each="cluster"),
        Part("compare.regions", read_rows.ClusterRegion, about=_CLUSTERS, each="cluster"),
    ),
    shape=_compared,
    notes=_notes,
    coverage=_coverage,
    picture=Picture(
        "dots",
        "Location quotients: {region} {cluster}",
        "lq",
        "name",
        color="compared",
        low="lq_low",
        high="lq_high",
        sections=("cluster", "place"),
    ),
    lead=("name", "compared", "lq", "strong", "jobs", "wage"),
    examples=(
        {"region": ("boston", "san francisco", "minneapolis")},
        {"region": ("MA", "CA"), "level": "family"},
        {"cluster": ("biopharma", "medical devices")},
    ),
    aliases=(
        OtherId("compare-regions", "region", ("a", "b")),
        OtherId("compare-clusters", "cluster", ("a", "b")),
    ),
)
