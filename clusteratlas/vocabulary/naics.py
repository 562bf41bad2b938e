"""How NAICS codes are nested: sectors, parents and levels, read off the codes alone."""

from __future__ import annotations

TOTAL = "total"
"""All industries together, as files of employment name them."""

SECTOR_SPANS = {
    "31": "31-33",
    "32": "31-33",
    "33": "31-33",
    "44": "44-45",
    "45": "44-45",
    "48": "48-49",
    "49": "48-49",
}
"""Two digits -> the sector, where one spans several of them."""


def naics_parent(code: str) -> str | None:
    """Return the industry one level up: 325414 -> 32541 -> ... -> 31-33 -> total -> None."""
    if code == TOTAL:
        return None
    if len(code) == 3:
        return SECTOR_SPANS.get(code[:2], code[:2])
    if len(code) == 2 or "-" in code:
        return TOTAL
    return code[:-1]


def naics_level(code: str) -> int:
    """Return the digits of a code: 0 for the total, 2 for sectors such as 31-33, up to 6."""
    return 0 if code == TOTAL else 2 if "-" in code else len(code)


def naics_ancestors(code: str) -> tuple[str, ...]:
    """Return a six-digit code and what it lies in, nearest first, the sector last."""
    return (code, code[:5], code[:4], code[:3], SECTOR_SPANS.get(code[:2], code[:2]))
