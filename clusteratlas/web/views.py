"""Pages about a thing: which questions are on each, which beside which, which come at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from clusteratlas.queries.language.question import Value

Room = Literal["whole", "both", "most", "half", "third"]
"""How much of the width of a page a part takes, where there is width: both is all of it, the list
beside the picture; parts of a third that follow each other are stacked."""


@dataclass(frozen=True, slots=True)
class Shows:
    """One question on a page."""

    question: str
    words: str
    """What the part is called in the list of what is on the page."""
    room: Room = "half"
    given: Mapping[str, Value] = field(default_factory=dict)
    """Arguments beside those of the page."""
    sections: tuple[str, ...] = ()
    """Sections of the answer that are shown; empty for all."""
    rows: int = 8
    """Rows of each of them at most: the question's own page has them all."""
    columns: int = 5
    """Columns of each of them at most, those that answer the question first."""
    facts: tuple[str, ...] = ()
    """Columns that are shown of what the answer is about; empty for the first few."""
    drawn: bool = True
    """Whether the picture is shown."""
    listed: bool = True
    """Whether the table is open; else it is behind a line that opens it."""
    now: bool = False
    """Whether it is in the page at once; others come when they are looked at."""


@dataclass(frozen=True, slots=True)
class View:
    """A page that several questions are shown on."""

    id: str
    words: str
    params: tuple[str, ...]
    """What the page is about; of those that take several one is enough."""
    parts: tuple[Shows, ...]
    """The first says what is found in the title of the page."""
    examples: tuple[Mapping[str, Value], ...] = ()
    """What to look at for a start, where nothing is given."""
    kicker: str = ""
    """What is above the title."""
    also: tuple[tuple[str, str], ...] = ()
    """Words and paths of other pages about the same thing."""
    either: bool = False
    """One of the parameters is enough; each takes several."""
    form: bool = False
    """The form of the first question is on the page, to change what is asked."""
    sheet: bool = False
    """A sheet to print: one page, all of it at once."""


