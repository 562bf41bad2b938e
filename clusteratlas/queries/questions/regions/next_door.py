"""Which of a region's strong clusters go on beyond its border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import DEFINITION, LEVEL, REGION, YEAR


@dataclass(frozen=True, slots=True)
class Bordering:
    """Read row of ``next-door.bordering``."""

    key: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class StrongNextDoor:
    """Read row of ``next-door.regions``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    lq: float
    jobs: int
    source: str


@dataclass(frozen=True, slots=True)
class OwnStrong:
    """Read row of ``next-door.own``."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDoorRow:
    """One region that shares a border."""

    key: str = column("key of the region")
    name: str = column("its name")
    shared: int = column("clusters that are strong in both", "clusters")
    strong_clusters: int = column("clusters that are strong there", "clusters")
    both: str | None = optional("those that are strong in both, with the LQ there, highest first")
    only_there: str | None = optional("those that are strong there alone, highest LQ first")
    source: str = column("file behind the figures, or the border")


_MOST = 5
"""Clusters that a row names of each kind."""


def _next_door(read: Read, context: Context) -> list[Any]:
    del context
    own = {c.key for c in read["next-door.own"]}
    there: dict[str, list[StrongNextDoor]] = {}
    for one in read["next-door.regions"]:
        there.setdefault(one.key, []).append(one)
    rows = []
    for region in read["next-door.bordering"]:
        strong = sorted(there.get(region.key, ()), key=lambda s: (-s.lq, s.cluster))
        both = [s for s in strong if s.cluster in own]
        alone = [s for s in strong if s.cluster not in own]
        rows.append(
            NextDoorRow(
                key=region.key,
                name=region.name,
                shared=len(both),
                strong_clusters=len(strong),
                both=_named(both),
                only_there=_named(alone),
                source=strong[0].source if strong else region.source,
            )
        )
    return sorted(rows, key=lambda r: (-r.shared, -r.strong_clusters, r.key))


def _named(strong: Sequence[StrongNextDoor]) -> str | None:
    named = [f"{s.cluster_name} ({s.lq:.1f})" for s in strong[:_MOST]]
    more = [f"{len(strong) - _MOST} more"] if len(strong) > _MOST else []
    return "; ".join([*named, *more]) or None


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [f"no region of its type shares a border with {context.names['region']}"]
    return [
        "in parentheses: location quotient there; a region whose figures are withheld may be "
        "strong in more"
    ]


next_door = Question(
    id="next-door",
    order=122,
    words="Which strong clusters does this region share with the regions next to it?",
    row=NextDoorRow,
    params={"region": REGION, "level": LEVEL, "definition": DEFINITION, "year": YEAR},
    counted="regions that share a border",
    count_stem="neighbors.count",
    parts=(
        Part("next-door.bordering", Bordering),
        Part("next-door.regions", StrongNextDoor),
        Part("next-door.own", OwnStrong),
    ),
    shape=_next_door,
    notes=_notes,
    lead=("name", "shared", "both", "strong_clusters", "only_there"),
    picture=Picture(
        "bars", "Clusters strong in {region} and next door", "shared", "name", "strong_clusters"
    ),
    examples=({"region": "cleveland"}, {"region": "ohio"}),
)
