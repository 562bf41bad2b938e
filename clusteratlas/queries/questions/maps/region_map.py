"""One figure of a cluster, or of all traded clusters, in every region of a type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.errors import InputError
from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.maps.shared.figures import (
    MEASURES,
    Ground,
    MapFigures,
    MapProfile,
    Measure,
)
from clusteratlas.queries.questions.shared.areas import REGION_COUNTIES, REGION_POINTS, map_areas
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    COMPARED_TYPES,
    DEFINITION,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.remarks import unmeasured_note
from clusteratlas.vocabulary.keys import NATION


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One region of the type."""

    key: str = column("key of the region")
    name: str = column("its name")
    measure: str = column("what the figure is")
    value: float | None = optional("the chosen figure; none where it is withheld", "as unit says")
    value_low: float | None = optional(
        "least that published figures allow; none where nothing bounds it", "as unit says"
    )
    value_high: float | None = optional("most that they allow, likewise", "as unit says")
    unit: str = column("unit of the figure")
    known: str = column(
        "published; estimated (between bounds); withheld (it is there, and nothing of it is "
        "published: an estimate says little); absent (nothing is published or likely there)"
    )
    rank: int | None = optional("rank of the figure among all regions of the type, 1 = highest")
    rank_low: int | None = optional("best rank that the bounds allow")
    rank_high: int | None = optional("worst rank that they allow")
    ranked: int | None = optional("regions of the type whose figure is known", "regions")
    jobs: int | None = optional(of="measures.jobs")
    strong: bool | None = optional("whether the cluster is strong there")
    longitude: float | None = optional(of="regions.longitude")
    latitude: float | None = optional(of="regions.latitude")
    source: str = column("file behind the figure")


def _gathered(read: Read, context: Context) -> Read:
    """Make a row of every region, the largest figures first, regions without any last."""
    arguments = context.arguments
    year, since, cluster = (arguments[n] for n in ("year", "since", "cluster"))
    name = arguments["measure"]
    measure = MEASURES[name]
    compute = measure.of_cluster if cluster else measure.of_all
    if compute is None:
        raise InputError(
            f"{name} is of a whole region, not of a cluster",
            hint=f"ask without --cluster, or --measure {', '.join(_of_clusters())}",
        )
    rows: Sequence[Any] = read["map.cluster"] if cluster else read["map.profiles"]
    now, then = ({r.key: r for r in rows if r.year == y} for y in (year, since))
    profiles: dict[str, MapProfile] = {p.key: p for p in read["map.profiles"] if p.year == year}
    regions = [p for key, p in profiles.items() if key != NATION]
    ground = Ground(now, then, profiles, year - since)
    there = [p.key for p in regions if p.key in now and not _absent(now[p.key])]
    figures = dict(zip(there, compute(ground, there).tolist(), strict=True)) if there else {}
    bounded = {key: [None if v != v else v for v in value] for key, value in figures.items()}
    known = {key: _known(now[key], value) for key, value in bounded.items()}
    places = _places({key: v for key, v in figures.items() if known[key] != "withheld"})
    made = [
        _row(
            p,
            now.get(p.key),
            bounded.get(p.key, _NOTHING),
            measure,
            known=known.get(p.key, "absent"),
            **places.get(p.key, {}),
        )
        for p in regions
    ]
    made.sort(key=lambda r: (_ORDER[r.known], r.value is None, -(r.value or 0.0), r.key))
    return {**read, "mapped": made}


_ORDER = {"published": 0, "estimated": 0, "withheld": 1, "absent": 2}
"""Rows by what is known of them: what is not published could be anywhere."""


def _absent(figures: Any) -> bool:
    """Whether a cluster cannot have a job or an establishment there."""
    return isinstance(figures, MapFigures) and not (
        figures.jobs_high or figures.establishments_high
    )


def _of_clusters() -> list[str]:
    return [name for name, m in MEASURES.items() if m.of_cluster is not None]


_NOTHING: list[float | None] = [None, None, None]


def _row(
    region: MapProfile,
    figures: Any,
    bounded: Sequence[float | None],
    measure: Measure,
    **more: Any,
) -> MapRow:
    of_cluster = isinstance(figures, MapFigures)
    return MapRow(
        key=region.key,
        name=region.name,
        measure=measure.words,
        value=bounded[0],
        value_low=bounded[1],
        value_high=bounded[2],
        unit=measure.unit,
        jobs=figures.jobs if of_cluster else figures.traded_jobs if figures else None,
        strong=figures.strong if of_cluster else None,
        longitude=region.longitude,
        latitude=region.latitude,
        source=(figures or region).source,
        **more,
    )


