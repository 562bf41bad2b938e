"""Whether a region has the people whom a cluster employs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    SURVEYED_TYPES,
    limit,
)


@dataclass(frozen=True, slots=True)
class NeededOccupation:
    """Read row of ``talent``."""

    key: str
    name: str
    need: float
    need_lq: float | None
    jobs: int | None
    lq: float | None
    share_region: float | None
    median_wage: int | None
    national_wage: int | None
    overlap: float | None
    year: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalentRow:
    """One occupation that the cluster needs."""

    key: str = column("key of the occupation")
    name: str = column("its title")
    need: float = column("share of the cluster's jobs, nation", of="cluster_occupations.share")
    need_lq: float | None = optional(of="cluster_occupations.lq")
    jobs: int | None = optional("jobs in the region, in all industries", of="workforce.jobs")
    lq: float | None = optional(of="workforce.lq")
    share_region: float | None = optional(of="workforce.share_region")
    median_wage: int | None = optional("median wage there", of="region_occupations.median_wage")
    national_wage: int | None = optional(
        "median wage in the nation", of="region_occupations.median_wage"
    )
    wage_ratio: float | None = optional("median wage there over the nation's", "ratio")
    plenty: str = column("common (LQ >= 1) or rare in the region, or not published there")
    overlap: float | None = optional(of="region_occupations.overlap")
    year: int | None = optional(of="region_occupations.year")
    source: str = column("file behind the figures")


def _talent(read: Read, context: Context) -> list[Any]:
    from clusteratlas.analysis.regions.performance import wage_ratio

    needed: Sequence[NeededOccupation] = read["talent"]
    wages = [(o.median_wage or nan, o.national_wage or nan) for o in needed]
    ratios = wage_ratio([w for w, _ in wages], [w for _, w in wages])
    return [
        row_from(
            TalentRow,
            o,
            wage_ratio=None if isnan(ratio) else float(ratio),
            plenty="not published" if o.lq is None else "common" if o.lq >= 1 else "rare",
        )
        for o, ratio in zip(needed, ratios, strict=True)
    ][: context.arguments["limit"]]


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    region = context.names["region"]
    known = [r for r in rows if r.year is not None]
    if not rows:
        return [f"the edition has no occupations of {context.names['cluster']}"]
    if not known:
        return [
            f"the survey of occupations has no figures of {region}: it has states and metropolitan "
            "areas, and some areas have changed too much since the edition's delineation; ask for "
            "the state"
        ]
    of_all = sum(r.need for r in rows)
    notes = [
        f"{sum(r.need for r in rows if r.plenty == 'common'):.0%} of the cluster's jobs are in "
        f"occupations that are as common there as in the nation or more, "
        f"{sum(r.need for r in rows if r.plenty == 'rare'):.0%} in rarer ones; the shown "
        f"occupations hold {of_all:.0%}",
        f"jobs and wages of {known[0].year}, of all industries and ownerships: an occupation is "
        "there, not free to hire",
    ]
    hidden = sum(r.plenty == "not published" for r in rows)
    if hidden:
        notes.append(f"{hidden} of {len(rows)} are not published there, which is not zero")
    overlap = min(r.overlap for r in known)
    if overlap < 1:
        notes.append(
            f"figures are of the survey's area of that name, as delineated in 2023: {overlap:.1%} "
            "of the residents of either live in both"
        )
    return notes


talent = Question(
    id="talent",
    order=107,
    words="Does the region have the occupations that the cluster needs, and what do they earn?",
    row=TalentRow,
    params={
        "cluster": CLUSTER,
        "region": Param(
            "region", "metropolitan area or state", labels=("Region",), types=SURVEYED_TYPES
        ),
        "definition": DEFINITION,
        "limit": limit(40),
    },
    counted="occupations that the edition holds for the cluster",
    parts=(Part("talent", NeededOccupation),),
    shape=_talent,
    notes=_notes,
    picture=Picture(
        "bubbles", "Occupations that {cluster} needs, in {region}", "lq", "need", "plenty", "jobs"
    ),
    examples=(
        {"cluster": "biopharma", "region": "boston"},
        {"cluster": "aerospace", "region": "washington state"},
    ),
)
