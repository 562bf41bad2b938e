"""The tree of clusters: which are joined, and how far up, beside the families cut from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from clusteratlas.queries.draw.canvas import SIZES, Svg, fitted
from clusteratlas.report.panels import anchor_of
from clusteratlas.report.tables import Row, Tables

_ROW, _NAMES, _TREE, _FAMILIES = 18, 330.0, 260.0, 230.0


def drawn_tree(tables: Tables) -> Markup | None:
    """Draw the tree of the default set; None where the edition has none."""
    merges = [r for r in tables.rows("cluster_merges") if r["definition"] == tables.default]
    if not merges:
        return None
    rows = {r["key"]: r for r in tables.clusters}
    return _drawn(sorted(merges, key=lambda r: r["step"]), rows)


def leaves(merges: Sequence[Row]) -> list[str]:
    """Order the clusters so that those joined lie side by side and no two branches cross."""
    below = {str(r["step"]): (r["a"], r["b"]) for r in merges}
    stack, found = [str(merges[-1]["step"])], []
    while stack:
        one = stack.pop()
        if one in below:
            stack.extend(reversed(below[one]))
        else:
            found.append(one)
    return found


def _drawn(merges: Sequence[Row], rows: Mapping[str, Row]) -> Markup:
    order = leaves(merges)
    left, top = _NAMES + 10, 10
    svg = Svg(
        "tree",
        left + _TREE + _FAMILIES,
        top * 2 + _ROW * len(order),
        "The tree of clusters",
        f"{len(order)} clusters, joined by relatedness in {len(merges)} steps; families beside it.",
    )
    highest = max(r["height"] for r in merges) or 1.0
    at: dict[str, tuple[float, float]] = {}
    for i, key in enumerate(order):
        y = top + _ROW * (i + 0.5)
        at[key] = (left, y)
        name = fitted(rows[key]["name"], _NAMES, SIZES["row"])
        svg.link(_NAMES, y + 4, name, f"#{anchor_of(rows[key])}", "row")
    for merge in merges:
        ends = [at[merge["a"]], at[merge["b"]]]
        x = left + _TREE * merge["height"] / highest
        for start, y in ends:
            svg.line(start, y, x, y, "branch")
        svg.line(x, ends[0][1], x, ends[1][1], "branch")
        at[str(merge["step"])] = (x, (ends[0][1] + ends[1][1]) / 2)
    right = left + _TREE + 16
    for family, group in groupby(order, key=lambda key: rows[key]["parent"]):
        ys = [at[key][1] for key in group]
        if family is None:
            continue
        svg.line(right, min(ys) - 6, right, max(ys) + 6, "span")
        name = fitted(rows[family]["name"], _FAMILIES - 30, SIZES["row"])
        svg.label(right + 8, (min(ys) + max(ys)) / 2 + 4, name, "row")
    return svg.markup()
