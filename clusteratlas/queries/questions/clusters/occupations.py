"""Whom a cluster or an industry employs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import row_from
from clusteratlas.queries.questions.shared.clusters import OccupationRow
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    limit,
)


@dataclass(frozen=True, slots=True)
class IndustryOccupation:
    """Read row of ``occupations.industry``."""

    key: str
    name: str
    jobs: float | None
    share: float
    source: str


def _occupations(read: Read, context: Context) -> list[Any]:
    rows = list(read["occupations.cluster"])
    rows += [row_from(OccupationRow, o) for o in read["occupations.industry"]]
    return rows[: context.arguments["limit"]]


occupations = Question(
    id="occupations",
    order=100,
    words="Which occupations does this cluster or industry employ?",
    row=OccupationRow,
    params={
        "cluster": Param("any", "cluster or industry", labels=("Cluster", "Industry")),
        "definition": DEFINITION,
        "limit": limit(20),
    },
    counted="occupations that the edition holds for it",
    parts=(
        Part("occupations.cluster", OccupationRow),
        Part("occupations.industry", IndustryOccupation),
    ),
    shape=_occupations,
    picture=Picture("bars", "Occupations of {cluster}", "share", "name"),
    examples=({"cluster": "biopharma"}, {"cluster": "325414"}),
)
