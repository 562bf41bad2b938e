"""Addresses of pages: every state of a page is in its query string."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from clusteratlas.queries.language.question import Question, Value, as_several
from clusteratlas.vocabulary.keys import label_of, parse_regional_cluster

_PAGES = {
    "Region": ("region", "region"),
    "Cluster": ("cluster", "cluster"),
    "Industry": ("ask/industry", "industry"),
    "Organization": ("ask/organization", "organization"),
}
"""Page of what a key names, and the parameter that takes it, by label."""


def address(path: str, arguments: Mapping[str, Value | None]) -> str:
    """Write the address of a page; what is empty is left out."""
    pairs = [(name, str(v)) for name, given in arguments.items() for v in as_several(given)]
    return f"/{path}?{urlencode(pairs)}" if pairs else f"/{path}"


def page_of(key: str) -> str | None:
    """Give the address of the page about what a key names; None where there is none."""
    label = label_of(key)
    if label == "RegionalCluster":
        cluster, region = parse_regional_cluster(key)
        return address("anatomy", {"cluster": cluster, "region": region})
    if label not in _PAGES:
        return None
    path, parameter = _PAGES[label]
    return address(path, {parameter: key})


def walk_from(of: str, about: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give the words and address of a walk from what a page or question is about.

    Parameters
    ----------
    of
        What it is called; it is about one thing if a parameter is called so too.
    about
        The arguments: keys.
    """
    return [("Walk on from here", address("trace", {"at": about[of]}))] if of in about else []


def question_page(question: Question, arguments: Mapping[str, Value | None]) -> str:
    """Give the address of a question with its arguments."""
    return address(f"ask/{question.id}", arguments)
