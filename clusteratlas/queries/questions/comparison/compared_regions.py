"""Regions beside each other: totals, and each cluster in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from clusteratlas.queries.language.question import Context, Read
from clusteratlas.queries.language.rows import row_from
from clusteratlas.queries.questions.comparison.compare_rows import (
    ComparedRegion,
    CompareRow,
    RegionCluster,
)
from clusteratlas.queries.questions.shared.remarks import estimate_note, nation_note
from clusteratlas.queries.questions.shared.wages import wage_figures
from clusteratlas.vocabulary.tables.clusters import SUBCLUSTER_LEVEL


def region_rows(read: Read, context: Context) -> list[CompareRow]:
    """Give a row for each region, then each cluster in each of them, the most different first."""
    names = context.several["region"]
    totals: dict[str, ComparedRegion] = {p.key: p for p in read["compare.profiles"]}
    rows = [
        row_from(CompareRow, totals[key], section="region", name=name)
        for key, name in names.items()
        if key in totals
    ]
    found: dict[str, dict[str, RegionCluster]] = {}
    for one in read["compare.clusters"]:
        found.setdefault(one.key, {})[one.region] = one
    spreads = _spreads(found, totals, context)
    order = sorted(found, key=lambda k: (-spreads[k]["differs"], k))
    for key in order[: context.arguments["limit"]]:
        rows += [
            row_from(
                CompareRow,
                there,
                section="cluster",
                compared=name,
                compared_key=region,
                **wage_figures(there),
                **spreads[key],
            )
            for region, name in names.items()
            if (there := found[key].get(region)) is not None
        ]
    return rows


def _spreads(
    found: Mapping[str, Mapping[str, RegionCluster]],
    totals: Mapping[str, ComparedRegion],
    context: Context,
) -> dict[str, dict[str, float]]:
    """Give how far the shares of each cluster lie apart; where it has no row, it has no jobs."""
    import numpy as np

    from clusteratlas.analysis.regions.compared.differences import bounded_share, share_spread

    regions = [r for r in context.several["region"] if r in totals]
    base = np.array([totals[r].traded_jobs for r in regions], dtype=np.float64)
    if len(regions) < 2 or not found:
        return {key: {"differs": 0.0} for key in found}

    def figures(name: str) -> Any:
        cells = [[getattr(in_.get(r), name, 0) for r in regions] for in_ in found.values()]
        return np.array(cells, dtype=np.float64)

    jobs, low, high = (figures(name) for name in ("jobs", "jobs_low", "jobs_high"))
    whole = np.broadcast_to(base, jobs.shape)
    moved = (bounded_share(jobs, end, whole) for end in (low, high))
    spreads = share_spread(figures("share_region"), *moved)
    keys = ("differs", "differs_low", "differs_high")
    return {
        cluster: dict(zip(keys, map(float, three), strict=True))
        for cluster, *three in zip(found, *spreads, strict=True)
    }


def region_notes(rows: Sequence[CompareRow], context: Context) -> list[str]:
    """Say of which year figures are, what is estimated, and where a cluster is strong in all."""
    clusters = [r for r in rows if r.section == "cluster"]
    notes = nation_note(context.arguments["regions"])
    for (key, name), year in zip(
        context.several["region"].items(), context.arguments["years"], strict=True
    ):
        told = estimate_note([r for r in clusters if r.compared_key == key], year)
        notes.append(f"{name}: {'; '.join(told)}")
    n = len(context.several["region"])
    strong = [r.name for r in clusters if r.strong]
    everywhere = [name for name in dict.fromkeys(strong) if strong.count(name) == n]
    if everywhere:
        notes.append(f"strong in {'both' if n == 2 else 'all'}: {', '.join(everywhere)}")
    if any(r.differs for r in clusters):
        notes.append(
            "clusters are in the order of how far their shares of traded jobs lie apart; "
            "a region without a line for a cluster has no establishment in it"
        )
    return notes


def region_coverage(read: Read, context: Context) -> list[str]:
    """Say how alike the regions are as a whole, where all their traded jobs are in the clusters."""
    import numpy as np

    from clusteratlas.analysis.regions.compared.differences import structural_difference

    arguments = context.arguments
    found: Sequence[RegionCluster] = read["compare.clusters"]
    if not found or arguments["clusters"] or arguments["level"] == SUBCLUSTER_LEVEL:
        return []
    names = list(context.several["region"].items())
    keys = {c.key: i for i, c in enumerate(found)}
    shares = np.zeros((len(found), len(names)))
    column = {key: i for i, (key, _) in enumerate(names)}
    for c in found:
        shares[keys[c.key], column[c.region]] = c.share_region
    apart = structural_difference(shares)
    pairs = sorted(combinations(range(len(names)), 2), key=lambda p: (apart[p], p))

    def words(pair: tuple[int, int]) -> str:
        one, other = (names[i][1] for i in pair)
        return f"{one} and {other}, {apart[pair]:.0%}"

    told = f"traded jobs that would change clusters to be alike: {words(pairs[0])}"
    more = f" (the most alike), to {words(pairs[-1])}" if len(pairs) > 1 else ""
    return [told + more]
