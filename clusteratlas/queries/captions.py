"""Columns in words: what stands above them in a table, and what its legend says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WORDS = {
    "ami": "adjusted mutual information",
    "ari": "adjusted Rand index",
    "bcr": "relatedness",
    "cbsa": "metro area",
    "coi": "coagglomeration",
    "ea": "economic area",
    "io": "inputs, outputs",
    "lc_emp": "co-located jobs",
    "lc_est": "co-located establishments",
    "micro": "micropolitan area",
    "occ": "occupations",
    "ri_ab": "related share there",
    "ri_avg": "related share",
    "ri_ba": "related share back",
    "ri_min": "smaller related share",
    "vi": "variation of information",
    "vs4": "validation score",
}
"""Names of columns and kinds that are no words."""

_TOKENS = {"lq": "LQ", "usd": "USD", "jaccard": "Jaccard", "naics": "NAICS"}
"""Parts of names that are written otherwise."""

_KINDS = frozenset({"kind", "type", "region_type"})
"""Columns whose values are kinds of things."""

LEGEND = {
    "LQ": "LQ: share of the jobs here over the share in the nation; 1 is as the nation",
    "SD": "SD: standard deviations from the mean of all pairs",
    "Jaccard": "Jaccard: members of both over members of either; 1 is the same",
    "strength (%)": "strength: part of the traded jobs that is in strong clusters",
    "presence": "presence: strong from LQ 1.25; withheld: it exists, no job is published",
    "certainty": "certainty: whether all figures within the bounds say so too",
    "coagglomeration": "coagglomeration: Ellison-Glaeser index of the pair",
    "validation score (%)": "validation score: mean over four linkages; 100 is the best",
}
"""What is not obvious, by what stands above the column, whole or a word of it."""

ESTIMATE = "~"
"""Before a figure that is not certain, where there is no room for its bounds."""
ESTIMATED = "~: estimate; --wide shows what the published figures allow"
RANGED = "(low-high): what the published figures allow"


def column_words(name: str) -> str:
    """Write the name of a column in words.

    Examples
    --------
    >>> column_words("lq_a"), column_words("share_region"), column_words("vs4")
    ('LQ a', 'share region', 'validation score')
    """
    return WORDS.get(name) or " ".join(_TOKENS.get(w, w) for w in name.split("_"))


def kind_words(name: str, value: Any) -> Any:
    """Write a kind of a thing ("cbsa") in words, if the column is one of kinds."""
    return WORDS.get(value, value) if name in _KINDS and isinstance(value, str) else value


def legend_of(captions: Sequence[str], ranged: Sequence[str]) -> list[str]:
    """Explain what is not obvious in a table.

    Parameters
    ----------
    captions
        What stands above its columns.
    ranged
        Cells of its columns of figures that have bounds.

    Returns
    -------
    Lines, each about one thing.
    """
    said = set(captions) | {word.strip("()") for text in captions for word in text.split()}
    lines = [text for term, text in LEGEND.items() if term in said]
    if any(cell.lstrip().startswith(ESTIMATE) for cell in ranged):
        lines.append(ESTIMATED)
    if any("(" in cell for cell in ranged):
        lines.append(RANGED)
    return lines
