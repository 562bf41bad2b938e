"""How two things are connected: the shortest and the strongest paths, link by link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

from clusteratlas.analysis.linkages.link_strength import link_strength
from clusteratlas.errors import InputError
from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import DEFINITION, END_A, END_B
from clusteratlas.vocabulary.relations import (
    EVERY_KIND,
    LINK_CHOICES,
    may_take,
    relation_words,
)

LONGEST = 6
"""Links that a path may have unless a reader wants fewer; longer ones explain nothing."""


@dataclass(frozen=True, slots=True)
class FoundLink:
    """Read row of every part: one link between two named nodes."""

    link: str
    a: str
    a_name: str
    b: str
    b_name: str
    figure: float
    second: float
    detail: str
    source: str

    def name_of(self, key: str) -> str:
        """Name of one of its two nodes."""
        return self.a_name if key == self.a else self.b_name


@dataclass(frozen=True, slots=True)
class StrongestLink:
    """The strongest of the links between two nodes."""

    found: FoundLink
    strength: float
    """0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """One step of one path."""

    path: int = column("number of the path: 1 is the one with the fewest links")
    kind: str = column("shortest, or strongest")
    step: int = column("number of the step in the path")
    start: str = column("key that the step starts from")
    start_name: str = column("its name")
    link: str = column("type of the relationship")
    end: str = column("key that the step leads to")
    end_name: str = column("its name")
    strength: float = column("strength of the link", "0..1")
    sentence: str = column("the step in words")
    relation: str = column("the link in a word or two, read from start to end")
    usd: float | None = optional("money of the link: sales a year, or the sum of awards", "USD")
    path_strength: float = column("strength of the path, the product of its links", "0..1")
    source: str = column("file behind the link")


def sentence(edge: FoundLink) -> str:
    """Put a link in words, as the graph has it (from ``a`` to ``b``)."""
    a, b, x = edge.a_name, edge.b_name, edge.figure
    match edge.link:
        case "MEMBER_OF":
            return f"{a} is a {edge.detail} member of the cluster {b}"
        case "RELATED_TO":
            return f"{a} and {b} are related: {x:.1f} standard deviations above the average pair"
        case "LINKED_TO":
            return (
                f"the clusters {a} and {b} are more related than {x:.0f} % of all pairs, "
                f"most of all by {_LINKAGE.get(edge.detail, edge.detail)}"
            )
        case "SUPPLIES":
            whose = (
                f"{x:.0%} of what it buys" if edge.detail == "inputs" else f"{x:.0%} of its sales"
            )
            return f"{a} sells {edge.second:,.0f} million USD a year to {b}: {whose}"
        case "LOCATED_IN":
            word = "a strong cluster" if edge.detail == "strong" else "a cluster"
            return f"{a} is {word} in {b}: location quotient {x:.2f}, {edge.second:,.0f} jobs"
        case "PRESENT_IN":
            jobs = f"{edge.second:,.0f} jobs" + (
                "" if edge.detail == "published" else " (an estimate)"
            )
            return f"{a} is concentrated in {b}: location quotient {x:.2f}, {jobs}"
        case "PART_OF":
            return f"{a} {'lies in' if edge.detail == 'region' else 'is part of'} {b}"
        case "CLASSIFIED_AS":
            return f"{a} belongs to {b}, by {edge.detail} (confidence {x:.2f})"
        case "TAKES_PART_IN":
            return f"{a} takes part in {b}: {edge.detail}"
        case "SITUATED_IN":
            return f"{a} is in {b}" + (f" ({edge.detail})" if edge.detail != b else "")
        case "OWNED_BY" | "UNIT_OF" | "PARTNER_OF" | "SUCCEEDED_BY" | "FUNDED_BY":
            money = f", {edge.second:,.0f} USD" if edge.second else ""
            return f"{a} {_VERB[edge.link]} {b}{money}: {edge.detail}"
        case _:
            return f"{a} borders on {b}"


_VERB = {
    "OWNED_BY": "is owned by",
    "UNIT_OF": "is a part of",
    "PARTNER_OF": "is related to",
    "SUCCEEDED_BY": "was succeeded by",
    "FUNDED_BY": "is funded by",
}


_LINKAGE = {
    "lc_emp": "co-location of employment",
    "lc_est": "co-location of establishments",
    "io": "trade",
    "occ": "shared occupations",
    "coi": "coagglomeration",
}


def strongest_links(edges: Iterable[FoundLink]) -> dict[tuple[str, str], StrongestLink]:
    """Give the links that say anything, by their ends; of several between two nodes the strongest.

    Of equally strong ones the first is kept.
    """
    links: dict[tuple[str, str], StrongestLink] = {}
    for edge in edges:
        strength = link_strength(edge.link, edge.figure, edge.second, edge.detail)
        if strength <= 0 or edge.a == edge.b:
            continue
        ends = _ends(edge.a, edge.b)
        known = links.get(ends)
        if known is None or strength > known.strength:
            links[ends] = StrongestLink(edge, strength)
    return links


