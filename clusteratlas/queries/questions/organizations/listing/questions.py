"""Lists of organizations of a cluster in a region, by role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.questions.organizations.listing.members import (
    ALLIED,
    CORE,
    INCLUDE,
    PARTS,
    REGISTERS,
    OrganizationRow,
    coverage_note,
    gathered,
    nothing_note,
    of_role,
    order_words,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    YEAR,
    limit,
)

_PARAMS = {
    "cluster": CLUSTER,
    "region": REGION,
    "include": INCLUDE,
    "definition": DEFINITION,
    "year": YEAR,
    "limit": limit(30),
}
_EVERY = (CORE, ALLIED, PARTS, REGISTERS)
_BOSTON = {"cluster": "biopharma", "region": "boston"}


def _listing(
    id_: str,
    words: str,
    roles: tuple[str, ...],
    title: str,
    *,
    order: int,
    parts: tuple[Part, ...] = _EVERY,
    example: Mapping[str, str] = _BOSTON,
    more: Mapping[str, Param] | None = None,
    counted: str = "organizations known in the region",
    count_stem: str = "organizations.count",
) -> Question:
    """Declare the list of organizations in some roles."""

    def shape(read: Read, context: Context) -> list[Any]:
        most = context.arguments["limit"]
        return [row for role in _chosen(roles, context) for row in of_role(read, role)[:most]]

    def coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
        every = [row for role in _chosen(roles, context) for row in of_role(read, role)]
        if not every:
            return nothing_note(context)
        shown = f"{len(rows):,} of {len(every):,} shown, {order_words(every)}"
        return [shown, *coverage_note(every, read["registers"])]

    return Question(
        id=id_,
        words=words,
        order=order,
        row=OrganizationRow,
        params={**_PARAMS, **(more or {})},
        parts=parts,
        gather=gathered,
        shape=shape,
        coverage=coverage,
        picture=Picture("network", title + " of {cluster} in {region}", color="kind", size="size"),
        examples=(example,),
        counted=counted,
        count_stem=count_stem,
    )


def _chosen(roles: Sequence[str], context: Context) -> Sequence[str]:
    """Roles that are asked for: all that the question lists, or one."""
    role = context.arguments.get("role", "both")
    return roles if role == "both" else (f"{role} company",)


companies = _listing(
    "companies",
    "Which companies make up this cluster in this region?",
    ("core company", "adjoining company"),
    "Companies",
    order=170,
    more={
        "role": Param(
            "choice",
            "core: in the cluster's industries; adjoining: in industries close to it",
            required=False,
            default="both",
            choices=("core", "adjoining", "both"),
            in_query=False,
        )
    },
)
who_supplies = _listing(
    "who-supplies",
    "Which organizations of this region can supply this cluster?",
    ("supplier",),
    "Suppliers",
    order=180,
    example={"cluster": "automotive", "region": "detroit"},
)
who_serves = _listing(
    "who-serves",
    "Which organizations of this region can serve this cluster?",
    ("service provider",),
    "Service providers",
    order=190,
)
institutions = _listing(
    "institutions",
    "Which universities, research institutes and hospitals belong to this cluster here?",
    ("institution",),
    "Institutions",
    order=200,
    parts=(PARTS, REGISTERS),
    counted="institutions that take part",
    count_stem="institutions.count",
)
