"""How present an industry is in a region."""

from __future__ import annotations

from dataclasses import dataclass

STRONG_LQ = 1.25
"""Location quotient from which an industry counts as strong in a region."""


@dataclass(frozen=True, slots=True)
class IndustryPresence:
    """One traded industry in one region."""

    key: str
    jobs: int | None
    lq: float
    share_nation: float
    estimated: bool
    source: str


def presence_in_words(kind: str | None, present: IndustryPresence | None) -> str | None:
    """Say how present an industry is in a region.

    Returns
    -------
    str or None
        ``strong`` (LQ >= 1.25), ``present``, ``missing``, ``everywhere`` for local industries
        (they serve their own place, and no location quotient is computed), None where the data
        do not classify the industry.
    """
    if kind == "local":
        return "everywhere"
    if kind is None:
        return None
    if present is None:
        return "missing"
    return "strong" if present.lq >= STRONG_LQ else "present"
