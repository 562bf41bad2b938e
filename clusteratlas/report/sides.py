"""The default set side by side with the others: agreement, Sankey pictures, nearest clusters."""

from __future__ import annotations

from markupsafe import Markup

from clusteratlas.queries.draw.flows import sankey
from clusteratlas.report.tables import Row, Tables

MOST = 80
"""A set of more clusters than this is listed and not drawn."""


def agreement(tables: Tables) -> list[Row]:
    """Give one row per set with its agreement with every set; None with itself."""
    by_pair: dict[tuple[str, str], Row] = {}
    for row in tables.rows("agreements"):
        by_pair[row["a"], row["b"]] = by_pair[row["b"], row["a"]] = row
    return [
        {
            "name": one["name"],
            "cells": [by_pair.get((one["key"], other["key"])) for other in tables.sets],
        }
        for one in tables.sets
    ]


def sides(tables: Tables) -> list[Row]:
    """Set the default definitions beside each other set that they share industries with."""
    overlaps = tables.rows("overlaps")
    by_pair = {
        (r["a"], r["b"]): r for r in tables.rows("agreements") if tables.default in (r["a"], r["b"])
    }
    out = []
    for other in tables.sets:
        key = other["key"]
        whole = by_pair.get((tables.default, key)) or by_pair.get((key, tables.default))
        if whole is None:
            continue
        flows = _between(overlaps, tables.default, key)
        matches = _matches(tables, flows)
        out.append(
            {
                **other,
                "agreement": whole,
                "matches": matches,
                "same": sum(1 for m in matches if m["jaccard"] == 1.0),
                "moved": sum(m["elsewhere"] for m in matches),
                "picture": _picture(tables, other, flows),
            }
        )
    return out


def _between(overlaps: list[Row], default: str, other: str) -> list[tuple[str, str, int, float]]:
    """Give overlaps of two sets with the default one's cluster first."""
    out = []
    for row in overlaps:
        ends = row["a"], row["b"]
        of = tuple(e.partition(":")[0] for e in ends)
        if of == (default, other):
            out.append((*ends, row["industries"], row["jaccard"]))
        elif of == (other, default):
            out.append((*ends[::-1], row["industries"], row["jaccard"]))
    return sorted(out)


def _matches(tables: Tables, flows: list[tuple[str, str, int, float]]) -> list[Row]:
    """Give the nearest cluster of the other set to each of ours, by Jaccard."""
    best: dict[str, tuple[str, str, int, float]] = {}
    sizes: dict[str, int] = {}
    for flow in flows:
        sizes[flow[0]] = sizes.get(flow[0], 0) + flow[2]
        if flow[0] not in best or flow[3] > best[flow[0]][3]:
            best[flow[0]] = flow
    return [
        {
            "name": tables.name_of[a],
            "industries": sizes[a],
            "match": tables.name_of[b],
            "shared": n,
            "elsewhere": sizes[a] - n,
            "jaccard": jaccard,
        }
        for a, b, n, jaccard in sorted(best.values(), key=lambda f: (-f[3], tables.name_of[f[0]]))
    ]


def _picture(tables: Tables, other: Row, flows: list[tuple[str, str, int, float]]) -> Markup | None:
    if not flows or len({f[1] for f in flows}) > MOST:
        return None
    default = tables.name_of_set[tables.default]
    split = sum(1 for f in flows if f[3] < 1.0)
    return sankey(
        f"sankey-{other['name']}",
        [(a, b, n) for a, b, n, _ in flows],
        tables.name_of,
        (default, other["name"]),
        f"Industries from the clusters of {default} to those of {other['name']}",
        f"{len(flows)} bands between {len({f[0] for f in flows})} and {len({f[1] for f in flows})} "
        f"clusters, {split} of them less than the whole of both. The table below has the nearest "
        "cluster of each.",
    ).markup()
