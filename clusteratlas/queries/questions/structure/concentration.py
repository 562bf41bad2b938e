"""How concentrated traded clusters are in space, and how specialized a region is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.language.question import Context, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    COMPARED_TYPES,
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words
from clusteratlas.queries.questions.structure.shared.cells import (
    CELLS,
    COMPARED,
    NATIONAL_YEARS,
    NationalFigures,
    StructureRegion,
    job_tables,
)
from clusteratlas.vocabulary.keys import CUSTOM, is_custom_definition, is_region, parse_cluster

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcentrationRow:
    """One traded cluster in all regions of a type, or the region that is asked about."""

    section: str = column("cluster, or region (the one asked about)")
    key: str = column("key of the cluster or region")
    name: str = column("its name")
    position: int = column(
        "cluster: 1 = most concentrated, by the Gini; region: 1 = most specialized, by Krugman's "
        "index",
        None,
    )
    position_low: int = column("first position that withheld cells allow", None)
    position_high: int = column("last position that withheld cells allow", None)
    gini: float | None = optional(
        "cluster: locational Gini, of the location quotients of regions with their shares of "
        "traded jobs as weights; 0 spread like these",
        "0..1",
    )
    gini_low: float | None = optional("least that withheld cells allow", "0..1")
    gini_high: float | None = optional("greatest that withheld cells allow", "0..1")
    hoover: float | None = optional(
        "cluster: share of its jobs that would have to move to be spread like traded jobs", "0..1"
    )
    hoover_low: float | None = optional("least that withheld cells allow", "0..1")
    hoover_high: float | None = optional("greatest that withheld cells allow", "0..1")
    krugman: float | None = optional(
        "region: sum of the differences between its shares of clusters in traded jobs and the "
        "nation's: 0 the same, 2 nothing in common",
        "index",
    )
    krugman_low: float | None = optional("least that withheld cells allow", "index")
    krugman_high: float | None = optional("greatest that withheld cells allow", "index")
    hachman: float | None = optional(
        "region: likeness of its mix to the nation's, 1 / sum of share * LQ; 1 the same", "0..1"
    )
    hachman_low: float | None = optional("least that withheld cells allow", "0..1")
    hachman_high: float | None = optional("greatest that withheld cells allow", "0..1")
    jobs: int = column("cluster: in these regions; region: in traded clusters", of="measures.jobs")
    jobs_low: int = column("smallest employment that its cells allow", of="measures.jobs_low")
    jobs_high: int = column("largest employment that its cells allow", of="measures.jobs_high")
    source: str = column("file behind the figures")


Bounds = tuple["FloatArray", "FloatArray", "FloatArray"]
"""Figures, the least and the greatest that they can be."""


def _gathered(read: Read, context: Context) -> Read:
    """Make a row of every cluster, and one of the region that is asked about."""
    year, asked = context.arguments["year"], context.arguments["region"]
    regions: list[StructureRegion] = [r for r in read[COMPARED.read_as] if r.traded_jobs]
    pool = [r for r in regions if not is_region(r.key, CUSTOM)]
    nation: list[NationalFigures] = [f for f in read[NATIONAL_YEARS.read_as] if f.year == year]
    tables = job_tables(read[CELLS.read_as], [r.key for r in pool], [f.key for f in nation])
    if len(pool) < 2 or not tables[0].any():
        return {**read, "pool": pool, "clusters": [], "regions": []}
    at = next((r for r in regions if r.key == asked), None)
    return {
        **read,
        "pool": pool,
        "clusters": _cluster_rows(tables, pool, nation),
        "regions": [] if at is None else [_region_row(at, regions, nation, read)],
    }


def _cluster_rows(
    tables: Bounds, pool: Sequence[StructureRegion], nation: Sequence[NationalFigures]
) -> list[ConcentrationRow]:
    import numpy as np

    from clusteratlas.analysis.regions.structure.concentration import (
        hoover_index,
        locational_gini,
    )
    from clusteratlas.analysis.regions.structure.ranges.concentration_bounds import (
        gini_bounds,
        hoover_bounds,
    )

    there = [j for j, of_all in enumerate(tables[0].sum(axis=0)) if of_all]
    jobs, low, high = (t.T[there] for t in tables)
    total = jobs.sum(axis=1, keepdims=True)
    s, least, most = jobs / total, low / total, np.minimum(high / total, 1.0)
    traded = np.array([r.traded_jobs for r in pool], dtype=float)
    x = traded / traded.sum()
    figures = {
        "gini": _within(locational_gini(s, x), gini_bounds(least, most, x)),
        "hoover": _within(hoover_index(s, x), hoover_bounds(least, most, x)),
        "jobs": (jobs.sum(axis=1), low.sum(axis=1), high.sum(axis=1)),
    }
    positions = _positions(figures["gini"])
    rows = [
        ConcentrationRow(
            section="cluster",
            key=nation[j].key,
            name=nation[j].name,
            source=nation[j].source,
            **positions[i],
            **_at(figures, i),
        )
        for i, j in enumerate(there)
    ]
    return sorted(rows, key=lambda r: (r.position, r.key))


def _region_row(
    asked: StructureRegion,
    regions: Sequence[StructureRegion],
    nation: Sequence[NationalFigures],
    read: Read,
) -> ConcentrationRow:
    """Compute the indices of all regions, for the place of one among them."""
    import numpy as np

    from clusteratlas.analysis.regions.structure.concentration import hachman_index, krugman_index
    from clusteratlas.analysis.regions.structure.ranges.concentration_bounds import (
        hachman_bounds,
        hoover_bounds,
    )

    keys = [r.key for r in regions]
    jobs, low, high = job_tables(read[CELLS.read_as], keys, [f.key for f in nation])
    total = jobs.sum(axis=1, keepdims=True)
    total[total == 0] = np.nan
    q, least, most = jobs / total, low / total, np.minimum(high / total, 1.0)
    base = np.array([f.jobs for f in nation], dtype=float)
    base /= base.sum()
    half = hoover_bounds(least, most, base)
    figures = {
        "krugman": _within(krugman_index(q, base), (2 * half[0], 2 * half[1])),
        "hachman": _within(hachman_index(q, base), hachman_bounds(least, most, base)),
        "jobs": (jobs.sum(axis=1), low.sum(axis=1), high.sum(axis=1)),
    }
    at = keys.index(asked.key)
    return ConcentrationRow(
        section="region",
        key=asked.key,
        name=asked.name,
        source=asked.source,
        **_positions(figures["krugman"])[at],
        **_at(figures, at),
    )


def _within(index: FloatArray, bounds: tuple[FloatArray, FloatArray]) -> Bounds:
    """Put an index between its bounds; where they meet the last digits of the three differ."""
    import numpy as np

    return index, np.minimum(bounds[0], index), np.maximum(bounds[1], index)


def _at(figures: dict[str, Bounds], i: int) -> dict[str, Any]:
    """Give the figures of one row, each with its bounds."""
    found: dict[str, Any] = {}
    for name, three in figures.items():
        kind = int if name == "jobs" else float
        for end, values in zip(("", "_low", "_high"), three, strict=True):
            found[f"{name}{end}"] = kind(values[i])
    return found


def _positions(three: Bounds) -> list[dict[str, int]]:
    """Rank figures, the largest first, with the ranks that their bounds allow."""
    import numpy as np

    from clusteratlas.analysis.regions.compared.standing import standing

    found = standing(np.zeros(len(three[0]), dtype=int), *three)
    return [
        {"position": int(rank), "position_low": int(best), "position_high": int(worst)}
        for rank, best, worst in zip(found.rank, found.best, found.worst, strict=True)
    ]


def _shown(read: Read, context: Context) -> list[Any]:
    cluster: str = context.arguments["cluster"]
    clusters = [r for r in read["clusters"] if cluster in {"", r.key}]
    return [*read["regions"], *clusters[: context.arguments["limit"]]]


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    year, level = context.arguments["year"], context.arguments["level"]
    every: Sequence[ConcentrationRow] = read["clusters"]
    if not every:
        return [f"no jobs of traded clusters are known in two such regions or more in {year}"]
    cluster = context.names.get("cluster")
    if cluster and not any(r.section == "cluster" for r in rows):
        if is_custom_definition(parse_cluster(context.arguments["cluster"])[0]):
            return [f"{cluster} is a cluster of your own: these indices are of the others alone"]
        return [
            f"{cluster} is no traded {level} with jobs there; other levels are asked by --level"
        ]
    notes = [
        f"{bounds_words(rows, f'figures of {year}')}; clusters are ranked among {len(every)}",
        f"shares are those of {len(read['pool']):,} regions in their sum, held against their "
        "shares of all traded jobs: the smaller the regions, the higher the indices",
        "bounds take the cells of one cluster or region within theirs, and the totals as they are; "
        "they may be wider than need be",
    ]
    open_ = sum(r.position_low != r.position_high for r in rows)
    if open_:
        notes.append(f"{open_} of {len(rows)} positions could be others, since cells are withheld")
    for row in read["regions"]:
        notes.append(f"{row.name} is ranked among {len(read['pool']):,} regions")
    absent = sum(f.year == year for f in read[NATIONAL_YEARS.read_as]) - len(every)
    if absent:
        notes.append(f"{absent} traded clusters have no jobs in these regions, and no index")
    notes.append(
        "no Ellison-Glaeser index: it takes the sizes of plants, which the edition does not hold; "
        "a cluster of a few large plants is concentrated by that alone"
    )
    return notes


concentration = Question(
    id="concentration",
    order=160,
    words="Which traded clusters are concentrated in few regions, and how specialized is one?",
    row=ConcentrationRow,
    params={
        "cluster": replace(
            CLUSTER,
            help=f"only this one: {CLUSTER.help}",
            required=False,
            default="",
            in_query=False,
        ),
        "region": replace(
            REGION,
            help=f"among regions of its type, with its own indices: {REGION.help}",
            required=False,
            default="",
            in_query=False,
        ),
        "type": region_type("type of region, where none is named", COMPARED_TYPES, in_query=False),
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(30),
    },
    counted="traded clusters",
    counted_section="cluster",
    count_stem="structure.count",
    parts=(CELLS, COMPARED, NATIONAL_YEARS),
    gather=_gathered,
    shape=_shown,
    coverage=_coverage,
    picture=Picture(
        "bars",
        "Concentration of traded clusters in space",
        "gini",
        "name",
        sections=("cluster",),
        low="gini_low",
        high="gini_high",
    ),
    lead=("name", "position", "gini", "hoover", "krugman", "hachman", "jobs"),
    examples=({}, {"type": "state"}, {"region": "cleveland"}),
)
