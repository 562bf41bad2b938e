"""Where a cluster is concentrated in space, borders of regions aside: Getis-Ord G*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.areas import (
    AREAS,
    REGION_CLUSTER,
    AreaFigures,
    map_areas,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words, unmeasured_note

SPOTS = {1: "hot", 0: "neither", -1: "cold"}
"""What a region and those around it can be together."""


@dataclass(frozen=True, slots=True)
class SpotRegion:
    """Read row of ``hotspots.regions``."""

    key: str
    name: str
    longitude: float | None
    latitude: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Border:
    """Read row of ``hotspots.borders``."""

    a: str
    b: str


NOT_THERE = AreaFigures("", "", 0, 0, 0, 0.0, 0.0, 0.0, False)
"""A region without a row: no establishment, job or payroll is published or likely there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotRow:
    """One region with those around it."""

    key: str = column("key of the region")
    name: str = column("its name")
    spot: str = column(
        "hot or cold: the values in and around it are high or low beyond chance (adjusted p at "
        "most 0.05); or neither"
    )
    certain: bool = column("whether withheld cells in and around it cannot change that")
    pattern: str = column("its own value, then the mean of its neighbors', beside the mean of all")
    z: float | None = column(
        "Getis-Ord G* as a z-score; none where the region is next to all others",
        "standard deviations",
    )
    z_low: float | None = column(
        "smallest with withheld cells in and around it", "standard deviations"
    )
    z_high: float | None = column(
        "largest with withheld cells in and around it", "standard deviations"
    )
    p: float | None = column("two-sided p by the normal distribution", "0..1")
    p_adjusted: float | None = column(
        "the same with allowance for the number of regions (Benjamini-Hochberg)", "0..1"
    )
    neighbors: int = column("regions that share a border with it", "regions")
    jobs: int = column("employment in the region itself", of="measures.jobs")
    jobs_low: int = column(of="measures.jobs_low")
    jobs_high: int = column(of="measures.jobs_high")
    lq: float = column("location quotient of the region itself", of="measures.lq")
    lq_low: float = column(of="measured.lq_low")
    lq_high: float = column(of="measured.lq_high")
    strong: bool = column(of="measures.strong")
    longitude: float | None = column(of="regions.longitude")
    latitude: float | None = column(of="regions.latitude")
    source: str = column("file behind the figures")


def _gathered(read: Read, context: Context) -> Read:
    """Make a row of every region, those with the smallest p first."""
    regions: Sequence[SpotRegion] = read["hotspots.regions"]
    cells: Mapping[str, AreaFigures] = {c.key: c for c in read[REGION_CLUSTER.read_as]}
    if len(regions) < 2 or not cells:
        return {**read, "spots": []}
    rows = _rows(regions, cells, read["hotspots.borders"], context.arguments["by"])
    rows.sort(key=lambda r: (2.0 if r.p is None else r.p, -(r.z or 0.0), r.key))
    return {**read, "spots": rows}


