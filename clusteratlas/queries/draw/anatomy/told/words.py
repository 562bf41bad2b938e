"""An anatomy in words: what a mark says when it is read out, and what is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.draw.anatomy.shared.roles import Look, is_doubtful, said, short_name
from clusteratlas.queries.numbers import count_words, dollar_words, percent_words, range_words

PRESENT = {
    "strong": "strong here",
    "present": "present, not strong",
    "withheld": "here, its jobs withheld",
    "missing": "missing here",
    "not known": "not measured here",
    "everywhere": "in every region",
}
"""A presence in words."""
_TRADE = {
    "supplier": "Sells {usd} a year to the cluster, {share} of what it buys.",
    "service": "Sells {usd} a year of services to the cluster, {share} of what it buys.",
    "customer": "Buys {usd} a year from the cluster, {share} of what it sells.",
}
_WHY = {
    "core": "It is an industry of the cluster.",
    "second": "It belongs to {cluster}, and is nearly as related to this cluster.",
    "adjoining": "It belongs to {cluster}, and is close to this cluster by its ties.",
    "occupation": "Of the cluster's jobs in the nation {share} are in this occupation.",
    "related cluster": "Its industries are tied to those of this cluster.",
    "adjoining company": "It works in an industry that adjoins the cluster.",
}


def spoken(row: Any, look: Look) -> str:
    """Say what a mark is: its name as it is seen, in full, how present it is, what it sells."""
    name = short_name(row.name)
    told = [name, "" if name == row.name else row.name, PRESENT.get(row.presence, "")]
    told.append(said(row, look))
    told.append("general knowledge" if is_doubtful(row) else "")
    told.append("pinned" if row.key in look.pinned else "")
    return ", ".join(t for t in told if t)


def jobs_words(row: Any) -> str:
    """Write the jobs of a row with their bounds; empty where none are known."""
    if row.jobs is None:
        return ""
    if row.jobs_low is None or row.jobs_high is None:
        return count_words(row.jobs)
    words = (count_words(v) for v in (row.jobs, row.jobs_low, row.jobs_high))
    return range_words(*words, none=row.jobs == 0)


def lq_words(row: Any) -> str:
    """Write the location quotient of a row, with bounds where there are any."""
    if row.lq is None:
        return ""
    low, high = row.lq_low, row.lq_high
    if low is None or high is None:
        return f"{row.lq:.2f}"
    return range_words(f"{row.lq:.2f}", f"{low:.2f}", f"{high:.2f}")


def reasons(row: Any) -> list[str]:
    """Say why a row is there, in sentences."""
    told = []
    usd = dollar_words(row.million_usd) if row.million_usd else ""
    share = percent_words(row.share, 1).replace(" ", "")
    if row.section in _TRADE:
        told.append(_TRADE[row.section].format(usd=usd or "something", share=share))
        told.append("The figure is national: no file gives sales by region.")
    elif row.section in _WHY:
        told.append(_WHY[row.section].format(cluster=row.cluster or "no cluster", share=share))
    if row.presence in PRESENT and row.section != "place":
        told.append(f"It is {PRESENT[row.presence]}.")
    if row.presence == "missing":
        told.append("Published figures leave no room for it.")
    if row.evidence:
        told.append(f"{row.evidence[:1].upper()}{row.evidence[1:].rstrip('.')}.")
    if is_doubtful(row):
        told.append("General knowledge: no register at hand has a record of it.")
    return told


def anatomy_finding(rows: Sequence[Any]) -> str:
    """Say in a sentence how the cluster stands: its industries by presence, and what is missing."""
    core = [row for row in rows if row.section == "core"]
    if not core:
        return "No industry of it is known."
    strong = sum(row.presence == "strong" for row in core)
    missing = sum(row.presence == "missing" for row in core)
    here = {0: "none", len(core): "all"}.get(strong, str(strong))
    lacks = f"{missing} {_is(missing)} missing" if missing else "none is missing"
    return f"Of its {len(core)} industries {here} {_is(strong)} strong here, {lacks}."


def _is(number: int) -> str:
    return "is" if number <= 1 else "are"
