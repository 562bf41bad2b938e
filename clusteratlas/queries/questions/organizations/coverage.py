"""Which registers know a cluster in a region, and what they cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, row_from
from clusteratlas.queries.questions.organizations.listing.members import (
    REGISTERS,
    nothing_note,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    YEAR,
)


@dataclass(frozen=True, slots=True)
class RecordsHere:
    """Read row of ``coverage.records`` and ``coverage.parts``, which share no organization."""

    register: str
    records: int
    organizations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """What one register holds of the cluster in the region, and what it cannot hold."""

    key: str = column("key of the register")
    name: str = column("its title")
    year: int = column(of="registers.year")
    organizations: int = column(
        "organizations of the cluster in the region that it has, by their industry or by evidence "
        "of their own",
        "organizations",
    )
    records: int = column("records behind them", "records")
    of: int = column("records about the United States in it", "records")
    placed: float | None = column("share of them placed in a county", "share")
    classified: float | None = column("share of them in a six-digit industry", "share")
    holds: str = column(of="registers.holds")
    lacks: str = column(of="registers.lacks")
    source: str = column("file behind it")


def _coverage(read: Read, context: Context) -> list[Any]:
    del context
    organizations, records = Counter[str](), Counter[str]()
    for here in (*read["coverage.records"], *read["coverage.parts"]):
        organizations[here.register] += here.organizations
        records[here.register] += here.records
    rows = []
    for g in read["registers"]:
        rows.append(
            row_from(
                CoverageRow,
                g,
                name=g.title,
                organizations=organizations[g.key],
                records=records[g.key],
                of=g.records,
                placed=g.placed / g.records if g.records else None,
                classified=g.classified / g.records if g.records else None,
            )
        )
    return sorted(rows, key=lambda r: (-r.organizations, r.key))


def _coverage_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return nothing_note(context)
    return ["one organization may be in several registers; vintages differ"]


coverage = Question(
    id="coverage",
    order=220,
    words="Which registers know this cluster in this region, and what can they not hold?",
    row=CoverageRow,
    params={"cluster": CLUSTER, "region": REGION, "definition": DEFINITION, "year": YEAR},
    counted="registers",
    parts=(
        Part("coverage.records", RecordsHere),
        Part("coverage.parts", RecordsHere),
        REGISTERS,
    ),
    shape=_coverage,
    notes=_coverage_notes,
    picture=Picture("bars", "Registers that know {cluster} in {region}", "organizations", "name"),
    examples=({"cluster": "biopharma", "region": "boston"},),
)
