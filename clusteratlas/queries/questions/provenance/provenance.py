"""Which files a figure came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceRow:
    """One file behind a figure."""

    figure: str = column("which figures the file is behind")
    key: str = column("key of the source")
    name: str = column("the publisher's title")
    publisher: str = column(of="sources.publisher")
    licence: str = column(of="sources.licence")
    vintage: int = column(of="sources.vintage")
    file: str = column(of="sources.file")
    sha256: str = column(of="sources.sha256")
    bytes: int = column(of="sources.bytes")
    url: str | None = column(of="sources.url")
    homepage: str = column(of="sources.homepage")

    @property
    def source(self) -> str:
        """Key of the source, as other rows name the file behind them."""
        return self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresOfYear:
    """Read row of ``provenance.figures``: a regional cluster in a year, with bounds."""

    year: int
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    establishments_low: int
    establishments_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None


METHOD = (
    "completed within the published sums of counties and states and, where there are any, of "
    "metropolitan areas (docs/figures.md)"
)
"""How an estimate came about."""

FIGURES = {"jobs": "", "establishments": "", "payroll": " thousand USD"}
"""Figures whose bounds are told, and what follows them."""

PROVENANCE_PARTS = (
    "provenance.itself",
    "provenance.names",
    "provenance.hub",
    "provenance.region",
    "provenance.definition",
    "provenance.member",
    "provenance.relatedness",
    "provenance.sector",
    "provenance.staff",
    "provenance.records",
    "provenance.evidence",
)


def _provenance(read: Read, context: Context) -> list[Any]:
    del context
    return [row for stem in PROVENANCE_PARTS for row in read[stem]]


def _provenance_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if rows:
        return []
    return [f"no file is named as the origin of {context.names['of']}"]


def _bounds(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    """Say which of the newest figures are published, and between which bounds the others lie."""
    del rows, context
    years: Sequence[FiguresOfYear] = read["provenance.figures"]
    if not years:
        return []
    newest = years[0]
    exact, estimates = [], []
    for name, unit in FIGURES.items():
        value, low, high = (getattr(newest, f"{name}{end}") for end in ("", "_low", "_high"))
        if value is None:
            continue
        told = f"{name} {value:,}{unit}"
        if low == high:
            exact.append(told)
        else:
            estimates.append(f"{told} between {low:,} and {high:,}")
    notes = []
    if exact:
        notes.append(f"published in {newest.year}, or exact by published sums: {', '.join(exact)}")
    if estimates:
        notes.append(f"estimates for {newest.year}, {METHOD}: {', '.join(estimates)}")
    return notes


provenance = Question(
    id="provenance",
    order=320,
    words="Which files did the figures of this thing come from?",
    row=ProvenanceRow,
    params={
        "of": Param(
            "any",
            "cluster, industry, region, organization, definition, file; cluster@region for figures",
            labels=(
                "Cluster",
                "Industry",
                "Region",
                "Definition",
                "Occupation",
                "Sector",
                "RegionalCluster",
                "Source",
                "Organization",
            ),
        ),
        "definition": DEFINITION,
    },
    counted="files in the graph",
    parts=(
        *(Part(stem, ProvenanceRow) for stem in PROVENANCE_PARTS),
        Part("provenance.figures", FiguresOfYear),
    ),
    shape=_provenance,
    notes=_provenance_notes,
    coverage=_bounds,
    picture=Picture("network", "Files behind {of}", color="figure"),
    examples=({"of": "biopharma@boston"}, {"of": "325414"}, {"of": "boston"}),
)
