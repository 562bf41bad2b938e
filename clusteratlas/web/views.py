"""Pages about a thing: each a question, and the questions that belong beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from clusteratlas.queries.language.question import Value


@dataclass(frozen=True, slots=True)
class View:
    """A page that several questions are shown on."""

    id: str
    words: str
    title: str
    """Heading, with the names of what the page is about."""
    params: tuple[str, ...]
    parts: tuple[str, ...]
    """Questions, the first of which is there at once."""
    given: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """Further arguments of a question."""


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.id: view
        for view in (
            View(
                "cluster",
                "A cluster: what it is, where it is, what it is tied to",
                "{cluster}",
                ("cluster",),
                ("cluster", "top-regions", "related", "card", "occupations", "stability"),
                {"top-regions": {"limit": 15}},
            ),
            View(
                "region",
                "A region: what it is strong in, how it does, whom it is like",
                "{region}",
                ("region",),
                ("region", "trend", "quadrants", "shift-share", "peers", "region-scorecard"),
            ),
            View(
                "anatomy",
                "The anatomy of a cluster in a region",
                "{cluster} in {region}",
                ("cluster", "region"),
                ("anatomy", "companies", "institutions", "gaps", "neighbors", "coverage"),
            ),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who comes, and what they ask first."""

    name: str
    asks: tuple[tuple[str, str, Mapping[str, Value]], ...]
    """Words, path and arguments of each question."""


ROLES = (
    Reader(
        "Economic developer",
        (
            ("What is Pittsburgh good at?", "region", {"region": "pittsburgh"}),
            (
                "What do Boston's biopharmaceuticals consist of?",
                "anatomy",
                {"cluster": "biopharmaceuticals", "region": "boston"},
            ),
            (
                "What does Detroit's automotive lack?",
                "ask/gaps",
                {"cluster": "automotive", "region": "detroit"},
            ),
        ),
    ),
    Reader(
        "Policy analyst",
        (
            (
                "How do Cleveland, Pittsburgh and Columbus differ?",
                "ask/compare",
                {"region": ["cleveland", "pittsburgh", "columbus, oh"]},
            ),
            ("How has Michigan done?", "ask/performance", {"region": "michigan"}),
            ("Which of Ohio's figures are uncertain?", "ask/uncertain", {"region": "ohio"}),
        ),
    ),
    Reader(
        "Researcher",
        (
            ("Why are vaccines with biopharmaceuticals?", "ask/why", {"industry": "325414"}),
            ("Which definitions are there?", "ask/definitions", {}),
            ("Where is aerospace a hot spot?", "ask/hotspots", {"cluster": "aerospace"}),
        ),
    ),
    Reader(
        "Company",
        (
            (
                "Which places suit a maker of medical devices?",
                "ask/sites",
                {"cluster": "medical devices", "least_jobs": 2000, "least_lq": 1.5},
            ),
            ("Who sells to it?", "ask/suppliers", {"cluster": "medical devices"}),
            (
                "Are the people in Minneapolis?",
                "ask/talent",
                {"cluster": "medical devices", "region": "minneapolis"},
            ),
        ),
    ),
)
