"""Lists of organizations of a cluster in a region, by role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.common import CLUSTER, DEFINITION, REGION, YEAR, limit
from clusteratlas.queries.known import (
    ALLIED,
    CORE,
    INCLUDE,
    PARTS,
    REGISTERS,
    OrganizationRow,
    coverage_note,
    members,
    nothing_note,
)
from clusteratlas.queries.question import Context, Coverage, Param, Picture, Question, Read, Shape

_PARAMS = {
    "cluster": CLUSTER,
    "region": REGION,
    "include": INCLUDE,
    "definition": DEFINITION,
    "year": YEAR,
    "limit": limit(30),
}


def _found(read: Read, context: Context, roles: Sequence[str]) -> list[list[OrganizationRow]]:
    """Rows by role, all of them."""
    found = members(
        read.get("organizations.core", ()),
        read.get("organizations.allied", ()),
        read.get("organizations.parts", ()),
        include=context.arguments["include"],
    )
    return [found[role] for role in roles]


def _listing(*roles: str) -> tuple[Shape, Coverage]:
    def shape(read: Read, context: Context) -> list[Any]:
        wanted = _chosen(roles, context)
        most = context.arguments["limit"]
        return [row for rows in _found(read, context, wanted) for row in rows[:most]]

    def coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
        every = [r for rs in _found(read, context, _chosen(roles, context)) for r in rs]
        if not every:
            return nothing_note(context)
        shown = f"{len(rows):,} of {len(every):,} shown, the largest first"
        return [shown, *coverage_note(every, read["registers"])]

    return shape, coverage


def _chosen(roles: Sequence[str], context: Context) -> Sequence[str]:
    """Roles that are asked for: all that the question lists, or one."""
    role = context.arguments.get("role", "both")
    return roles if role == "both" else (f"{role} company",)


def _picture(title: str) -> Picture:
    return Picture("network", title, color="kind", size="size")


_COMPANIES = _listing("core company", "adjoining company")
_SUPPLIERS = _listing("supplier")
_SERVERS = _listing("service provider")
_INSTITUTIONS = _listing("institution")

companies = Question(
    id="companies",
    words="Which companies make up this cluster in this region?",
    row=OrganizationRow,
    params={**_PARAMS, "role": Param(
        "choice", "core: in the cluster's industries; adjoining: in industries close to it",
        required=False, default="both", choices=("core", "adjoining", "both"), in_query=False,
    )},
    counted="organizations known in the region",
    parts=(CORE, ALLIED, PARTS, REGISTERS),
    shape=_COMPANIES[0],
    coverage=_COMPANIES[1],
    picture=_picture("Companies of {cluster} in {region}"),
    examples=({"cluster": "biopharma", "region": "boston"},),
)  # fmt: skip

who_supplies = Question(
    id="who-supplies",
    words="Which organizations of this region can supply this cluster?",
    row=OrganizationRow,
    params=_PARAMS,
    counted="organizations known in the region",
    parts=(CORE, ALLIED, PARTS, REGISTERS),
    shape=_SUPPLIERS[0],
    coverage=_SUPPLIERS[1],
    picture=_picture("Suppliers of {cluster} in {region}"),
    examples=({"cluster": "automotive", "region": "detroit"},),
)

who_serves = Question(
    id="who-serves",
    words="Which organizations of this region can serve this cluster?",
    row=OrganizationRow,
    params=_PARAMS,
    counted="organizations known in the region",
    parts=(CORE, ALLIED, PARTS, REGISTERS),
    shape=_SERVERS[0],
    coverage=_SERVERS[1],
    picture=_picture("Service providers of {cluster} in {region}"),
    examples=({"cluster": "biopharma", "region": "boston"},),
)

institutions = Question(
    id="institutions",
    words="Which universities, research institutes and hospitals belong to this cluster here?",
    row=OrganizationRow,
    params=_PARAMS,
    counted="institutions that take part",
    parts=(PARTS, REGISTERS),
    shape=_INSTITUTIONS[0],
    coverage=_INSTITUTIONS[1],
    picture=_picture("Institutions of {cluster} in {region}"),
    examples=({"cluster": "biopharma", "region": "boston"},),
)

QUESTIONS = (companies, who_supplies, who_serves, institutions)
