"""Every question, by id: what commands, documentation, tests and the explorer enumerate."""

from __future__ import annotations

from collections.abc import Mapping

from clusteratlas.errors import UnknownName
from clusteratlas.queries.language.question import Question
from clusteratlas.queries.questions.definitions import clusters, industries, sets
from clusteratlas.queries.questions.definitions import what_if_moved as moves
from clusteratlas.queries.questions.definitions import why as reasons
from clusteratlas.queries.questions.organizations import funding, organization, organizations
from clusteratlas.queries.questions.organizations import shared_and_missing as roles
from clusteratlas.queries.questions.provenance import origins
from clusteratlas.queries.questions.regions import anatomy, compare, regions, supply, trace


def _collect() -> dict[str, Question]:
    cluster, related, occupations, links = clusters.QUESTIONS
    region, top_regions, neighbors = regions.QUESTIONS
    suppliers, customers, services, gaps = supply.QUESTIONS
    compare_regions, compare_clusters = compare.QUESTIONS
    definitions, provenance = origins.QUESTIONS
    order = (
        cluster, *industries.QUESTIONS, region, *anatomy.QUESTIONS, top_regions, related,
        suppliers, customers, services, occupations, compare_regions, compare_clusters,
        *trace.QUESTIONS, gaps, neighbors,
        *organization.QUESTIONS, *organizations.QUESTIONS, *funding.QUESTIONS, *roles.QUESTIONS,
        *reasons.QUESTIONS, *moves.QUESTIONS,
        *sets.QUESTIONS, links,
        definitions, provenance,
    )  # fmt: skip
    found: dict[str, Question] = {}
    for question in order:
        if question.id in found:
            raise ValueError(f"question {question.id} is declared twice")
        found[question.id] = question
    return found


QUESTIONS: Mapping[str, Question] = _collect()
"""The questions, in the order in which they are listed."""


def question(id_: str) -> Question:
    """Get a question by its id.

    Raises
    ------
    UnknownName
        If there is none, with the nearest ids.
    """
    if id_ in QUESTIONS:
        return QUESTIONS[id_]
    import difflib

    raise UnknownName("question", id_, difflib.get_close_matches(id_, QUESTIONS, n=3, cutoff=0.4))
