"""Two clusters, or two regions, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import (
    Context,
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
    END_A,
    END_B,
    REGION,
    YEAR,
    limit,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Read row of ``compare-clusters.figures``."""

    key: str
    kind: str
    industries: int
    jobs: int | None
    establishments: int | None
    payroll: int | None
    wcr: float | None
    bcr_mean: float | None
    consumer_share: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Between:
    """Read row of ``compare-clusters.link``."""

    strength: str
    bcr: float
    percentile: float
    ri_avg: float
    driver: str
    source: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Read row of ``compare-clusters.flows``."""

    seller: str
    usd: float
    source: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Read row of ``compare-clusters.occupations``."""

    key: str
    name: str
    a: float
    b: float
    source: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """Read row of ``compare-clusters.ties``."""

    key: str
    name: str
    other: str
    combined: float
    source: str


@dataclass(frozen=True, slots=True)
class Both:
    """Read row of ``compare-clusters.regions``."""

    key: str
    name: str
    a: float
    b: float
    jobs: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareClustersRow:
    """One figure, tie, shared occupation or shared region of the two clusters."""

    section: str = column("size, score, link, tie, occupation or region")
    key: str = column("name of the figure, or key of the thing")
    name: str = column("in words; of a tie, both industries")
    a: float | None = optional(
        "the first cluster's figure; sales to the other; share of employment; LQ in the region"
    )
    b: float | None = optional("the same of the second cluster")
    both: float | None = optional("a figure that the two have together")
    note: str | None = optional("strength and driver of the link; unit of a figure")
    source: str | None = optional("file behind the figures")


_FIGURES = {
    "industries": ("member industries", "industries"),
    "jobs": ("employment, nation", "jobs"),
    "establishments": ("establishments, nation", "establishments"),
    "payroll": ("annual payroll", "thousand USD"),
    "wcr": ("relatedness within", "standard deviations"),
    "bcr_mean": ("mean relatedness to other clusters", "standard deviations"),
    "consumer_share": ("share of output sold to consumption", "share"),
}


_SIZES = ("industries", "jobs", "establishments", "payroll")


def _clusters(read: Read, context: Context) -> list[Any]:
    a, b = context.arguments["a"], context.arguments["b"]
    found: dict[str, Figures] = {f.key: f for f in read["compare-clusters.figures"]}
    rows: list[Any] = [
        CompareClustersRow(
            section="size" if field in _SIZES else "score", key=field, name=words,
            a=getattr(found.get(a), field, None),
            b=getattr(found.get(b), field, None), note=unit,
            source=getattr(found.get(a), "source", None),
        )
        for field, (words, unit) in _FIGURES.items()
    ]  # fmt: skip
    for x in read["compare-clusters.link"]:
        said = f"{x.strength}; strongest linkage: {x.driver}"
        rows += [
            CompareClustersRow(section="link", key="bcr", both=x.bcr, note=said, source=x.source,
                               name="relatedness between them (standard deviations)"),
            CompareClustersRow(section="link", key="percentile", both=x.percentile,
                               name="its percentile over all pairs", source=x.source),
            CompareClustersRow(section="link", key="ri_avg", both=x.ri_avg, source=x.source,
                               name="share of industries strongly related to the other"),
        ]  # fmt: skip
    flows: dict[str, Flow] = {f.seller: f for f in read["compare-clusters.flows"]}
    if flows:
        rows.append(
            CompareClustersRow(
                section="link", key="sales", name="sales to the other a year",
                a=flows[a].usd if a in flows else None, b=flows[b].usd if b in flows else None,
                note="million USD", source=next(iter(flows.values())).source,
            )
        )  # fmt: skip
    rows += [
        CompareClustersRow(section="tie", key=t.key, name=f"{t.name} - {t.other}", both=t.combined,
                           source=t.source)
        for t in read["compare-clusters.ties"]
    ]  # fmt: skip
    shared = sorted(read["compare-clusters.occupations"], key=lambda o: (-min(o.a, o.b), o.key))
    rows += [
        CompareClustersRow(section="occupation", key=o.key, name=o.name, a=o.a, b=o.b,
                           both=min(o.a, o.b), source=o.source)
        for o in shared[:10]
    ]  # fmt: skip
    rows += [
        CompareClustersRow(section="region", key=r.key, name=r.name, a=r.a, b=r.b, both=r.jobs,
                           source=r.source)
        for r in read["compare-clusters.regions"]
    ]  # fmt: skip
    return rows


def _cluster_notes(rows: Sequence[Any], context: Context) -> list[str]:
    notes = [f"a is {context.names['a']}, b is {context.names['b']}"]
    if not any(r.section == "link" and r.key == "bcr" for r in rows):
        notes.append("the two are not linked")
    notes.append(
        f"regions: metropolitan and micropolitan areas where both are strong in "
        f"{context.arguments['year']}, location quotients and joint jobs"
    )
    return notes