def _known(figures: Any, bounded: Sequence[float | None]) -> str:
    value, low, high = bounded
    if value is None:
        return "withheld"
    if isinstance(figures, MapProfile):
        return "published"
    if not figures.jobs_low and figures.jobs_high:
        return "withheld"
    ends = (figures.jobs_low, figures.jobs_high) if low is None and high is None else (low, high)
    return "published" if ends[0] == ends[1] else "estimated"


def _places(figures: Mapping[str, Sequence[float]]) -> dict[str, dict[str, int]]:
    """Rank the figures that are known."""
    from clusteratlas.analysis.regions.compared.standing import standing

    if not figures:
        return {}
    # What has no bounds at all is ranked as it stands.
    ends = [
        (v, v if low != low and high != high else low, v if low != low and high != high else high)
        for v, low, high in figures.values()
    ]
    found = standing([0] * len(ends), *zip(*ends, strict=True))
    columns = (found.rank, found.best, found.worst, found.size)
    return {
        key: dict(zip(("rank", "rank_low", "rank_high", "ranked"), map(int, place), strict=True))
        for key, *place in zip(figures, *columns, strict=True)
    }


def map_finding(measure: str, place: str, figure: str) -> str:
    """Say what a map of a measure shows first: where its figure is highest, both in words."""
    return MEASURES[measure].finding.format(place=place, figure=figure)


def _shown(read: Read, context: Context) -> list[Any]:
    return list(read["mapped"][: context.arguments["limit"]])


def _areas(read: Read, context: Context) -> list[Any]:
    del context
    return map_areas(read, read["mapped"])


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    every: Sequence[MapRow] = read["mapped"]
    arguments = context.arguments
    measure = MEASURES[arguments["measure"]]
    count = Counter(r.known for r in every)
    there = len(every) - count["absent"]
    told = f"{measure.words}, {arguments['year']}"
    if arguments["measure"] == "growth" and arguments["since"] < arguments["year"]:
        told = f"{measure.words}, {arguments['since']} to {arguments['year']}"
    notes = [f"{told}; known of {there - count['withheld']:,} of {len(every):,} regions"]
    if count["estimated"]:
        notes.append(f"{count['estimated']:,} figures are estimates between bounds")
    if count["withheld"]:
        notes.append(
            f"in {count['withheld']:,} regions it is there, and nothing of the figure is published"
            + (", or it is new" if arguments["measure"] == "growth" else "")
        )
    if count["absent"]:
        notes.append(f"in {count['absent']:,} regions nothing is published or likely")
    if not arguments["cluster"] and arguments["measure"] in {"wage", "establishments"}:
        notes.append(f"{measure.words}: of all industries of the region, traded or not")
    return notes + unmeasured_note([*rows] if there else [], arguments["cluster"])


region_map = Question(
    id="map",
    order=51,
    words="What does one figure look like on a map of all regions?",
    row=MapRow,
    params={
        "cluster": Param(
            "cluster",
            f"{CLUSTER.help}; default: all traded clusters together",
            required=False,
            default="",
            labels=CLUSTER.labels,
        ),
        "measure": Param(
            "choice",
            "the figure: " + "; ".join(f"{n} ({m.words})" for n, m in MEASURES.items()),
            required=False,
            default="lq",
            choices=tuple(MEASURES),
            in_query=False,
        ),
        "type": region_type("type of region", COMPARED_TYPES, in_query=False),
        "since": Param(
            "number", "first year of the growth; default: the earliest", required=False, default=0
        ),
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    counted="regions of that type",
    parts=(
        Part("map.profiles", MapProfile),
        Part("map.cluster", MapFigures, about=(("cluster", "Cluster"),)),
    ),
    gather=_gathered,
    shape=_shown,
    coverage=_coverage,
    picture=Picture("areas", "{cluster} by region", color="value", size="jobs"),
    lead=("name", "value", "unit", "known", "rank", "jobs", "strong"),
    backdrop=(REGION_POINTS, REGION_COUNTIES),
    ground=_areas,
    examples=(
        {"cluster": "biopharma"},
        {"cluster": "automotive", "measure": "growth", "type": "state"},
        {"measure": "strength", "type": "ea"},
    ),
)
