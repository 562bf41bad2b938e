"""Questions about regions: portfolio, where a cluster is, the neighbors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import (
    Context,
    Param,
    Part,
    Picture,
    Question,
    Read,
    column,
    optional,
)
from clusteratlas.queries.questions.common import (
    CLUSTER,
    DEFINITION,
    GROUND,
    MEASURED_TYPES,
    REGION,
    YEAR,
    estimate_note,
    limit,
)

# region


@dataclass(frozen=True, slots=True)
class Profile:
    """Read row of ``region.profile``."""

    key: str
    name: str
    kind: str
    population: int | None
    income_per_capita: float | None
    jobs: int
    traded_jobs: int
    strong_clusters: int
    strength: float | None
    estimated_share: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Read row of ``region.clusters``: one cluster in the region."""

    key: str
    name: str
    kind: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    lq: float
    share_region: float
    share_nation: float
    rank: int
    percentile: float | None
    strong: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """The region itself, then its clusters, strong ones first."""

    section: str = column("region, or cluster")
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    kind: str = column("type of the region; traded or local for clusters")
    population: int | None = optional("resident population", "persons")
    income_per_capita: float | None = optional("personal income a head", "USD")
    jobs: int = column("employment; estimates for withheld cells included", "jobs")
    traded_jobs: int | None = optional("employment in traded clusters", "jobs")
    strong_clusters: int | None = optional("number of strong clusters", "clusters")
    strength: float | None = optional(
        "cluster strength: strong clusters' part of traded jobs", "share"
    )
    jobs_low: int | None = optional("employment that is published", "jobs")
    jobs_high: int | None = optional("largest employment that the totals allow", "jobs")
    establishments: int | None = optional("establishments", "establishments")
    lq: float | None = optional("location quotient on the traded (local) base", "ratio")
    share_region: float | None = optional("share of the region's traded (local) jobs", "share")
    share_nation: float | None = optional("share of the cluster's national jobs", "share")
    rank: int | None = optional("rank by jobs among regions of its type")
    percentile: float | None = optional("percentile of the LQ among regions of its type", "percent")
    strong: bool | None = optional("strong cluster")
    source: str = column("file behind the figures")


def _region(read: Read, context: Context) -> list[Any]:
    rows: list[Any] = [
        RegionRow(
            section="region", key=p.key, name=p.name, kind=p.kind, population=p.population,
            income_per_capita=p.income_per_capita, jobs=p.jobs, traded_jobs=p.traded_jobs,
            strong_clusters=p.strong_clusters, strength=p.strength, source=p.source,
        )
        for p in read["region.profile"]
    ]  # fmt: skip
    clusters: Sequence[Standing] = read["region.clusters"]
    rows += [
        RegionRow(
            section="cluster", key=c.key, name=c.name, kind=c.kind, jobs=c.jobs,
            jobs_low=c.jobs_low, jobs_high=c.jobs_high, establishments=c.establishments, lq=c.lq,
            share_region=c.share_region, share_nation=c.share_nation, rank=c.rank,
            percentile=c.percentile, strong=c.strong, source=c.source,
        )
        for c in clusters[: context.arguments["limit"]]
    ]  # fmt: skip
    return rows


def _region_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [
            f"no figures for {context.names['region']} in {context.arguments['year']} under "
            f"{context.arguments['definition']}"
        ]
    return [
        f"figures of {context.arguments['year']}",
        *estimate_note(r for r in rows if r.section == "cluster"),
    ]


region = Question(
    id="region",
    words="Which clusters does this region have, and which of them are strong?",
    row=RegionRow,
    params={
        "region": REGION,
        "kind": Param("choice", "traded or local clusters", required=False, default="traded",
                      choices=("traded", "local")),
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(60),
    },
    counted="clusters of that kind",
    counted_section="cluster",
    parts=(Part("region.profile", Profile), Part("region.clusters", Standing)),
    shape=_region,
    notes=_region_notes,
    picture=Picture("bubbles", "Clusters of {region}", "lq", "jobs", "strong", "establishments",
                    sections=("cluster",)),
    examples=({"region": "boston"}, {"region": "massachusetts"}, {"region": "county:25017"}),
)  # fmt: skip


# top-regions


@dataclass(frozen=True, slots=True, kw_only=True)
class TopRegionRow:
    """One region with the cluster."""

    key: str = column("key of the region")
    name: str = column("its name")
    jobs: int = column("employment; estimates for withheld cells included", "jobs")
    jobs_low: int = column("employment that is published", "jobs")
    jobs_high: int = column("largest employment that the totals allow", "jobs")
    establishments: int = column("establishments", "establishments")
    lq: float = column("location quotient on the traded (local) base", "ratio")
    share_nation: float = column("share of the cluster's national jobs", "share")
    rank: int = column("rank by jobs among regions of its type")
    rank_lq: int = column("rank by LQ among regions of its type")
    percentile: float | None = column("percentile of the LQ among regions of its type", "percent")
    strong: bool = column("strong cluster")
    longitude: float | None = column("centroid", "degrees")
    latitude: float | None = column("centroid", "degrees")
    source: str = column("file behind the figures")


