"""Which institutions two clusters share in a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.organizations.listing.members import (
    OrganizationRead,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    YEAR,
    limit,
)


@dataclass(frozen=True, slots=True)
class Participation(OrganizationRead):
    """Read row of ``shared-institutions.parts``."""

    hub: str
    role: str
    subrole: str | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedInstitutionRow:
    """One institution, agency or support organization of either cluster."""

    section: str = column("both, or the name of the only cluster that it takes part in")
    key: str = column("key of the organization")
    name: str = column("its name")
    kind: str = column("university, hospital, ...")
    role: str = column("institution, support organization or government", of="participations.role")
    in_a: str | None = optional("its part in the first cluster")
    in_b: str | None = optional("its part in the second cluster")
    city: str | None = optional(of="organizations.city")
    state: str | None = optional(of="organizations.state")
    source: str = column("file behind it")


def _shared(read: Read, context: Context) -> list[Any]:
    hub_a, hub_b = context.arguments["hubs"]
    grouped: dict[str, list[Participation]] = {}
    for part in read["shared-institutions.parts"]:
        if part.status == "active":
            grouped.setdefault(part.key, []).append(part)
    rows = []
    for key, parts in grouped.items():
        in_a = next((p for p in parts if p.hub == hub_a), None)
        in_b = next((p for p in parts if p.hub == hub_b), None)
        first = parts[0]
        only = context.names["a"] if in_a else context.names["b"]
        rows.append(
            SharedInstitutionRow(
                section="both" if in_a and in_b else only,
                key=key,
                name=first.name,
                kind=first.kind,
                role=first.role,
                in_a=_part(in_a),
                in_b=_part(in_b),
                city=first.city,
                state=first.state,
                source=first.source,
            )
        )
    order = {"both": 0, context.names["a"]: 1}
    rows.sort(key=lambda r: (order.get(r.section, 2), r.role, r.name, r.key))
    most, kept, count = context.arguments["limit"], [], dict[str, int]()
    for row in rows:
        count[row.section] = count.get(row.section, 0) + 1
        if count[row.section] <= most:
            kept.append(row)
    return kept


def _part(read: Participation | None) -> str | None:
    return (read.subrole or read.evidence) if read else None


def _shared_notes(rows: Sequence[Any], context: Context) -> list[str]:
    both = sum(r.section == "both" for r in rows)
    return [
        f"{both} shown take part in both {context.names['a']} and {context.names['b']} in "
        f"{context.names['region']}"
    ]


shared_institutions = Question(
    id="shared-institutions",
    order=230,
    words="Which institutions, agencies and support bodies do these two clusters share here?",
    row=SharedInstitutionRow,
    params={
        "a": CLUSTER,
        "b": Param("cluster", "the other cluster", labels=("Cluster",)),
        "region": REGION,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(30),
    },
    counted="such organizations in either",
    parts=(Part("shared-institutions.parts", Participation),),
    shape=_shared,
    notes=_shared_notes,
    picture=Picture("network", "Institutions of {a} and {b} in {region}", color="section"),
    examples=({"a": "biopharma", "b": "medical devices", "region": "boston"},),
)
