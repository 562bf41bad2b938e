"""How complex regions and clusters are, by which regions are specialized in which clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import AnalysisError
from clusteratlas.queries.language.question import Context, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import (
    COMPARED_TYPES,
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.wages import wage_figures
from clusteratlas.queries.questions.structure.shared.cells import (
    CELLS,
    COMPARED,
    NATIONAL_YEARS,
    NationalFigures,
    Specialization,
    StructureRegion,
    specialization,
)

if TYPE_CHECKING:
    from clusteratlas.analysis.regions.structure.complexity import EconomicComplexity
    from clusteratlas.analysis.regions.structure.ranges.complexity_ends import ComplexityRange
    from clusteratlas.vocabulary.arrays import FloatArray

WEAK = 0.1
"""Correlation with diversity below which the sign of the index says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexityRow:
    """One region, or one cluster."""

    section: str = column("region or cluster")
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    position: int | None = optional("1 = most complex")
    position_best: int | None = optional("region: best of three computations; see complexity_least")
    position_worst: int | None = optional("region: worst of three computations")
    complexity: float | None = optional(
        "ECI of a region, with mean 0 and standard deviation 1; PCI of a cluster on that scale. A "
        "region's is the mean of the clusters that it is specialized in (LQ >= 1)",
        "index",
    )
    complexity_least: float | None = optional(
        "least of three computations: with the figures as they are, with all withheld cells at "
        "their low ends, and with all at their high ends; no bound",
        "index",
    )
    complexity_most: float | None = optional("greatest of the three; no bound", "index")
    diversity: int | None = optional("region: clusters that it is specialized in", "clusters")
    diversity_low: int | None = optional(
        "those that it is specialized in whatever withheld cells hold", "clusters"
    )
    diversity_high: int | None = optional("those that it may be specialized in", "clusters")
    ubiquity: int | None = optional("cluster: regions that are specialized in it", "regions")
    ubiquity_low: int | None = optional("those that are so whatever withheld cells hold", "regions")
    ubiquity_high: int | None = optional("those that may be so", "regions")
    here: bool | None = optional(
        "region: whether it is the one asked about; cluster: whether that one is specialized in it"
    )
    wage: float | None = optional("cluster: payroll a job and year, nation", "USD")
    traded_jobs: int | None = optional("region", of="region_profiles.traded_jobs")
    national_jobs: int | None = optional("cluster: jobs in the nation", "jobs")
    source: str = column("file behind the figures")


@dataclass(frozen=True, slots=True)
class _Structure:
    """What regions are specialized in, and how complex that is."""

    table: Specialization
    found: EconomicComplexity | None
    """None where complexity is not defined."""
    range: ComplexityRange | None


def _gathered(read: Read, context: Context) -> Read:
    """Work out complexity and make all rows, the most complex first."""
    from clusteratlas.analysis.regions.structure.complexity import complexity_of_presence
    from clusteratlas.analysis.regions.structure.ranges.complexity_ends import complexity_range

    regions: Mapping[str, StructureRegion] = {r.key: r for r in read[COMPARED.read_as]}
    nation = {f.key: f for f in read[NATIONAL_YEARS.read_as] if f.year == context.arguments["year"]}
    table = specialization(read[CELLS.read_as], list(regions), list(nation))
    if not table.possible.any():
        return {**read, "structure": [], "regions": [], "clusters": []}
    try:
        found = complexity_of_presence(table.now)
    except AnalysisError:
        whole = _Structure(table, None, None)
    else:
        ends = complexity_range(found, (table.certain, table.possible))
        whole = _Structure(table, found, ends)
    asked = context.arguments["region"]
    return {
        **read,
        "structure": [whole],
        "regions": _region_rows(whole, regions, asked),
        "clusters": _cluster_rows(whole, nation, asked),
    }


def _region_rows(
    whole: _Structure, regions: Mapping[str, StructureRegion], asked: str
) -> list[ComplexityRow]:
    table, found, ends = whole.table, whole.found, whole.range
    figures = _counted(table, "diversity", 1)
    if found and ends:
        figures = _ranked(figures, found.eci, ends.eci_low, ends.eci_high)
        for row, best, worst in zip(figures, ends.best, ends.worst, strict=True):
            row |= {"position_best": int(best) or None, "position_worst": int(worst) or None}
    rows = [
        ComplexityRow(
            section="region",
            key=key,
            name=regions[key].name,
            here=key == asked if asked else None,
            traded_jobs=regions[key].traded_jobs,
            source=regions[key].source,
            **row,
        )
        for key, row in zip(table.regions, figures, strict=True)
    ]
    return sorted(rows, key=_order)


def _cluster_rows(
    whole: _Structure, nation: Mapping[str, NationalFigures], asked: str
) -> list[ComplexityRow]:
    table, found, ends = whole.table, whole.found, whole.range
    figures = _counted(table, "ubiquity", 0)
    if found and ends:
        figures = _ranked(figures, found.pci, ends.pci_low, ends.pci_high)
    at = list(table.regions).index(asked) if asked in table.regions else None
    rows = [
        ComplexityRow(
            section="cluster",
            key=key,
            name=nation[key].name,
            here=None if at is None else bool(table.now[at, j]),
            wage=wage_figures(nation[key])["wage"],
            national_jobs=nation[key].jobs,
            source=nation[key].source,
            **row,
        )
        for j, (key, row) in enumerate(zip(table.clusters, figures, strict=True))
    ]
    return sorted(rows, key=_order)


