"""Roles around the plate: what each holds, and which of it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clusteratlas.queries.numbers import dollar_words

MOST_CORE = 9
"""Industries of the cluster that find room on the plate; the list has them all."""
MOST_OPENED = 24
"""Rows of a role that is open; the list has them all."""


@dataclass(frozen=True, slots=True)
class Role:
    """One place around the plate."""

    id: str
    title: str
    tone: int
    """Number of its color."""
    sections: tuple[tuple[str, int], ...]
    """Sections of the answer that it holds, and how many rows of each are drawn at most."""


LEFT = (
    Role("government", "Government", 4, (("government", 4),)),
    Role("suppliers", "Suppliers", 1, (("supplier", 6), ("supplier company", 3))),
    Role("services", "Services", 5, (("service", 5), ("service company", 3))),
    Role("occupations", "Occupations", 6, (("occupation", 4),)),
)
RIGHT = (
    Role("support", "Support organizations", 3, (("support organization", 4),)),
    Role("customers", "Customers", 2, (("customer", 6), ("customer company", 3))),
    Role(
        "near",
        "Near by in other clusters",
        0,
        (("adjoining", 3), ("second", 3), ("adjoining company", 2)),
    ),
    Role("related", "Related clusters", 7, (("related cluster", 5),)),
)
CORE = Role("core", "Core industries", 0, (("core", MOST_CORE),))
ABOVE = Role("companies", "Companies", 0, (("core company", 8),))
BELOW = Role("institutions", "Institutions", 7, (("institution", 8),))
ROLES = (CORE, ABOVE, *LEFT, *RIGHT, BELOW)
RING_OF: Mapping[str | None, int] = {"strong": 0, "missing": 2, "not known": 2}
"""Ring of a presence; the others lie on the second."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at an anatomy: everything that an address says beside its subject."""

    opened: str = ""
    """Id of the role that is open."""
    selected: str = ""
    """Key of the mark that is told about."""
    sought: str = ""
    hidden: frozenset[str] = frozenset()
    pinned: tuple[str, ...] = ()
    tied: frozenset[str] = frozenset()
    """Keys of what the opened organization has links to."""
    strengths: Mapping[str, float] | None = None
    """How strongly industries are tied to the cluster, 0 to 1, by key; None: by their sales."""
    leads: Callable[..., str] | None = None
    """Address of the same page with other values; None: the picture leads nowhere."""

    def matches(self, row: Any) -> bool:
        """Whether a row has what is sought; every row has where nothing is."""
        told = (row.name, row.key, row.detail, row.cluster, row.city, row.evidence)
        words = " ".join(t for t in told if t).casefold()
        return all(word in words for word in self.sought.casefold().split())

    def weight(self, row: Any) -> float:
        """Give what the line of a row is drawn by."""
        if self.strengths is None:
            return row.million_usd or 0.0
        return max(self.strengths.get(row.key, 0.0), 0.0)

    def states(self, row: Any) -> str:
        """Give the classes of what the reader does with a row, each after a space."""
        held: Mapping[str, bool] = {
            "at": row.key == self.selected,
            "pinned": row.key in self.pinned,
            "tied": row.key in self.tied,
            "dim": not self.matches(row) or bool(self.tied and row.key not in self.tied),
        }
        return "".join(f" {name}" for name, holds in held.items() if holds)


