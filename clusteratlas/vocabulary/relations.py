"""Relationships in a word or two, read either way; and those that a path can be kept to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RELATIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "SUPPLIES": ("sells to", "buys from"),
        "LINKED_TO": ("related to", "related to"),
        "RELATED_TO": ("related to", "related to"),
        "MEMBER_OF": ("is a member of", "has the member"),
        "SECOND_MEMBER_OF": ("would also fit", "would also take"),
        "AKIN_TO": ("akin to", "akin to"),
        "PLAYS_ROLE": ("plays a role for", "is served by"),
        "QUESTIONED": ("questioned in", "has the questioned"),
        "LOCATED_IN": ("is in", "is home to"),
        "INSTANCE_OF": ("is the local part of", "is found as"),
        "PRESENT_IN": ("is concentrated in", "has much of"),
        "PART_OF": ("is part of", "has the part"),
        "ADJACENT_TO": ("borders on", "borders on"),
        "TAKES_PART_IN": ("takes part in", "has taking part"),
        "CLASSIFIED_AS": ("works in", "is the trade of"),
        "OWNED_BY": ("is owned by", "owns"),
        "UNIT_OF": ("is a unit of", "has the unit"),
        "FUNDED_BY": ("is funded by", "funds"),
        "PARTNER_OF": ("is a partner of", "is a partner of"),
        "SUCCEEDED_BY": ("was succeeded by", "succeeded"),
        "STAFFED_BY": ("employs", "works in"),
        "HAS_OCCUPATION": ("employs", "works in"),
        "IN_SECTOR": ("is in the sector", "has the industry"),
        "SUCCEEDS": ("takes over from", "became"),
        "OVERLAPS": ("overlaps with", "overlaps with"),
        "DEFINED_BY": ("is defined by", "defines"),
        "CALLS": ("also names", "is also named by"),
        "AGREES_WITH": ("agrees with", "agrees with"),
        "PROFILED_BY": ("is profiled by", "profiles"),
        "MEASURED": ("is measured by", "measures"),
        "OBSERVED": ("is observed by", "observes"),
        "FROM_FILE": ("is computed from", "is the file of"),
        "SAME_AS": ("is a record of", "has the record"),
    }
)
"""From the start to the end, and back; in the order in which a walk offers them."""

SITUATED = ("is in", "is home to")
"""The same of organizations in regions, which paths tell apart from clusters in them."""

KINDS_OF_LINKS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "relatedness": frozenset({"LINKED_TO", "RELATED_TO"}),
        "trade": frozenset({"SUPPLIES"}),
        "places": frozenset({"PART_OF", "SITUATED_IN", "ADJACENT_TO", "LOCATED_IN", "PRESENT_IN"}),
        "organizations": frozenset(
            {"TAKES_PART_IN", "OWNED_BY", "UNIT_OF", "FUNDED_BY", "PARTNER_OF", "SUCCEEDED_BY"}
        ),
    }
)
"""What a path can do with or without. What belongs to what is always there."""
EVERY_KIND = "all"
LINK_CHOICES = (
    EVERY_KIND,
    *(f"only-{kind}" for kind in KINDS_OF_LINKS),
    *(f"no-{kind}" for kind in KINDS_OF_LINKS),
)
"""Which links a path may take."""


def relation_words(type_: str, *, along: bool) -> str:
    """Put a relationship in a word or two, from its start to its end or the other way."""
    there, back = SITUATED if type_ == "SITUATED_IN" else RELATIONS[type_]
    return there if along else back


def may_take(type_: str, choice: str) -> bool:
    """Whether a path may take links of a type, as ``LINK_CHOICES`` has it."""
    how, _, kind = choice.partition("-")
    if not kind:
        return True
    others = {t for k, types in KINDS_OF_LINKS.items() if k != kind for t in types}
    return type_ not in (others if how == "only" else KINDS_OF_LINKS[kind])