compare_clusters = Question(
    id="compare-clusters",
    words="How do two clusters differ, what links them, and where are both strong?",
    row=CompareClustersRow,
    params={"a": CLUSTER, "b": CLUSTER, "definition": DEFINITION, "year": YEAR},
    counted="areas where at least one of them is strong",
    counted_section="region",
    parts=(
        Part("compare-clusters.figures", Figures),
        Part("compare-clusters.link", Between),
        Part("compare-clusters.flows", Flow),
        Part("compare-clusters.ties", Bridge),
        Part("compare-clusters.occupations", Shared),
        Part("compare-clusters.regions", Both),
    ),
    shape=_clusters,
    notes=_cluster_notes,
    picture=Picture("bubbles", "{a} (x) and {b} (y): shares of employment by occupation", "a", "b",
                    sections=("occupation",)),
    examples=({"a": "biopharma", "b": "medical devices"},),
)  # fmt: skip


# compare-regions


@dataclass(frozen=True, slots=True)
class RegionCluster:
    """Read row of ``compare-regions.clusters``."""

    region: str
    key: str
    name: str
    jobs: int
    lq: float
    share: float
    strong: bool
    source: str


@dataclass(frozen=True, slots=True)
class RegionTotals:
    """Read row of ``compare-regions.profiles``."""

    region: str
    jobs: int
    traded_jobs: int
    strong_clusters: int
    strength: float | None
    population: int | None
    income_per_capita: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRegionsRow:
    """One figure or one cluster of both regions."""

    section: str = column("total, or cluster")
    key: str = column("name of the figure, or key of the cluster")
    name: str = column("the figure in words, or the cluster's name")
    a: float | None = optional("the figure of the first region")
    b: float | None = optional("the figure of the second region")
    jobs_a: int | None = optional("employment in the first region", "jobs")
    jobs_b: int | None = optional("employment in the second region", "jobs")
    lq_a: float | None = optional("location quotient in the first region", "ratio")
    lq_b: float | None = optional("location quotient in the second region", "ratio")
    share_a: float | None = optional("share of the first region's traded jobs", "share")
    share_b: float | None = optional("share of the second region's traded jobs", "share")
    strong_a: bool | None = optional("strong in the first region")
    strong_b: bool | None = optional("strong in the second region")
    source: str = column("file behind the figures")


_TOTALS = {
    "jobs": "employment",
    "traded_jobs": "employment in traded clusters",
    "strong_clusters": "strong clusters",
    "strength": "cluster strength (share of traded jobs in strong clusters)",
    "population": "resident population",
    "income_per_capita": "personal income a head (USD)",
}


def _regions(read: Read, context: Context) -> list[Any]:
    a, b = context.arguments["a"], context.arguments["b"]
    totals = {p.region: p for p in (*read["totals a"], *read["totals b"])}
    rows: list[Any] = [
        CompareRegionsRow(
            section="total", key=field, name=words, a=getattr(totals.get(a), field, None),
            b=getattr(totals.get(b), field, None), source=(totals.get(a) or totals[b]).source,
        )
        for field, words in _TOTALS.items() if totals
    ]  # fmt: skip
    pairs: dict[str, dict[str, RegionCluster]] = {}
    for c in (*read["clusters a"], *read["clusters b"]):
        pairs.setdefault(c.key, {})[c.region] = c

    def of(key: str, region: str, field: str) -> Any:
        return getattr(pairs[key].get(region), field, None)

    order = sorted(pairs, key=lambda k: (-sum(c.jobs for c in pairs[k].values()), k))
    rows += [
        CompareRegionsRow(
            section="cluster", key=key, name=next(iter(pairs[key].values())).name,
            jobs_a=of(key, a, "jobs"), jobs_b=of(key, b, "jobs"),
            lq_a=of(key, a, "lq"), lq_b=of(key, b, "lq"),
            share_a=of(key, a, "share"), share_b=of(key, b, "share"),
            strong_a=of(key, a, "strong"), strong_b=of(key, b, "strong"),
            source=next(iter(pairs[key].values())).source,
        )
        for key in order[: context.arguments["limit"]]
    ]  # fmt: skip
    return rows


def _region_notes(rows: Sequence[Any], context: Context) -> list[str]:
    first, second = context.names["a"], context.names["b"]
    notes = [f"a is {first} ({context.arguments['year_a']}), b is {second} "
             f"({context.arguments['year_b']})"]  # fmt: skip
    both = [r.name for r in rows if r.strong_a and r.strong_b]
    if both:
        notes.append(f"strong in both: {', '.join(both)}")
    return notes


compare_regions = Question(
    id="compare-regions",
    words="How do the cluster portfolios of two regions differ?",
    row=CompareRegionsRow,
    params={
        "a": REGION,
        "b": REGION,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(60),
    },
    counted="traded clusters",
    counted_section="cluster",
    parts=(
        Part("compare-regions.clusters", RegionCluster, "clusters a", END_A),
        Part("compare-regions.clusters", RegionCluster, "clusters b", END_B),
        Part("compare-regions.profiles", RegionTotals, "totals a", END_A),
        Part("compare-regions.profiles", RegionTotals, "totals b", END_B),
    ),
    shape=_regions,
    notes=_region_notes,
    picture=Picture("bubbles", "{a} (x) and {b} (y): location quotients", "lq_a", "lq_b",
                    size="jobs_a", sections=("cluster",)),
    examples=({"a": "boston", "b": "san francisco"}, {"a": "MA", "b": "CA"}),
)  # fmt: skip

QUESTIONS = (compare_regions, compare_clusters)
