"""Clusters beside each other: figures, links, ties, shared occupations, regions that have all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from clusteratlas.queries.language.question import Context, Read
from clusteratlas.queries.language.rows import row_from
from clusteratlas.queries.questions.comparison.compare_rows import (
    ClusterOccupation,
    ClusterRegion,
    ComparedCluster,
    CompareRow,
    LinkBetween,
    SalesBetween,
    TieBetween,
)
from clusteratlas.queries.questions.shared.remarks import estimate_note
from clusteratlas.queries.questions.shared.wages import wage_figures

MOST = 10
"""Ties of a pair, shared occupations and regions that are listed."""


def cluster_rows(read: Read, context: Context) -> list[CompareRow]:
    """Give a row for each cluster, then what links them and what they share."""
    names = context.several["cluster"]
    figures: dict[str, ComparedCluster] = {f.key: f for f in read["compare.figures"]}
    itself = [
        row_from(CompareRow, f, section="cluster", name=name, wage=_wage(f))
        for key, name in names.items()
        if (f := figures.get(key)) is not None
    ]
    return [
        *itself,
        *_between(read, context),
        *_occupations(read, context),
        *_places(read, context),
    ]


def _wage(figures: ComparedCluster) -> float | None:
    from clusteratlas.analysis.regions.performance import private_wage

    if not figures.payroll or not figures.jobs:
        return None
    return float(private_wage(figures.payroll, figures.jobs))


def _between(read: Read, context: Context) -> list[CompareRow]:
    """Give the links, sales and ties of each pair, in the order in which they were named."""
    names = context.several["cluster"]
    links: dict[frozenset[str], LinkBetween] = {
        frozenset((x.cluster, x.other)): x for x in read["compare.links"]
    }
    flows: dict[tuple[str, str], SalesBetween] = {
        (f.cluster, f.other): f for f in read["compare.flows"]
    }
    ties: dict[frozenset[str], list[TieBetween]] = {}
    for t in read["compare.ties"]:
        ties.setdefault(frozenset((t.cluster, t.other)), []).append(t)
    linked: list[CompareRow] = []
    sold: list[CompareRow] = []
    tied: list[CompareRow] = []
    for pair in combinations(names, 2):
        both = f"{names[pair[0]]} - {names[pair[1]]}"
        own = ties.get(frozenset(pair), [])
        x = links.get(frozenset(pair))
        if x is not None:
            linked.append(
                row_from(
                    CompareRow,
                    x,
                    section="link",
                    key=pair[0],
                    name=both,
                    compared_key=pair[1],
                    linked=x.strength,
                    strength=None,
                    ties=len(own),
                )
            )
        for a, b in (pair, pair[::-1]):
            if (flow := flows.get((a, b))) is not None:
                said = f"{names[a]} to {names[b]}"
                sold.append(
                    row_from(CompareRow, flow, section="sales", key=a, name=said, compared_key=b)
                )
        tied += [
            row_from(
                CompareRow, t, section="tie", name=" - ".join(_from_first(t, pair)), compared=both
            )
            for t in own[:MOST]
        ]
    return [*linked, *sold, *tied]


def _from_first(tie: TieBetween, pair: tuple[str, str]) -> tuple[str, str]:
    """Give the industry of the first cluster and that of the second."""
    if tie.cluster == pair[0]:
        return tie.name, tie.other_name
    return tie.other_name, tie.name


def _occupations(read: Read, context: Context) -> list[CompareRow]:
    """Give the occupations that all employ, by the smallest of their shares."""
    names = context.several["cluster"]
    shared: dict[str, dict[str, ClusterOccupation]] = {}
    for o in read["compare.occupations"]:
        shared.setdefault(o.key, {})[o.cluster] = o
    common = {key: by for key, by in shared.items() if len(by) == len(names)}
    order = sorted(common, key=lambda k: (-min(o.share for o in common[k].values()), k))
    return [
        row_from(CompareRow, common[key][c], section="occupation", compared=name, compared_key=c)
        for key in order[:MOST]
        for c, name in names.items()
    ]


def _places(read: Read, context: Context) -> list[CompareRow]:
    """Give the regions that have all, where all are strong first, by the smallest LQ."""
    names = context.several["cluster"]
    having: dict[str, dict[str, ClusterRegion]] = {}
    for one in read["compare.regions"]:
        if one.jobs > 0:
            having.setdefault(one.key, {})[one.cluster] = one

    def rank(key: str) -> tuple[Any, ...]:
        there = common[key].values()
        return (-sum(r.strong for r in there), -min(r.lq for r in there), key)

    common = {key: by for key, by in having.items() if len(by) == len(names)}
    return [
        row_from(
            CompareRow,
            common[key][c],
            section="place",
            compared=name,
            compared_key=c,
            **wage_figures(common[key][c]),
        )
        for key in sorted(common, key=rank)[: context.arguments["limit"]]
        for c, name in names.items()
    ]


def cluster_notes(rows: Sequence[CompareRow], context: Context) -> list[str]:
    """Say which pairs are not linked, and where all are strong."""
    names = context.several["cluster"]
    linked = {frozenset((r.key, r.compared_key)) for r in rows if r.section == "link"}
    apart = [
        f"{names[a]} - {names[b]}"
        for a, b in combinations(names, 2)
        if frozenset((a, b)) not in linked
    ]
    notes = [f"not linked: {', '.join(apart)}"] if apart else []
    places = [r for r in rows if r.section == "place"]
    year, type_ = context.arguments["year"], context.arguments["region_type"]
    told = "; ".join(estimate_note(places, year))
    notes.append(
        f"places: regions of type {type_} with jobs in all of them, those where the most of them "
        f"are strong first; {told}"
    )
    return notes
