"""Two clusters side by side: figures, links, ties, and the occupations and regions they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    YEAR,
)


@dataclass(frozen=True, slots=True)
class ClusterFigures:
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
class LinkBetween:
    """Read row of ``compare-clusters.link``."""

    strength: str
    bcr: float
    percentile: float
    ri_avg: float
    driver: str
    source: str


@dataclass(frozen=True, slots=True)
class SalesBetween:
    """Read row of ``compare-clusters.flows``."""

    seller: str
    million_usd: float
    source: str


@dataclass(frozen=True, slots=True)
class SharedOccupation:
    """Read row of ``compare-clusters.occupations``."""

    key: str
    name: str
    a: float
    b: float
    source: str


@dataclass(frozen=True, slots=True)
class TieBetween:
    """Read row of ``compare-clusters.ties``."""

    key: str
    name: str
    other: str
    combined: float
    source: str


@dataclass(frozen=True, slots=True)
class SharedRegion:
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
    found: dict[str, ClusterFigures] = {f.key: f for f in read["compare-clusters.figures"]}
    rows: list[Any] = [
        CompareClustersRow(
            section="size" if field in _SIZES else "score",
            key=field,
            name=words,
            a=getattr(found.get(a), field, None),
            b=getattr(found.get(b), field, None),
            note=unit,
            source=getattr(found.get(a), "source", None),
        )
        for field, (words, unit) in _FIGURES.items()
    ]
    for x in read["compare-clusters.link"]:
        said = f"{x.strength}; strongest linkage: {x.driver}"
        rows += [
            CompareClustersRow(
                section="link",
                key="bcr",
                both=x.bcr,
                note=said,
                source=x.source,
                name="relatedness between them (standard deviations)",
            ),
            CompareClustersRow(
                section="link",
                key="percentile",
                both=x.percentile,
                name="its percentile over all pairs",
                source=x.source,
            ),
            CompareClustersRow(
                section="link",
                key="ri_avg",
                both=x.ri_avg,
                source=x.source,
                name="share of industries strongly related to the other",
            ),
        ]
    flows: dict[str, SalesBetween] = {f.seller: f for f in read["compare-clusters.flows"]}
    if flows:
        rows.append(
            CompareClustersRow(
                section="link",
                key="sales",
                name="sales to the other a year",
                a=flows[a].million_usd if a in flows else None,
                b=flows[b].million_usd if b in flows else None,
                note="million USD",
                source=next(iter(flows.values())).source,
            )
        )
    rows += [
        CompareClustersRow(
            section="tie", key=t.key, name=f"{t.name} - {t.other}", both=t.combined, source=t.source
        )
        for t in read["compare-clusters.ties"]
    ]
    shared = sorted(read["compare-clusters.occupations"], key=lambda o: (-min(o.a, o.b), o.key))
    rows += [
        CompareClustersRow(
            section="occupation",
            key=o.key,
            name=o.name,
            a=o.a,
            b=o.b,
            both=min(o.a, o.b),
            source=o.source,
        )
        for o in shared[:10]
    ]
    rows += [
        CompareClustersRow(
            section="region", key=r.key, name=r.name, a=r.a, b=r.b, both=r.jobs, source=r.source
        )
        for r in read["compare-clusters.regions"]
    ]
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
    order=120,
    words="How do two clusters differ, what links them, and where are both strong?",
    row=CompareClustersRow,
    params={"a": CLUSTER, "b": CLUSTER, "definition": DEFINITION, "year": YEAR},
    counted="areas where at least one of them is strong",
    counted_section="region",
    parts=(
        Part("compare-clusters.figures", ClusterFigures),
        Part("compare-clusters.link", LinkBetween),
        Part("compare-clusters.flows", SalesBetween),
        Part("compare-clusters.ties", TieBetween),
        Part("compare-clusters.occupations", SharedOccupation),
        Part("compare-clusters.regions", SharedRegion),
    ),
    shape=_clusters,
    notes=_cluster_notes,
    picture=Picture(
        "bubbles",
        "{a} (x) and {b} (y): shares of employment by occupation",
        "a",
        "b",
        sections=("occupation",),
    ),
    examples=({"a": "biopharma", "b": "medical devices"},),
)