_OF_REGION = (
    "population",
    "income_per_capita",
    "jobs",
    "traded_jobs",
    "strong_clusters",
    "strength",
)
"""What a page says of a region at its head."""

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.id: view
        for view in (
            View(
                "cluster",
                "A cluster: what it is, where it is, what it is tied to",
                ("cluster",),
                (
                    Shows(
                        "cluster",
                        "Members",
                        "most",
                        sections=("cluster", "industry", "second"),
                        rows=10,
                        facts=(
                            "industries",
                            "jobs",
                            "establishments",
                            "payroll",
                            "relatedness",
                            "consumer_share",
                        ),
                        now=True,
                    ),
                    Shows(
                        "card",
                        "Why it is one",
                        "third",
                        sections=("cluster", "move", "objection", "close call"),
                        rows=4,
                        columns=3,
                        facts=("says", "mark", "jaccard"),
                        drawn=False,
                        now=True,
                    ),
                    Shows("top-regions", "Where it is", "both", {"limit": 12}, columns=3, rows=12),
                    Shows("related", "Linked clusters", "whole", columns=6, rows=12),
                    Shows("suppliers", "Suppliers", "both", rows=7, columns=3),
                    Shows("customers", "Customers", "both", rows=7, columns=3),
                    Shows("occupations", "Occupations", "both", {"limit": 16}, rows=12, columns=3),
                    Shows(
                        "wages",
                        "Wages",
                        "both",
                        {"limit": 16, "least_jobs": 1000},
                        rows=12,
                        columns=3,
                    ),
                    Shows("trend", "Through the years", "both", columns=4),
                    Shows("rank", "Ranks", "both", {"limit": 10}, columns=4, rows=10),
                    Shows("subclusters", "Parts", "both", rows=12, columns=3),
                    Shows("stability", "How stable", "both", columns=4),
                ),
                ({"cluster": "biopharma"}, {"cluster": "automotive"}, {"cluster": "wine"}),
                "Cluster",
                (
                    ("Its links as a network", "related"),
                    ("Beside another", "compare"),
                    ("Hot spots", "ask/hotspots"),
                    ("Places that suit it", "sites"),
                ),
            ),
            View(
                "region",
                "A region: what it is strong in, how it does, whom it is like",
                ("region",),
                (
                    Shows("region", "Portfolio", "most", rows=18, facts=_OF_REGION, now=True),
                    Shows(
                        "region-scorecard",
                        "Beside its kind",
                        "third",
                        columns=3,
                        rows=12,
                        drawn=False,
                    ),
                    Shows("next-door", "Next door", "whole", columns=5, drawn=False),
                    Shows("trend", "Through the years", "both", columns=4),
                    Shows(
                        "shift-share", "Its own share", "both", {"limit": 20}, rows=10, columns=3
                    ),
                    Shows("wages", "Wages", "both", {"limit": 20}, rows=10, columns=3),
                    Shows("wage-gap", "Wage gap", "half", drawn=False, rows=6, columns=4),
                    Shows("uncertain", "What is uncertain", "half", drawn=False, rows=6, columns=4),
                    Shows("strengths", "Strong by which rule", "both", rows=14, columns=3),
                    Shows("quadrants", "Stars and others", "both", rows=14, columns=3),
                    Shows("opportunities", "Opportunities", "both", rows=10, columns=3),
                    Shows("peers", "Peers", "both", rows=8, columns=3),
                    Shows("organizations-here", "Organizations", "both", rows=12, columns=3),
                ),
                (
                    {"region": "cleveland"},
                    {"region": "boston"},
                    {"region": "michigan"},
                    {"region": "united states"},
                ),
                "Region",
                (("Scorecard to print", "scorecard"), ("Beside another", "compare")),
            ),
            View(
                "scorecard",
                "A region on one page, to print",
                ("region",),
                (
                    Shows(
                        "region",
                        "Clusters",
                        "whole",
                        rows=10,
                        columns=6,
                        facts=_OF_REGION,
                        drawn=False,
                        now=True,
                    ),
                    Shows(
                        "region-scorecard",
                        "Beside regions of its kind",
                        "most",
                        rows=9,
                        columns=5,
                        drawn=False,
                        now=True,
                    ),
                    Shows(
                        "peers",
                        "Most like it",
                        "third",
                        sections=("peer",),
                        rows=5,
                        columns=2,
                        drawn=False,
                        now=True,
                    ),
                    Shows(
                        "trend",
                        "Jobs through the years",
                        "third",
                        sections=("whole",),
                        rows=6,
                        columns=4,
                        drawn=False,
                        now=True,
                    ),
                ),
                ({"region": "cleveland"}, {"region": "ohio"}),
                "Cluster scorecard",
                (("All about it", "region"),),
                sheet=True,
            ),
            View(
                "compare",
                "Two to ten regions, or clusters, side by side",
                ("region", "cluster"),
                (Shows("compare", "Side by side", "both", rows=20, columns=5, now=True),),
                (
                    {"region": ("cleveland", "pittsburgh", "columbus, oh")},
                    {"region": ("ohio", "michigan")},
                    {"cluster": ("biopharma", "medical devices")},
                ),
                "Side by side",
                either=True,
            ),
            View(
                "related",
                "Which clusters a cluster is linked to",
                ("cluster",),
                (
                    Shows("related", "Links", "whole", rows=40, columns=7, now=True),
                    Shows("cluster-links", "All links", "whole", rows=10),
                ),
                ({"cluster": "biopharma"}, {"cluster": "aerospace"}),
                "Linked clusters",
                (("What it is", "cluster"), ("Beside another", "compare")),
            ),
            View(
                "definitions",
                "Sets of cluster definitions, and how good each is",
                (),
                (
                    Shows("definitions", "Sets", "both", rows=12, columns=4, now=True),
                    Shows("stability", "How stable clusters are", "both", rows=24, columns=3),
                ),
                kicker="Definitions",
                also=(
                    ("Two sets side by side", "definitions/compare"),
                    ("How stable every cluster is", "ask/stability"),
                ),
            ),
            View(
                "definitions/compare",
                "Two sets of definitions side by side",
                ("a", "b"),
                (
                    Shows(
                        "compare-definitions", "Side by side", "whole", rows=25, columns=6, now=True
                    ),
                ),
                ({"a": "reviewed", "b": "algorithm"}, {"a": "algorithm", "b": "ward"}),
                "Definitions side by side",
                form=True,
            ),
            View(
                "sources",
                "Every file behind the figures, and what is lost on the way",
                (),
                (Shows("sources", "Files", "whole", rows=200, columns=6, drawn=False, now=True),),
                kicker="Sources",
            ),
            View(
                "sites",
                "Regions that meet your criteria",
                ("cluster", "industry"),
                (Shows("sites", "Regions", "whole", rows=30, columns=7, now=True),),
                (
                    {"cluster": "medical devices", "least_jobs": 2000, "least_lq": 1.5},
                    {"cluster": "biopharma", "least_jobs": 1000, "least_suppliers": 10},
                    {"industry": "335911", "supplier": ("325180", "331318"), "state": "OH"},
                ),
                "Sites",
                either=True,
                form=True,
            ),
            View(
                "evidence",
                "Do the claims of cluster theory hold in the figures of today?",
                (),
                (Shows("evidence", "Claims", "whole", rows=30, columns=4),),
                kicker="Evidence",
            ),
        )
    }
)
"""Pages by their path."""


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
                "compare",
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
            ("Which definitions are there?", "definitions", {}),
            ("Where is aerospace a hot spot?", "ask/hotspots", {"cluster": "aerospace"}),
        ),
    ),
    Reader(
        "Company",
        (
            (
                "Which places suit a maker of medical devices?",
                "sites",
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