PLAIN = Look()
"""How a picture outside the explorer is drawn."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A role with its rows."""

    role: Role
    rows: Sequence[Any]
    """Those that are drawn."""
    rest: Sequence[Any] = ()
    """The others, a dot for each."""
    matching: int = 0
    opened: bool = False
    every: Sequence[Any] = field(default=(), repr=False)
    """All of them, in their order."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows) + len(self.rest)

    @property
    def counted(self) -> str:
        """Of how many those are that are drawn, in words."""
        shown = len(self.rows)
        if not shown:
            return f"{self.count}"
        return f"all {shown}" if shown == self.count else f"{shown} of {self.count}"


def by_role(rows: Sequence[Any], look: Look = PLAIN) -> dict[str, Filled]:
    """Put the rows of an anatomy under their roles, by id; roles without any are left out."""
    sections: dict[str, list[Any]] = {}
    for row in rows:
        if row.key not in look.hidden:
            sections.setdefault(row.section, []).append(row)
    sides = [side for side in (LEFT, RIGHT) if look.opened in {role.id for role in side}]
    found = {}
    for role in ROLES:
        folded = any(role in side for side in sides) and role.id != look.opened
        filled = _fill(role, sections, look, folded=folded)
        if filled.count:
            found[role.id] = filled
    return found


def _fill(role: Role, sections: Mapping[str, Sequence[Any]], look: Look, *, folded: bool) -> Filled:
    every: dict[str, Any] = {}
    most: dict[str, int] = {}
    for section, number in role.sections:
        # What plays two parts in a role has one place in it.
        new = [row for row in sections.get(section, ()) if row.key not in every]
        if look.strengths is not None:
            new.sort(key=lambda row: -look.weight(row))
        every |= {row.key: row for row in new}
        most[section] = number
    opened = role.id == look.opened
    wanted = {*look.pinned, look.selected}
    drawn: set[str] = set()
    for section, number in most.items():
        own = [row for row in every.values() if row.section == section]
        # Sorting keeps their order: what the reader asks for comes before the rest.
        own.sort(key=lambda row: not (row.key in wanted or (look.sought and look.matches(row))))
        drawn.update(row.key for row in own[:number])
    if opened:
        first = sorted(every, key=lambda key: key not in drawn)
        drawn = set(first[:MOST_OPENED])
    elif folded:
        drawn &= wanted
    return Filled(
        role,
        [row for row in every.values() if row.key in drawn],
        [row for row in every.values() if row.key not in drawn],
        sum(map(look.matches, every.values())),
        opened,
        list(every.values()),
    )


def is_organization(row: Any) -> bool:
    """Whether a row is an organization, and no industry, occupation or cluster."""
    return row.registers is not None


def is_doubtful(row: Any) -> bool:
    """Whether a row is general knowledge, without a record."""
    return bool(row.basis == "general knowledge")


def ring_of(row: Any) -> int:
    """Say on which ring a row lies: 0 strong or here, 1 present, 2 not here."""
    if row.section == "occupation" or is_organization(row):
        return 0
    return RING_OF.get(row.presence, 1)


_SHORT = (
    (r"\s*\([^)]*\)", ""),
    (r"\bAll Other Miscellaneous\b", "Other misc."),
    (r"\bAll Other\b", "Other"),
    (r"\bResearch and Development\b", "R&D"),
    (r"\bMerchant Wholesalers\b", "wholesalers"),
    (r"\bMerchant Wholesale\b", "wholesale"),
    (r"\bManufacturing\b", "mfg."),
    (r", Except [A-Z]\w+( \w+)?$", ""),
    (r"\band\b", "&"),
)


def short_name(name: str) -> str:
    """Write the title of an industry as short as a picture needs it; others stay as they are.

    Examples
    --------
    >>> short_name("Research and Development in Biotechnology (except Nanobiotechnology)")
    'R&D in Biotechnology'
    """
    for long, short in _SHORT:
        name = re.sub(long, short, name)
    return name.strip(" ,")


def said(row: Any, look: Look = PLAIN) -> str:
    """Say beside a mark what it sells a year, is in kind, or how strongly it is tied."""
    if look.strengths is not None and row.presence is not None:
        tied = look.strengths.get(row.key)
        return "" if tied is None else f"{tied:.2f}"
    if row.million_usd:
        return dollar_words(row.million_usd)
    if row.detail:
        return str(row.detail)
    return f"{100 * row.share:.1f}% of jobs" if row.share else ""
