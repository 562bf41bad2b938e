"""What the server remarks of names that it does not know, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import neo4j
from neo4j import NotificationDisabledClassification

from clusteratlas.graph.naming import unknown_name

OTHER_NOTES = tuple(
    NotificationDisabledClassification[name]
    for name in (
        "DEPRECATION",
        "HINT",
        "PERFORMANCE",
        "GENERIC",
        "SECURITY",
        "TOPOLOGY",
        "SCHEMA",
    )
)
"""What the server would remark beside names that it does not know."""
_UNKNOWN = {"01N50": "label", "01N51": "type", "01N52": "property"}
"""Status of a statement that names what the database has not."""
_NAMED = re.compile(r"The (?:label|relationship type|property) `?([^`\s]+)`?")


def name_warnings(summary: neo4j.ResultSummary) -> Iterator[str]:
    """Say which names a statement has that neither the model nor the database knows."""
    for status in summary.gql_status_objects:
        kind = _UNKNOWN.get(status.gql_status)
        named = _NAMED.search(status.status_description)
        if kind and named and (said := unknown_name(kind, named[1])):
            yield said
