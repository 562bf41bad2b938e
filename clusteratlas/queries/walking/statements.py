"""Statements to begin with: what guides show, and what makes a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that answers something by itself."""

    words: str
    text: str
    page: str = ""
    """Page of the documentation that has it word for word."""


STATEMENTS = (
    Statement(
        "The five traded clusters with most jobs",
        "MATCH (c:Cluster {kind: 'traded'})-[:DEFINED_BY]->(:Definition {is_default: true}) "
        "RETURN c.name, c.jobs ORDER BY c.jobs DESC LIMIT 5",
        "README.md",
    ),
    Statement(
        "How many people live in Boston",
        "MATCH (r:Region {key: 'cbsa:14460'}) RETURN r.name, r.population",
        "docs/tutorial.md",
    ),
    Statement(
        "The figures behind one location quotient",
        "MATCH (h:RegionalCluster {key: 'us-2021/reviewed:biopharmaceuticals@cbsa:14460'})"
        "-[m:MEASURED]->(s:Source) WHERE m.year = 2021 RETURN m.jobs AS jobs, "
        "m.jobs_low AS jobs_low, m.jobs_high AS jobs_high, m.lq AS lq, s.key AS source",
        "docs/stories/quotient-by-hand.md",
    ),
    Statement(
        "Who supplies biopharmaceuticals, as a graph",
        "MATCH (:Definition {is_default: true})<-[:DEFINED_BY]-"
        "(c:Cluster {id: 'biopharmaceuticals', level: 'cluster'})\n"
        "MATCH (s:Cluster)-[f:SUPPLIES]->(c)\n"
        "WHERE f.input_share >= 0.02\n"
        "RETURN s, f, c\n"
        "ORDER BY f.usd DESC",
    ),
    Statement(
        "The pairs of clusters that are most related, as a graph",
        "MATCH (a:Cluster {level: 'cluster'})-[l:LINKED_TO]->(b:Cluster {level: 'cluster'})\n"
        "MATCH (a)-[:DEFINED_BY]->(:Definition {is_default: true})\n"
        "RETURN a, l, b\n"
        "ORDER BY l.percentile DESC, a.key, b.key\n"
        "LIMIT 30",
    ),
    Statement(
        "Who takes part in Boston's biopharmaceuticals, as a graph",
        "MATCH (o:Organization)-[t:TAKES_PART_IN]->"
        "(h:RegionalCluster {key: 'us-2021/reviewed:biopharmaceuticals@cbsa:14460'})\n"
        "RETURN o, t, h\n"
        "ORDER BY t.confidence DESC, o.key\n"
        "LIMIT 25",
    ),
    Statement(
        "The ten strongest ties between industries",
        "MATCH (a:Industry)-[t:RELATED_TO]->(b:Industry)\n"
        "RETURN a.title AS industry, b.title AS other, t.combined AS combined\n"
        "ORDER BY combined DESC\n"
        "LIMIT 10",
    ),
)
"""In the order in which they are offered."""
