"""Which regions have the most similar economy, and what they are strong in beside this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import compared_words
from clusteratlas.queries.questions.structure.shared.cells import (
    CELLS,
    COMPARED,
    NATIONAL,
    ClusterCell,
    NationalCluster,
    StructureRegion,
    job_tables,
)

USUAL = 0.3
"""Share of the peers in which a cluster must be strong to be listed."""

EXAMPLES = 3
"""Peers that a row names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRow:
    """One peer, or one cluster that peers are strong in and the region is not."""

    section: str = column("peer, or cluster that peers are strong in and the region is not")
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    position: int | None = optional("peer: 1 = nearest")
    position_low: int | None = optional("nearest position that withheld cells allow")
    position_high: int | None = optional("farthest position that withheld cells allow")
    distance: float | None = optional(
        "Hellinger distance of the shares of clusters in traded jobs: 0 same, 1 nothing in common",
        "0..1",
    )
    distance_low: float | None = optional("smallest distance that withheld cells allow", "0..1")
    distance_high: float | None = optional("largest distance that withheld cells allow", "0..1")
    population: int | None = optional(of="regions.population")
    traded_jobs: int | None = optional(of="region_profiles.traded_jobs")
    strong_clusters: int | None = optional(of="region_profiles.strong_clusters")
    strength: float | None = optional(of="region_profiles.strength")
    strong_peers: int | None = optional("cluster: shown peers that are strong in it", "regions")
    lq_here: float | None = optional(
        "cluster: location quotient here; none where it is not here", "ratio"
    )
    lq_peers: float | None = optional("cluster: median quotient of the peers strong in it", "ratio")
    examples: str | None = optional("cluster: peers with the highest quotients")
    certain: bool | None = optional("cluster: whether it is certain that it is not strong here")
    source: str = column("file behind the figures")


def _peers(read: Read, context: Context) -> list[Any]:
    asked: str = context.arguments["region"]
    regions: Mapping[str, StructureRegion] = {r.key: r for r in read[COMPARED.read_as]}
    cells: Sequence[ClusterCell] = read[CELLS.read_as]
    if asked not in regions or not any(c.region == asked and c.jobs for c in cells):
        return []
    nearest = _nearest(cells, asked, list(regions))
    shown = nearest[: context.arguments["limit"]]
    rows = [
        PeerRow(
            section="peer",
            key=key,
            name=regions[key].name,
            position=position,
            position_low=best,
            position_high=worst,
            distance=distance,
            distance_low=low,
            distance_high=high,
            population=regions[key].population,
            traded_jobs=regions[key].traded_jobs,
            strong_clusters=regions[key].strong_clusters,
            strength=regions[key].strength,
            source=regions[key].source,
        )
        for key, position, best, worst, distance, low, high in shown
    ]
    return [*rows, *_strong_there(read, asked, [regions[r.key] for r in rows])]


def _nearest(
    cells: Sequence[ClusterCell], asked: str, known: list[str]
) -> list[tuple[str, int, int, int, float, float, float]]:
    """Give each other region, its position and distance, and the bounds of both."""
    import numpy as np

    from clusteratlas.analysis.regions.rankings import rank_bounds
    from clusteratlas.analysis.regions.structure.peers import (
        hellinger_bounds,
        hellinger_distances,
        nearest_peers,
    )

    clusters = sorted({c.cluster for c in cells})
    named = sorted(known)
    at = named.index(asked)
    jobs, least, most = job_tables(cells, named, clusters)
    apart = hellinger_distances(jobs, at)
    order = nearest_peers(apart, at)
    others = [named[k] for k in order.tolist()]
    low, high = (ends[order] for ends in hellinger_bounds(jobs, least, most, at))
    best, worst = rank_bounds(np.zeros(len(others), dtype=int), -high, -low)
    columns = (best, worst, apart[order], low, high)
    return [
        (key, i + 1, *figures)
        for i, (key, *figures) in enumerate(
            zip(others, *(list(map(_plain, c)) for c in columns), strict=True)
        )
    ]


def _strong_there(read: Read, asked: str, peers: Sequence[StructureRegion]) -> list[PeerRow]:
    """List clusters in which many of the peers are strong, and the region is not."""
    from clusteratlas.analysis.regions.lacking import lacking_beside_peers

    names: Mapping[str, NationalCluster] = {c.key: c for c in read[NATIONAL.read_as]}
    cells: Sequence[ClusterCell] = read[CELLS.read_as]
    here = {c.cluster: c for c in cells if c.region == asked}
    chosen = {p.key: p for p in peers}
    there: dict[str, dict[str, float]] = {key: {} for key in chosen}
    for c in cells:
        if c.region in there and c.strong and not (c.cluster in here and here[c.cluster].strong):
            there[c.region][c.cluster] = c.lq
    found = lacking_beside_peers(
        {key: c.lq for key, c in here.items()}, there, has=0.0, enough=float("inf"), usual=USUAL
    )
    rows = [
        PeerRow(
            section="cluster",
            key=lack.thing,
            name=names[lack.thing].name,
            strong_peers=len(lack.most),
            lq_here=here[lack.thing].lq if lack.thing in here else None,
            lq_peers=lack.peers,
            examples="; ".join(chosen[key].name for key in lack.most[:EXAMPLES]),
            certain=here[lack.thing].certain if lack.thing in here else None,
            source=chosen[lack.most[0]].source,
        )
        for lack in found
    ]
    return sorted(rows, key=lambda r: (-(r.strong_peers or 0), -(r.lq_peers or 0), r.key))


def _peer_notes(rows: Sequence[Any], context: Context) -> list[str]:
    arguments, region = context.arguments, context.names["region"]
    if not rows:
        return [f"no jobs of traded clusters are known in {region}"]
    peers = [r for r in rows if r.section == "peer"]
    last = len(peers)
    sure = sum(r.position_high <= last for r in peers)
    areas = arguments["region_type"] == "cbsa"
    kind = f"{arguments['pool']} areas" if areas else compared_words(arguments)
    notes = [
        f"figures of {arguments['year']}; compared with all {kind} by the shares of "
        "clusters in traded jobs, whatever their size",
        f"{sure} of the {last} are among the nearest {last} whatever withheld cells hold; all "
        "cells would have to be at an end of their bounds at once for the ends of the distances",
        f"clusters are listed that are strong in at least {USUAL:.0%} of the shown peers and not "
        f"in {region}",
    ]
    unsure = sum(r.certain is False for r in rows)
    if unsure:
        notes.append(f"{unsure} of the listed clusters could be strong here: cells are withheld")
    return notes


def _plain(value: Any) -> int | float:
    number: int | float = value.item() if hasattr(value, "item") else value
    return number


peers = Question(
    id="peers",
    order=157,
    words="Which regions have the most similar economy, and what do they have that it lacks?",
    row=PeerRow,
    params={
        "region": REGION,
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(10),
    },
    counted="other regions of its kind",
    counted_section="peer",
    parts=(CELLS, COMPARED, NATIONAL),
    shape=_peers,
    notes=_peer_notes,
    picture=Picture(
        "bars",
        "Regions with an economy like that of {region}",
        "distance",
        "name",
        sections=("peer",),
        low="distance_low",
        high="distance_high",
    ),
    examples=({"region": "cleveland"}, {"region": "MI"}),
)
