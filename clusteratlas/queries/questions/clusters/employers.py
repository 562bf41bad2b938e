"""Which clusters employ an occupation, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Picture, Question
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.parameters import DEFINITION, LEVEL, limit


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRow:
    """One cluster that employs the occupation."""

    key: str = column("key of the cluster")
    name: str = column("its name")
    kind: str = column(of="clusters.kind")
    jobs: float = column(of="cluster_occupations.jobs")
    share: float = column(of="cluster_occupations.share")
    share_of_occupation: float | None = column(
        "share of the occupation's jobs in all industries", "share"
    )
    lq: float | None = column(of="cluster_occupations.lq")
    source: str = column("file behind the figures")


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    name = context.names["occupation"]
    if not rows:
        return [f"no cluster has {name} among its larger occupations, which are broad groups"]
    held = sum(r.share_of_occupation or 0.0 for r in rows)
    return [
        f"the shown clusters hold {held:.1%} of all jobs of {name}",
        "an edition has the larger occupations of each cluster: smaller employers are not shown",
    ]


employers = Question(
    id="employers",
    order=105,
    words="Which clusters employ this occupation, and how many of its jobs do they have?",
    row=EmployerRow,
    params={
        "occupation": Param(
            "any", "occupation: its title, words of it, or SOC code", labels=("Occupation",)
        ),
        "level": LEVEL,
        "definition": DEFINITION,
        "limit": limit(15, in_query=True),
    },
    counted="clusters where it is among the larger occupations",
    notes=_notes,
    picture=Picture("bars", "Clusters that employ {occupation}", "jobs", "name", "kind"),
    examples=({"occupation": "machinists"}, {"occupation": "51-4041"}),
)
