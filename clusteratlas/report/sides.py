"""The default set side by side with the others: agreement, Sankey pictures, nearest clusters."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from clusteratlas.analysis.scores.agreement import best_matches, match_totals
from clusteratlas.queries.draw.flows import sankey
from clusteratlas.report.tables import Row, Tables, plain_rows
from clusteratlas.vocabulary.keys import definitions_of

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
    by_pair = {
        (r["a"], r["b"]): r for r in tables.rows("agreements") if tables.default in (r["a"], r["b"])
    }
    out = []
    for other in tables.sets:
        key = other["key"]
        whole = by_pair.get((tables.default, key)) or by_pair.get((key, tables.default))
        if whole is None:
            continue
        overlaps = _between(tables.frame("overlaps"), tables.default, key)
        matches = best_matches(overlaps)
        same, moved = match_totals(matches)
        out.append(
            {
                **other,
                "agreement": whole,
                "matches": _named(tables, matches),
                "same": same,
                "moved": moved,
                "picture": _picture(tables, other, plain_rows(overlaps)),
            }
        )
    return out


def _between(overlaps: pd.DataFrame, default: str, other: str) -> pd.DataFrame:
    """Give overlaps of two sets with the default one's cluster first."""
    a, b = (definitions_of(overlaps[end]) for end in ("a", "b"))
    along = overlaps[(a == default) & (b == other)]
    against = overlaps[(a == other) & (b == default)].rename(columns={"a": "b", "b": "a"})
    found = pd.concat([along, against])[["a", "b", "industries", "jaccard"]]
    return found.sort_values(["a", "b"], ignore_index=True)


def _named(tables: Tables, matches: pd.DataFrame) -> list[Row]:
    """Name the clusters of matches, the most alike first."""
    rows = [
        {**row, "name": tables.name_of[row["a"]], "match": tables.name_of[row["match"]]}
        for row in plain_rows(matches)
    ]
    return sorted(rows, key=lambda row: (-row["jaccard"], row["name"]))


def _picture(tables: Tables, other: Row, flows: list[Row]) -> Markup | None:
    if not flows or len({f["b"] for f in flows}) > MOST:
        return None
    default = tables.name_of_set[tables.default]
    split = sum(f["jaccard"] < 1.0 for f in flows)
    return sankey(
        f"sankey-{other['name']}",
        [(f["a"], f["b"], f["industries"]) for f in flows],
        tables.name_of,
        (default, other["name"]),
        f"Industries from the clusters of {default} to those of {other['name']}",
        f"{len(flows)} bands between {len({f['a'] for f in flows})} and "
        f"{len({f['b'] for f in flows})} clusters, {split} of them less than the whole of both. "
        "The table below has the nearest cluster of each.",
    ).markup()
