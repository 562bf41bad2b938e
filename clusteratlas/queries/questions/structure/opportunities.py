"""Which clusters a region lacks and is near to, by what it is specialized in already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import AnalysisError
from clusteratlas.queries.language.question import Context, Param, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words
from clusteratlas.queries.questions.shared.wages import wage_figures
from clusteratlas.queries.questions.structure.shared.cells import (
    CELLS,
    COMPARED,
    NATIONAL_YEARS,
    ClusterCell,
    NationalFigures,
    StructureRegion,
    jobs_of,
    quotients_of,
    specialization,
)
from clusteratlas.vocabulary.keys import CUSTOM, is_region

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray

NAMED = 3
"""Strengths that a row names as the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityRow:
    """One traded cluster that the region is not specialized in (LQ below 1)."""

    key: str = column("key of the cluster")
    name: str = column("its name")
    position: int = column("1 = nearest to what the region is specialized in", None)
    position_low: int = column("nearest position that its withheld cells allow", None)
    position_high: int = column("farthest position that its withheld cells allow", None)
    density: float = column(
        "sum of the proximities to what the region is specialized in (LQ >= 1) over the sum of "
        "all: how near the cluster is",
        "0..1",
    )
    density_low: float = column("least that the region's withheld cells allow", "0..1")
    density_high: float = column("greatest that the region's withheld cells allow", "0..1")
    attraction: float | None = optional(
        "percentile among all traded clusters of what attracts: wage, growth or complexity",
        "percent",
    )
    outlook: str | None = optional(
        "near (density at the median of the region's opportunities, or above) or far; attractive "
        "(attraction of 50 or more) or less so"
    )
    could_be: str | None = optional("near or far: the other one that withheld cells allow")
    nearest: str | None = optional("strengths of the region that it is nearest to")
    proximity: float | None = optional(
        "to the nearest of them: of the regions specialized in the one that more are specialized "
        "in, the share that is so in both",
        "0..1",
    )
    complexity: float | None = optional(
        "PCI: on the scale of the complexity of regions, of mean 0 and standard deviation 1",
        "index",
    )
    yearly_growth: float | None = optional("growth of jobs a year, nation", "share")
    yearly_growth_low: float | None = optional("least that is possible, nation", "share")
    yearly_growth_high: float | None = optional("most that is possible, nation", "share")
    wage: float | None = optional("payroll a job and year, nation", "USD")
    wage_low: float | None = optional("lowest that the bounds allow, nation", "USD")
    wage_high: float | None = optional("highest that they allow, nation", "USD")
    national_jobs: int = column("jobs in the nation", "jobs")
    jobs: int | None = optional("here; none where the cluster is not here", of="measures.jobs")
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    lq: float | None = optional(of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    certain: bool = column("whether the location quotient is below 1 whatever withheld cells hold")
    source_then: str | None = optional("file behind the figures at the start of the growth")
    source: str = column("file behind the figures")


@dataclass(frozen=True, slots=True)
class _Nearness:
    """What follows from what all regions of the pool are specialized in."""

    keys: Sequence[str]
    proximity: FloatArray
    now: FloatArray
    """What the region is specialized in, shape (clusters,)."""
    certain: FloatArray
    possible: FloatArray
    density: tuple[FloatArray, FloatArray, FloatArray]
    pci: FloatArray
    """NaN where complexity cannot be computed."""
    regions: int
    """Regions of the pool."""


def _nearness(
    cells: Sequence[ClusterCell], regions: Sequence[str], clusters: Sequence[str], asked: str
) -> _Nearness:
    import numpy as np

    from clusteratlas.analysis.regions.structure.complexity import (
        complexity_of_presence,
        proximity,
        proximity_density,
    )
    from clusteratlas.analysis.regions.structure.ranges.complexity_ends import density_bounds

    # A custom region is made of counties that other regions hold: they do not count again.
    pool = [key for key in regions if not is_region(key, CUSTOM)]
    table, alone = (specialization(cells, of, clusters) for of in (pool, [asked]))
    phi = proximity(table.now)
    own, sure, may = alone.now, alone.certain, alone.possible
    low, high = density_bounds(own, sure, may, phi)
    try:
        pci = complexity_of_presence(table.now).pci
    except AnalysisError:
        pci = np.full(len(clusters), np.nan)
    density = (proximity_density(own, phi)[0], low[0], high[0])
    return _Nearness(clusters, phi, own[0], sure[0], may[0], density, pci, len(pool))


def _gathered(read: Read, context: Context) -> Read:
    """Make a row of every cluster with a quotient below 1, the nearest first."""
    asked: str = context.arguments["region"]
    regions: Mapping[str, StructureRegion] = {r.key: r for r in read[COMPARED.read_as]}
    cells: Sequence[ClusterCell] = read[CELLS.read_as]
    years: Sequence[NationalFigures] = read[NATIONAL_YEARS.read_as]
    nation = {f.key: f for f in years if f.year == context.arguments["year"]}
    here = {c.cluster: c for c in cells if c.region == asked}
    if asked not in regions or len(regions) < 2 or not any(c.jobs for c in here.values()):
        return {**read, "nearness": [], "opportunities": []}
    found = _nearness(cells, list(regions), list(nation), asked)
    growths = _growths(years, nation)
    attracts = _attractions(found, nation, growths, context.arguments["by"])
    return {
        **read,
        "nearness": [found],
        "opportunities": _rows(found, nation, here, growths, attracts, regions[asked].source),
    }


def _rows(
    found: _Nearness,
    nation: Mapping[str, NationalFigures],
    here: Mapping[str, ClusterCell],
    growths: Mapping[str, dict[str, Any]],
    attracts: Mapping[str, float],
    source: str,
) -> list[OpportunityRow]:
    import numpy as np

    from clusteratlas.analysis.regions.rankings import rank_bounds

    absent = [at for at, has in enumerate(found.now) if not has]
    if not absent:
        return []
    density, low, high = (values[absent] for values in found.density)
    middle = float(np.median(density))
    best, worst = rank_bounds(np.zeros(len(absent), dtype=int), low, high)
    order = sorted(range(len(absent)), key=lambda i: (-density[i], found.keys[absent[i]]))
    rows = []
    for position, i in enumerate(order, start=1):
        at = absent[i]
        key, near = found.keys[at], density[i] >= middle
        strengths = _strengths(found, at)
        attraction, cell = attracts.get(key), here.get(key)
        other = low[i] < middle if near else high[i] >= middle
        figures: dict[str, Any] = {**growths[key], **wage_figures(nation[key]), **_own(cell)}
        rows.append(
            OpportunityRow(
                key=key,
                name=nation[key].name,
                position=position,
                position_low=min(int(best[i]), position),
                position_high=max(int(worst[i]), position),
                density=float(density[i]),
                density_low=float(low[i]),
                density_high=float(high[i]),
                attraction=attraction,
                outlook=_outlook(near, attraction),
                could_be=("far" if near else "near") if other else None,
                nearest="; ".join(nation[found.keys[q]].name for q in strengths) or None,
                proximity=float(found.proximity[strengths[0], at]) if strengths else None,
                complexity=_figure(float(found.pci[at])),
                national_jobs=nation[key].jobs,
                certain=not found.possible[at],
                source=source,
                **figures,
            )
        )
    return rows


def _own(cell: ClusterCell | None) -> dict[str, Any]:
    if cell is None:
        return {}
    names = ("jobs", "jobs_low", "jobs_high", "lq", "lq_low", "lq_high")
    return dict(zip(names, (*jobs_of(cell), *quotients_of(cell)), strict=True))


def _outlook(near: bool, attraction: float | None) -> str | None:
    if attraction is None:
        return None
    return f"{'near' if near else 'far'}, {'attractive' if attraction >= 50 else 'less so'}"


def _strengths(found: _Nearness, at: int) -> list[int]:
    """Find the strengths that a cluster is nearest to, of those that it is related to at all."""
    related = [
        q for q in range(len(found.keys)) if found.now[q] and found.proximity[q, at] > 0 and q != at
    ]
    return sorted(related, key=lambda q: (-found.proximity[q, at], found.keys[q]))[:NAMED]


def _growths(
    years: Sequence[NationalFigures], nation: Mapping[str, NationalFigures]
) -> dict[str, dict[str, Any]]:
    """Give the national growth of each cluster since the first year, with bounds and source."""
    from clusteratlas.analysis.regions.change.growth import growth_bounds
    from clusteratlas.analysis.regions.performance import yearly_growth

    first = min((f.year for f in years), default=0)
    start = {f.key: f for f in years if f.year == first}
    found: dict[str, dict[str, Any]] = {}
    for key, now in nation.items():
        then, apart = start.get(key), now.year - first
        if then is None or not apart:
            found[key] = {}
            continue
        ends = growth_bounds(then.jobs_low, then.jobs_high, now.jobs_low, now.jobs_high, apart)
        figures = (yearly_growth(then.jobs, now.jobs, apart), *ends)
        names = ("yearly_growth", "yearly_growth_low", "yearly_growth_high")
        found[key] = {n: _figure(float(v)) for n, v in zip(names, figures, strict=True)}
        found[key]["source_then"] = then.source
    return found


def _attractions(
    found: _Nearness,
    nation: Mapping[str, NationalFigures],
    growths: Mapping[str, dict[str, Any]],
    by: str,
) -> dict[str, float]:
    """Give the percentile of what attracts among all traded clusters that have it."""
    import numpy as np

    from clusteratlas.analysis.regions.rankings import RankingPools

    given: dict[str, float | None]
    if by == "complexity":
        # An eigenvector has no more digits: what differs beyond them is equal.
        digits = np.round(found.pci, 9)
        given = {k: _figure(float(v)) for k, v in zip(found.keys, digits, strict=True)}
    elif by == "growth":
        given = {k: growths[k].get("yearly_growth") for k in found.keys}
    else:
        given = {k: wage_figures(nation[k])["wage"] for k in found.keys}
    known = {k: v for k, v in given.items() if v is not None}
    group, values = np.zeros(len(known), dtype=int), list(known.values())
    percentiles = RankingPools.of(group, values, n_groups=1).percentile(group, values)
    return dict(zip(known, map(float, percentiles), strict=True))


def _figure(value: float) -> float | None:
    return value if isfinite(value) else None


def _shown(read: Read, context: Context) -> list[Any]:
    return list(read["opportunities"][: context.arguments["limit"]])


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    region, year = context.names["region"], context.arguments["year"]
    every: Sequence[OpportunityRow] = read["opportunities"]
    if not read["nearness"]:
        return [f"no jobs of traded clusters are known in {region}, or no region to hold against"]
    found: _Nearness = read["nearness"][0]
    strengths, sure = int(found.now.sum()), int((found.now * found.certain).sum())
    notes = [bounds_words(rows, f"figures of {year}")]
    first = min(f.year for f in read[NATIONAL_YEARS.read_as])
    if first < year:
        notes[0] += f"; growth is the nation's from {first} to {year}, and wages are the nation's"
    notes.append(
        f"{region} is specialized (LQ >= 1) in {strengths} of {len(found.keys)} traded clusters, "
        f"in {sure} of them whatever withheld cells hold; it could be so in "
        f"{sum(not r.certain for r in every)} of the {len(every)} that it is not"
    )
    open_ = sum(r.could_be is not None for r in every)
    notes.append(
        "bounds of the density are those by the region's own withheld cells, all at one end at "
        "once; what is near to what, and complexity, are taken from the figures of "
        f"{found.regions:,} regions as they are"
        + (f"; {open_} could be far where they are near, or the reverse" if open_ else "")
    )
    absent = sum(r.jobs is None for r in every)
    if absent:
        notes.append(f"no establishment or job is published or likely in {absent} of them here")
    notes.append(_complexity_note(found, read, year))
    if not any(r.attraction is not None for r in every):
        notes.append(f"nothing is known of {context.arguments['by']}, so none is called attractive")
    return notes


def _complexity_note(found: _Nearness, read: Read, year: int) -> str:
    """Say what complexity is, and which way it leans."""
    import numpy as np

    wages = {f.key: wage_figures(f)["wage"] for f in read[NATIONAL_YEARS.read_as] if f.year == year}
    both = [
        (pci, wage)
        for key, pci in zip(found.keys, found.pci, strict=True)
        if isfinite(pci) and (wage := wages[key]) is not None
    ]
    if len(both) < 3:
        return (
            "no complexity: that takes three regions and three clusters that share specializations"
        )
    lean = float(np.corrcoef(np.array(both).T)[0, 1])
    return (
        "complexity (question complexity) is not pay: its correlation with the national wage of "
        f"the clusters is {lean:.2f}"
    )


opportunities = Question(
    id="opportunities",
    order=158,
    words="Which clusters is this region near to, yet not specialized in, and which attract?",
    row=OpportunityRow,
    params={
        "region": replace(REGION, in_query=False),
        "by": Param(
            "choice",
            "what attracts: the national wage, the national growth of jobs, or complexity",
            required=False,
            default="wage",
            choices=("wage", "growth", "complexity"),
            in_query=False,
        ),
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(60),
    },
    counted="traded clusters",
    count_stem="structure.count",
    parts=(CELLS, COMPARED, NATIONAL_YEARS),
    gather=_gathered,
    shape=_shown,
    coverage=_coverage,
    picture=Picture(
        "bubbles",
        "What {region} is near to and not specialized in",
        "density",
        "attraction",
        "outlook",
        "national_jobs",
        close=True,
    ),
    lead=("name", "density", "attraction", "outlook", "yearly_growth", "wage", "lq"),
    examples=({"region": "cleveland"}, {"region": "MI", "by": "growth"}),
)