def _rows(
    regions: Sequence[SpotRegion],
    cells: Mapping[str, AreaFigures],
    borders: Sequence[Border],
    by: str,
) -> list[HotspotRow]:
    import numpy as np

    from clusteratlas.analysis.regions.structure.hotspots import (
        local_g_bounds,
        local_g_star,
        neighbor_weights,
        significance,
        spots,
    )

    keys = [r.key for r in regions]
    found = [cells.get(key, NOT_THERE) for key in keys]
    x, least, most = (
        np.array([getattr(c, by + end) for c in found], dtype=float)
        for end in ("", "_low", "_high")
    )
    weights = neighbor_weights(keys, ((b.a, b.b) for b in borders))
    z = local_g_star(x, weights)
    low, high = local_g_bounds(x, least, most, weights)
    tested = significance(z)
    kinds, certain = spots(z, low, high)
    around = np.asarray(weights.sum(axis=1)) - 1
    total = weights @ x - x
    beside = np.divide(total, around, out=np.zeros_like(total), where=around > 0)
    mean = float(x.mean())
    return [
        HotspotRow(
            key=region.key,
            name=region.name,
            spot=SPOTS[int(kinds[i])],
            certain=bool(certain[i]),
            pattern=_pattern(x[i] > mean, beside[i] > mean, bool(around[i])),
            z=_figure(z[i]),
            z_low=_figure(low[i]),
            z_high=_figure(high[i]),
            p=_figure(tested.p[i]),
            p_adjusted=_figure(tested.adjusted[i]),
            neighbors=int(around[i]),
            jobs=found[i].jobs,
            jobs_low=found[i].jobs_low,
            jobs_high=found[i].jobs_high,
            lq=found[i].lq,
            lq_low=found[i].lq_low,
            lq_high=found[i].lq_high,
            strong=found[i].strong,
            longitude=region.longitude,
            latitude=region.latitude,
            source=region.source,
        )
        for i, region in enumerate(regions)
    ]


def _pattern(own: bool, others: bool, bordered: bool) -> str:
    said = "high" if own else "low"
    return f"{said} beside {'high' if others else 'low'}" if bordered else f"{said}, no neighbors"


def _figure(value: float) -> float | None:
    return None if value != value else float(value)


def _shown(read: Read, context: Context) -> list[Any]:
    return list(read["spots"][: context.arguments["limit"]])


def _areas(read: Read, context: Context) -> list[Any]:
    del context
    return map_areas(read, read["spots"])


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    every: Sequence[HotspotRow] = read["spots"]
    cluster = context.arguments["cluster"]
    if not every:
        return unmeasured_note(rows, cluster) or ["no region has figures of it"]
    there = [r for r in every if r.jobs_high]
    count = Counter(r.spot for r in every)
    open_ = [r for r in every if not r.certain]
    notes = [
        bounds_words(there, f"figures of {context.arguments['year']}"),
        f"{count['hot']:,} hot and {count['cold']:,} cold spots by "
        f"{'location quotients' if context.arguments['by'] == 'lq' else 'jobs'} among "
        f"{len(every):,} regions, the region and those that share a border with it together",
    ]
    if open_:
        lost = sum(r.spot != "neither" for r in open_)
        notes.append(
            f"with withheld cells in and around them at an end of their bounds {lost:,} of these "
            f"spots may be none, and {len(open_) - lost:,} more regions could be one"
        )
    absent = len(every) - len(there)
    if absent:
        notes.append(f"no job is published or likely in {absent:,} regions, which count as 0")
    if alone := sum(r.neighbors == 0 for r in every):
        notes.append(f"{alone:,} regions share no border, and stand for themselves")
    notes.append("p is by the normal distribution, which is rough where few regions have any jobs")
    return notes


hotspots = Question(
    id="hotspots",
    order=156,
    words="Where is this cluster concentrated in space, borders of regions aside?",
    row=HotspotRow,
    params={
        "cluster": CLUSTER,
        "type": Param(
            "choice",
            "type of region; counties show the most",
            required=False,
            default="county",
            choices=("county", "cbsa", "ea", "state"),
            in_query=False,
        ),
        "by": Param(
            "choice",
            "values that are looked at: location quotients, or jobs",
            required=False,
            default="lq",
            choices=("lq", "jobs"),
            in_query=False,
        ),
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    counted="regions of that type",
    parts=(
        Part("hotspots.regions", SpotRegion),
        Part("hotspots.borders", Border),
        REGION_CLUSTER,
    ),
    gather=_gathered,
    shape=_shown,
    coverage=_coverage,
    picture=Picture("map", "Hot spots of {cluster}", "longitude", "latitude", "spot", "jobs"),
    backdrop=AREAS,
    ground=_areas,
    examples=({"cluster": "biopharma"}, {"cluster": "automotive", "by": "jobs"}),
)
