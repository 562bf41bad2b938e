"""An anatomy as lists: every role with its members, and all that is told about one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.draw.anatomy.shared.roles import (
    ROLES,
    Filled,
    Look,
    Role,
    is_doubtful,
    is_organization,
    ring_of,
)
from clusteratlas.queries.draw.anatomy.told.words import PRESENT, jobs_words, lq_words, reasons
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.numbers import count_words, dollar_words, percent_words

LISTED = 20
"""Members of a role that a list shows until the role is opened."""
BELOW_PLATE = 25
"""Members of an open role that are listed below the picture."""
_KINDS = {
    "occupation": "Occupation, SOC",
    "related cluster": "Cluster",
    "place": "Cluster in a region",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One figure of a mark."""

    label: str
    value: str
    note: str = ""
    """Unit and year."""
    source: str = ""
    """Words of the file behind it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One member of a role in a list."""

    key: str
    name: str
    presence: str
    jobs: str
    lq: str
    strong: bool
    link: str
    """What ties it to the cluster: sales, likeness, or what says so."""
    source: str
    """Key of the file behind it."""
    doubtful: bool
    ring: int
    dim: bool
    selected: bool


@dataclass(frozen=True, slots=True)
class Described:
    """All that is told about one mark."""

    key: str
    name: str
    role: str
    tone: int
    kind: str
    organization: bool
    why: Sequence[str]
    facts: Sequence[Detail]
    also: Sequence[str]
    """Further roles that it plays here."""


def lines(filled: Filled, look: Look, most: int | None = LISTED) -> list[Line]:
    """List the members of a role; those that have what is sought come first.

    Parameters
    ----------
    most
        Members at most; None: all of them.
    """
    rows = sorted(filled.every, key=lambda row: not look.matches(row))[:most]
    return [
        Line(
            key=row.key,
            name=row.name,
            presence=_place_words(row) if is_organization(row) else PRESENT.get(row.presence, ""),
            jobs=jobs_words(row),
            lq=lq_words(row),
            strong=row.presence == "strong",
            link=_link(row, look),
            source=row.source or "",
            doubtful=is_doubtful(row),
            ring=ring_of(row),
            dim=not look.matches(row),
            selected=row.key == look.selected,
        )
        for row in rows
    ]


def _place_words(row: Any) -> str:
    return ", ".join(part for part in (row.city, row.state) if part)


def _link(row: Any, look: Look) -> str:
    """Say what ties a row to the cluster."""
    if is_organization(row):
        return "; ".join(part for part in (row.detail, row.evidence) if part)
    if look.strengths is not None and row.presence is not None:
        tied = look.strengths.get(row.key)
        return "" if tied is None else f"{tied:.2f}"
    if row.million_usd:
        return f"{dollar_words(row.million_usd)} a year, {_percent(row.share)}"
    if row.relatedness is not None:
        return f"related {row.relatedness:.2f} SD"
    return f"{_percent(row.share)} of its jobs" if row.share else (row.mark or "")


def _percent(share: float | None) -> str:
    return percent_words(share, 1).replace(" ", "")


def told(answer: Answer, key: str, look: Look, sources: Mapping[str, str]) -> Described | None:
    """Gather what is known about a mark; None where the anatomy has none by that key.

    Parameters
    ----------
    key
        Of an industry, occupation, organization or cluster; empty for the regional cluster.
    sources
        Words of each file by its key.
    """
    rows = [r for r in answer.rows if r.key == key] if key else list(answer.rows[:1])
    if not rows:
        return None
    row = rows[0]
    roles = [role for r in rows if (role := _role_of(r.section))]
    titles = list(dict.fromkeys(role.title for role in roles))
    why = [sentence for r in rows for sentence in reasons(r)]
    facts = [f for r in rows for f in _facts(r, answer, look, sources)]
    return Described(
        key=row.key,
        name=row.name,
        role=titles[0] if titles else "The cluster here",
        tone=roles[0].tone if roles else 0,
        kind=_kind(row),
        organization=is_organization(row),
        why=list(dict.fromkeys(why)),
        facts=list(dict.fromkeys(facts)),
        also=titles[1:],
    )


def _role_of(section: str) -> Role | None:
    return next((role for role in ROLES if section in {s for s, _ in role.sections}), None)


def _kind(row: Any) -> str:
    if is_organization(row):
        return "Organization"
    code = row.key.partition(":")[2]
    words = _KINDS.get(row.section, "Industry, NAICS")
    return f"{words} {code}" if words.endswith(("NAICS", "SOC")) else words


def _facts(row: Any, answer: Answer, look: Look, sources: Mapping[str, str]) -> list[Detail]:
    given = answer.arguments
    hub = row.section in {"place", "related cluster"}
    year = given["year"] if hub else given["place_year"]
    source = sources.get(row.source, row.source or "")
    # Sales and roles have a file of their own; jobs here are of the region's figures.
    here = source if row.million_usd is None else ""
    mix = ", at the nation's mix" if row.section == "occupation" else ""
    usd = dollar_words(row.million_usd) if row.million_usd else ""
    sells = "Buys from the cluster" if row.section == "customer" else "Sells to the cluster"
    tied = (look.strengths or {}).get(row.key)
    size = f"{count_words(row.size)}" if row.size else ""
    found = [
        Detail(sells, usd, "a year, the nation", source),
        Detail("How tied it is", _two_digits(tied), "0 to 1, the nation"),
        Detail("Jobs here", jobs_words(row), f"{year}{mix}", here),
        Detail("Location quotient", lq_words(row), str(year), here),
        Detail(
            "Share of the nation", _percent(row.share_nation) if row.share_nation else "", "jobs"
        ),
        Detail("Rank by jobs", f"{row.rank} of {row.of}" if row.rank else "", str(year)),
        Detail("Establishments", _count(row.establishments), str(year), here),
        Detail("Payroll", _thousands(row.payroll), f"a year, {year}", here),
        Detail("How sure that it is strong", row.certainty or ""),
        Detail(
            "Relatedness", f"{row.relatedness:.2f}" if row.relatedness is not None else "", "SD"
        ),
        Detail("Own cluster", row.cluster or ""),
        Detail("Member", row.mark or ""),
        Detail("What is known", row.known or "", "of its jobs"),
        Detail("Place", _place_words(row)),
        Detail("Size", size, row.size_unit or ""),
        Detail("Kind", row.detail or ""),
        Detail("Known by", row.registers or "", row.basis or "", source),
    ]
    return [fact for fact in found if fact.value]


def _count(value: int | None) -> str:
    return count_words(value) if value is not None else ""


def _thousands(value: int | None) -> str:
    return dollar_words(value / 1000) if value else ""


def tiles(answer: Answer, sources: Mapping[str, str]) -> list[Detail]:
    """Give the figures that stand above an anatomy."""
    facts = {f.label: f for f in _facts(answer.rows[0], answer, Look(), sources)}
    wanted = ("Jobs here", "Location quotient", "Share of the nation", "Rank by jobs")
    return [facts[label] for label in (*wanted, "Establishments") if label in facts]


def _share(row: Any) -> str:
    return _percent(row.share_nation) if row.share_nation else ""


def _two_digits(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