def _top_notes(rows: Sequence[Any], context: Context) -> list[str]:
    return [f"figures of {context.arguments['year']}", *estimate_note(rows)]


top_regions = Question(
    id="top-regions",
    words="Where is this cluster largest, most specialized or strong?",
    row=TopRegionRow,
    params={
        "cluster": CLUSTER,
        "type": Param("choice", "type of region", required=False, default="cbsa",
                      choices=MEASURED_TYPES),
        "by": Param("choice", "order: jobs, lq, or jobs of strong ones first (strong)",
                    required=False, default="jobs", choices=("jobs", "lq", "strong")),
        "state": Param("state", "only regions in this state", required=False, default="",
                       labels=("Region",), types=("state",)),
        "definition": DEFINITION,
        "year": YEAR,
        "limit": Param("number", "rows at most", required=False, default=10),
    },
    counted="regions of that type with the cluster",
    notes=_top_notes,
    picture=Picture("map", "{cluster} by region", "longitude", "latitude", "lq", "jobs"),
    backdrop=GROUND,
    examples=({"cluster": "biopharma"}, {"cluster": "automotive", "type": "state", "by": "lq"}),
)  # fmt: skip


# neighbors


@dataclass(frozen=True, slots=True)
class Neighbor:
    """Read row of ``neighbors.regions`` and ``neighbors.self``."""

    key: str
    name: str
    longitude: float | None
    latitude: float | None
    source: str


@dataclass(frozen=True, slots=True)
class NeighborFigures:
    """Read row of ``neighbors.figures``."""

    key: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    lq: float
    share_nation: float
    rank: int
    strong: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Read row of ``hub``: one cluster in one region."""

    key: str
    name: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    lq: float
    share_region: float
    share_nation: float
    rank: int
    rank_lq: int
    percentile: float | None
    strong: bool
    lq_p75: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighborRow:
    """The cluster in the region, then in each adjacent one."""

    section: str = column("region, or neighbor")
    key: str = column("key of the region")
    name: str = column("its name")
    jobs: int = column("employment; 0 where no establishment is reported", "jobs")
    jobs_low: int | None = optional("employment that is published", "jobs")
    jobs_high: int | None = optional("largest employment that the totals allow", "jobs")
    establishments: int | None = optional("establishments", "establishments")
    lq: float | None = optional("location quotient on the traded (local) base", "ratio")
    share_nation: float | None = optional("share of the cluster's national jobs", "share")
    rank: int | None = optional("rank by jobs among regions of its type")
    strong: bool = column("strong cluster")
    longitude: float | None = column("centroid", "degrees")
    latitude: float | None = column("centroid", "degrees")
    source: str = column("file behind the figures, or the border")


def _neighbors(read: Read, context: Context) -> list[Any]:
    figures: dict[str, Any] = {f.key: f for f in read["neighbors.figures"]}
    if read["hub"]:
        figures[context.arguments["region"]] = read["hub"][0]
    rows = []
    for section, regions in (("region", "neighbors.self"), ("neighbor", "neighbors.regions")):
        for r in read[regions]:
            f = figures.get(r.key)
            rows.append(
                NeighborRow(
                    section=section, key=r.key, name=r.name,
                    jobs=f.jobs if f else 0,
                    strong=f.strong if f else False,
                    longitude=r.longitude, latitude=r.latitude,
                    source=f.source if f else r.source,
                    **{n: getattr(f, n) for n in _FIGURES if f},
                )
            )  # fmt: skip
    return sorted(rows, key=lambda r: (r.section != "region", -r.jobs, r.key))


_FIGURES = ("jobs_low", "jobs_high", "establishments", "lq", "share_nation", "rank")


def _neighbor_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not any(r.section == "neighbor" for r in rows):
        return [f"no region of its type shares a border with {context.names['region']}"]
    strong = [r.name for r in rows if r.strong and r.section == "neighbor"]
    said = (
        f"strong in {len(strong)} adjacent regions: {'; '.join(strong)}"
        if strong
        else ("strong in no adjacent region")
    )
    return [f"figures of {context.arguments['year']}", said, *estimate_note(rows)]


neighbors = Question(
    id="neighbors",
    words="Do the adjacent regions have the same cluster?",
    row=NeighborRow,
    params={"cluster": CLUSTER, "region": REGION, "definition": DEFINITION, "year": YEAR},
    counted="adjacent regions",
    counted_section="neighbor",
    parts=(
        Part("neighbors.self", Neighbor),
        Part("neighbors.regions", Neighbor),
        Part("neighbors.figures", NeighborFigures),
        Part("hub", Hub),
    ),
    shape=_neighbors,
    notes=_neighbor_notes,
    picture=Picture("map", "{cluster} in and around {region}", "longitude", "latitude", "lq",
                    "jobs"),
    backdrop=GROUND,
    examples=({"cluster": "biopharma", "region": "boston"},
              {"cluster": "automotive", "region": "county:26163"}),
)  # fmt: skip

QUESTIONS = (region, top_regions, neighbors)