def _ends(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _trace(read: Read, context: Context) -> list[Any]:
    from clusteratlas.analysis.linkages.paths import shortest_and_strongest

    a, b, count, chosen, length = (
        context.arguments[n] for n in ("a", "b", "paths", "links", "length")
    )
    if not 1 <= length <= LONGEST:
        raise InputError(
            f"a path of at most {length} links cannot be looked for",
            hint=f"length is from 1 to {LONGEST}",
        )
    found = (edge for part in TRACE_PARTS for edge in read[part.read_as])
    links = strongest_links(edge for edge in found if may_take(edge.link, chosen))
    strengths = {ends: link.strength for ends, link in links.items()}
    rows = []
    paths = shortest_and_strongest(strengths, a, b, count, length)
    for number, (kind, nodes) in enumerate(paths, 1):
        steps = [links[_ends(u, v)] for u, v in pairwise(nodes)]
        whole = round(prod(link.strength for link in steps), 6)
        for step, ((u, v), link) in enumerate(zip(pairwise(nodes), steps, strict=True), 1):
            rows.append(
                TraceRow(
                    path=number,
                    kind=kind,
                    step=step,
                    start=u,
                    start_name=link.found.name_of(u),
                    link=link.found.link,
                    end=v,
                    end_name=link.found.name_of(v),
                    strength=round(link.strength, 6),
                    sentence=sentence(link.found),
                    relation=relation_words(link.found.link, along=link.found.a == u),
                    usd=_money(link.found),
                    path_strength=whole,
                    source=link.found.source,
                )
            )
    return rows


def _money(edge: FoundLink) -> float | None:
    """Give the money of a link in USD, where it is one of money."""
    if edge.link == "SUPPLIES":
        return edge.second * 1e6
    return edge.second or None if edge.link == "FUNDED_BY" else None


def trace_finding(rows: Sequence[TraceRow], first: str, second: str, length: int) -> str:
    """Say in a sentence how two things are connected."""
    if not rows:
        most = f"{length} link{'s' * (length > 1)}"
        return f"no path of at most {most} connects {first} and {second}"
    shortest = [r for r in rows if r.path == 1]
    links = len(shortest)
    if links == 1:
        return f"{first} and {second} are directly linked"
    by = " and ".join(r.end_name for r in shortest[:-1])
    way = f", by way of {by}" if by else ""
    return f"{first} and {second} are {links} links apart{way}"


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    names, length = context.names, context.arguments["length"]
    said = trace_finding(rows, names["a"], names["b"], length)
    return [f"{said}; then the strongest paths"] if rows else [said]


def _of_one(stem: str, name: str, end: str, label: str) -> Part:
    """Give a text about one end of the path, which is read if that end has the label."""
    bind = (END_A if end == "a" else END_B) if label == "Region" else (("key", end),)
    return Part(f"trace.{stem}", FoundLink, f"{name} {end}", bind, about=((end, label),))


def _of_both(stem: str, label: str) -> Part:
    """Give a text about both ends, which is read if one of them has the label."""
    return Part(f"trace.{stem}", FoundLink, about=(("a", label), ("b", label)))


_ENDS = ("a", "b")
_ORGANIZATION = ("industries", "roles", "places", "home", "out", "in", "above", "seat")
TRACE_PARTS = (
    *(Part(f"trace.{stem}", FoundLink) for stem in ("members", "links", "flows")),
    _of_both("parts", "Industry"),
    *(_of_one(f"ties-{s}", f"ties {s}", end, "Industry") for s in ("near", "far") for end in _ENDS),
    *(_of_one("ties-members", "ties members", end, "Cluster") for end in _ENDS),
    *(_of_one(stem, stem, end, "Region") for stem in ("places", "presence") for end in _ENDS),
    *(_of_both(stem, "Region") for stem in ("wholes", "above", "borders")),
    *(
        _of_one(f"org-{s}", f"organization {s}", end, "Organization")
        for s in _ORGANIZATION
        for end in _ENDS
    ),
)

_END = Param(
    "any",
    "industry, cluster, region or organization",
    labels=("Cluster", "Industry", "Region", "Organization"),
)

trace = Question(
    id="trace",
    order=130,
    words="How are these two connected: by the shortest path, and by the strongest ones?",
    row=TraceRow,
    params={
        "a": _END,
        "b": _END,
        "paths": Param(
            "number",
            "strongest paths beside the shortest one",
            required=False,
            default=3,
            in_query=False,
        ),
        "links": Param(
            "choice",
            "kinds of links that paths may take: all, one kind alone, or none of one; what belongs "
            "to what is always there",
            required=False,
            default=EVERY_KIND,
            choices=LINK_CHOICES,
            in_query=False,
        ),
        "length": Param(
            "number",
            f"links that a path may have at most, 1 to {LONGEST}",
            required=False,
            default=LONGEST,
            in_query=False,
        ),
        "definition": DEFINITION,
    },
    counted="industries and clusters that paths may lead through",
    parts=TRACE_PARTS,
    shape=_trace,
    notes=_notes,
    lead=("sentence", "path", "step", "strength", "kind"),
    picture=Picture("network", "{a} and {b}", color="kind", size="strength", label="sentence"),
    examples=(
        {"a": "biopharma", "b": "boston"},
        {"a": "325414", "b": "334510"},
        {"a": "boston", "b": "san diego"},
    ),
)
