"""Which organizations a region is known to have, cluster by cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.parameters import DEFINITION, REGION, YEAR, limit


@dataclass(frozen=True, slots=True)
class KnownHere:
    """Read row of ``organizations-here.known`` and ``organizations-here.parts``."""

    key: str
    name: str
    organization: str
    organization_name: str
    kind: str
    size_rank: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationsRow:
    """The organizations of one cluster in the region."""

    key: str = column("key of the cluster")
    name: str = column("its name")
    organizations: int = column(
        "organizations in its industries, or with evidence of their own that they take part",
        "organizations",
    )
    companies: int = column("companies among them", "organizations")
    institutions: int = column("all others: universities, hospitals, agencies", "organizations")
    foremost: str = column("the largest by what registers say of their size, or the first by name")
    source: str = column("register that the most of them are in")


_MOST = 4
"""Organizations that a row names."""


def _organizations(read: Read, context: Context) -> list[Any]:
    known: dict[str, dict[str, KnownHere]] = {}
    for one in (*read["organizations-here.known"], *read["organizations-here.parts"]):
        known.setdefault(one.key, {}).setdefault(one.organization, one)
    rows = [_row(key, list(there.values())) for key, there in known.items()]
    rows.sort(key=lambda r: (-r.organizations, r.key))
    return rows[: context.arguments["limit"]]


def _row(key: str, there: Sequence[KnownHere]) -> OrganizationsRow:
    companies = sum(o.kind == "company" for o in there)
    # A size is a rank among those of its kind of measure, 0 to 1: counts of staff, sales, awards.
    order = sorted(
        there, key=lambda o: (-(o.size_rank or 0.0), o.organization_name, o.organization)
    )
    registers = sorted(o.source for o in there)
    return OrganizationsRow(
        key=key,
        name=there[0].name,
        organizations=len(there),
        companies=companies,
        institutions=len(there) - companies,
        foremost="; ".join(o.organization_name for o in order[:_MOST]),
        source=max(registers, key=registers.count),
    )


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [
            f"no organization of {context.names['region']} is in this atlas: "
            "`clusteratlas organizations build` builds those of all regions"
        ]
    return [
        "an organization in the industries of several clusters is counted in each; registers know "
        "some kinds of organizations, and never all"
    ]


organizations_here = Question(
    id="organizations-here",
    order=175,
    words="Which organizations of this region are known, cluster by cluster?",
    row=OrganizationsRow,
    params={"region": REGION, "definition": DEFINITION, "year": YEAR, "limit": limit(60)},
    counted="traded clusters",
    parts=(
        Part("organizations-here.known", KnownHere),
        Part("organizations-here.parts", KnownHere),
    ),
    shape=_organizations,
    notes=_notes,
    lead=("name", "organizations", "companies", "institutions", "foremost"),
    picture=Picture("bars", "Organizations known in {region}", "organizations", "name"),
    examples=({"region": "boston"}, {"region": "massachusetts"}),
)