def _counted(table: Specialization, name: str, axis: int) -> list[dict[str, Any]]:
    """Count the specializations of each region or cluster: as they are, certain, possible."""
    names = (name, f"{name}_low", f"{name}_high")
    counts = (t.sum(axis=axis) for t in (table.now, table.certain, table.possible))
    return [dict(zip(names, map(int, three), strict=True)) for three in zip(*counts, strict=True)]


def _ranked(
    figures: Sequence[dict[str, Any]], index: FloatArray, low: FloatArray, high: FloatArray
) -> list[dict[str, Any]]:
    """Add the index with its range, and its rank, to figures of regions or clusters."""
    from clusteratlas.analysis.regions.structure.ranges.complexity_ends import complexity_ranks

    names = ("complexity", "complexity_least", "complexity_most")
    found = []
    for row, rank, *three in zip(figures, complexity_ranks(index), index, low, high, strict=True):
        known = {n: float(v) if isfinite(v) else None for n, v in zip(names, three, strict=True)}
        position = int(rank) if known["complexity"] is not None else None
        found.append({**row, **known, "position": position})
    return found


def _order(row: ComplexityRow) -> tuple[int, int, str]:
    wide = row.diversity if row.ubiquity is None else -row.ubiquity
    return row.position or 10**6, -(wide or 0), row.key


def _shown(read: Read, context: Context) -> list[Any]:
    """Give the most complex of both, or the regions around the one that is asked about."""
    most: int = context.arguments["limit"]
    regions: Sequence[ComplexityRow] = read["regions"]
    at = next((i for i, r in enumerate(regions) if r.here), 0)
    first = max(0, min(at - most // 2, len(regions) - most))
    return [*regions[first : first + most], *read["clusters"][:most]]


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    year, asked = context.arguments["year"], context.names.get("region", "")
    if not rows:
        return [f"no jobs of traded clusters are known in such regions in {year}"]
    whole: _Structure = read["structure"][0]
    table = whole.table
    now, sure, may = (int(t.sum()) for t in (table.now, table.certain, table.possible))
    notes = [
        f"figures of {year}; of {now:,} specializations (LQ >= 1) of {len(table.regions):,} "
        f"regions {sure:,} hold whatever withheld cells hold, and {may - now:,} more are possible"
    ]
    if whole.found is None or whole.range is None:
        return [
            *notes,
            "no complexity: that takes three regions and three clusters that share specializations",
        ]
    for row in read["regions"]:
        if row.here and row.position:
            notes.append(f"{asked} is {row.position:,} of {len(table.regions):,} regions")
    notes += [_range_note(whole.range), *_lean_notes(whole.found, read["clusters"])]
    none = int((whole.found.diversity == 0).sum())
    if none:
        notes.append(f"{none:,} regions are specialized in nothing, and have no complexity")
    return notes


def _range_note(found: ComplexityRange) -> str:
    """Say what the range is, and how much of the order of the regions it leaves."""
    words = [
        f"{value:.2f} at the {end} ends" if isfinite(value) else f"none at the {end} ends"
        for end, value in zip(("low", "high"), found.agreement, strict=True)
    ]
    return (
        "least and most are those of three computations, as the figures are and "
        "with all withheld cells at one end at once: they show how much hangs on these cells, and "
        "bound nothing; rank correlation of the regions with the order as it is: "
        f"{' and '.join(words)}"
    )


def _lean_notes(found: EconomicComplexity, clusters: Sequence[ComplexityRow]) -> list[str]:
    """Say which way the index leans: it is an axis, whose sign is a convention."""
    import numpy as np

    kept = np.isfinite(found.eci)
    pairs = [(r.complexity, r.wage) for r in clusters if r.wage is not None and r.complexity]
    notes = []
    if np.ptp(found.diversity[kept]) > 0:
        lean = np.corrcoef(found.eci[kept], found.diversity[kept])[0, 1]
        weak = ", so weak that the other sign would do as well" if lean < WEAK else ""
        notes.append(
            "the index is the axis along which regions differ most in what they are specialized "
            f"in, its sign that of diversity (correlation {lean:.2f}{weak}); the next axis has "
            f"{found.eigenvalues[1] / found.eigenvalues[0]:.0%} of its weight"
        )
    if len(pairs) > 2:
        paid = np.corrcoef(np.array(pairs, dtype=float).T)[0, 1]
        notes.append(
            "complexity is not pay: the correlation of the clusters' complexity with their "
            f"national wage is {paid:.2f}"
        )
    return notes


complexity = Question(
    id="complexity",
    order=159,
    words="How complex are regions and clusters, by who is specialized in what?",
    row=ComplexityRow,
    params={
        "region": replace(
            REGION,
            help=f"show the regions around this one: {REGION.help}",
            required=False,
            default="",
            in_query=False,
        ),
        "type": region_type("type of region, where none is named", COMPARED_TYPES, in_query=False),
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    counted="regions",
    counted_section="region",
    parts=(CELLS, COMPARED, NATIONAL_YEARS),
    gather=_gathered,
    shape=_shown,
    coverage=_coverage,
    picture=Picture(
        "bars",
        "Economic complexity of regions",
        "complexity",
        "name",
        "here",
        sections=("region",),
        low="complexity_least",
        high="complexity_most",
    ),
    lead=("name", "position", "complexity", "diversity", "ubiquity", "here"),
    examples=({}, {"region": "cleveland"}, {"type": "state"}),
)
