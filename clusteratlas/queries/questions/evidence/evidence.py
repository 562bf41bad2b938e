"""The claims of cluster theory, computed on the figures of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Picture, Question, Read
from clusteratlas.queries.questions.evidence.claims.claims import all_claims, growth_by_cluster
from clusteratlas.queries.questions.evidence.shared.material import KNOWN_TO, MATERIAL, Material
from clusteratlas.queries.questions.evidence.shared.rows import EvidenceRow
from clusteratlas.queries.questions.performance.shared.history import SINCE
from clusteratlas.queries.questions.shared.parameters import DEFINITION, YEAR, limit

PANDEMIC = 2020
"""Its first year; County Business Patterns count jobs in the week of March 12."""


def _rows(read: Read, context: Context) -> list[Any]:
    material = Material(read, context)
    if not material.regions:
        return []
    clusters = growth_by_cluster(material) if material.since else []
    return [*all_claims(material), *clusters[: context.arguments["limit"]]]


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    since, year, pool = (context.arguments[name] for name in ("since", "year", "pool"))
    if not rows:
        return [f"there are no such figures of {year}"]
    notes = [
        f"regions are those of the pool {pool}; what the nation has is of all regions",
        "association, not cause: nothing is held equal but what a row names, and what goes with "
        "strong clusters may bring them about",
    ]
    if since >= year:
        notes.append(f"of such regions no year before {year} is known: nothing is said of growth")
    elif since < PANDEMIC + 1 <= year:
        notes.append(f"{since} to {year} is a short time, and the pandemic of {PANDEMIC} is in it")
    else:
        notes.append(f"{since} to {year} is a short time")
    notes += [
        "intervals are of 95 %, by errors that are robust to unequal variance (HC1), of growth to "
        "what regions have in common as well",
        "withheld cells: bounds hold for all that they allow but strong flags; readings are three "
        "computations, and others between the bounds may lie beyond them",
        f"growth is fitted where jobs are known to {KNOWN_TO:.0%} in both years, mostly large "
        "clusters; errors of the first year's jobs look like convergence",
    ]
    unknown = [r.key for r in rows if r.section != "cluster" and r.value is None]
    if unknown:
        notes.append(f"too little is known for: {', '.join(unknown)}")
    return notes


evidence = Question(
    id="evidence",
    order=168,
    words="Do the claims of cluster theory hold in the figures of today?",
    row=EvidenceRow,
    params={
        "type": Param(
            "choice",
            "type of the regions: metropolitan areas (cbsa), states or economic areas",
            required=False,
            default="cbsa",
            choices=("cbsa", "state", "ea"),
            in_query=False,
        ),
        "since": SINCE,
        "year": YEAR,
        "definition": DEFINITION,
        "limit": limit(100),
    },
    counted="traded clusters",
    counted_section="cluster",
    parts=MATERIAL,
    shape=_rows,
    notes=_notes,
    picture=Picture(
        "bars",
        "Claims of cluster theory, {year}: standardized slopes with intervals",
        "effect",
        "name",
        "outcome",
        sections=("regression",),
        low="effect_low",
        high="effect_high",
    ),
    lead=("name", "found", "outcome", "n"),
    examples=({}, {"type": "state"}),
)
