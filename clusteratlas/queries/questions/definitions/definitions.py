"""Which sets of definitions there are, and how good each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Picture, Question
from clusteratlas.queries.language.rows import column, optional


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRow:
    """One set of cluster definitions."""

    key: str = column("key of the definitions", of="definitions.key")
    name: str = column("in a few words", of="definitions.name")
    method: str = column(of="definitions.method")
    is_default: bool = column(of="definitions.is_default")
    traded_clusters: int = column(of="definitions.traded_clusters")
    local_clusters: int = column(of="definitions.local_clusters")
    largest: int = column(of="definitions.largest")
    singletons: int = column(of="definitions.singletons")
    effective_number: float = column(of="definitions.effective_number")
    vs4: float | None = optional(of="definitions.vs4")
    jaccard: float | None = optional(of="definitions.jaccard")
    vintages: float | None = optional(of="definitions.vintages")
    margin: float | None = optional(of="definitions.margin")
    null_low: float | None = optional(of="definitions.null_low")
    null_high: float | None = optional(of="definitions.null_high")
    null_copies: int | None = optional(of="definitions.null_copies")
    vs_lc_emp: float | None = column("validation score on LC-Emp", "percent")
    vs_lc_est: float | None = column("validation score on LC-Est", "percent")
    vs_io: float | None = column("validation score on IO", "percent")
    vs_occ: float | None = column("validation score on Occ", "percent")
    vs_occ_distinct: float | None = column(
        "validation score on Occ without pairs that share a profile", "percent"
    )
    seed: int | None = column(of="definitions.seed")
    parameters: str = column(of="definitions.parameters")
    source: str = column("main file")


def _definition_notes(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    notes = [
        "scores are in sample, and a few giant clusters can raise them: read them beside the "
        "largest cluster, the singletons and the effective number"
    ]
    for r in rows:
        if r.is_default and r.margin is not None:
            found = "above" if r.margin > r.null_high else "not above"
            notes.append(
                f"the default set's recipe is {found} chance: members are {r.margin:.2f} sd nearer "
                f"to their own cluster than to the next one, against {r.null_low:.2f} to "
                f"{r.null_high:.2f} in {r.null_copies} copies with shuffled links"
            )
    return notes


definitions = Question(
    id="definitions",
    order=310,
    words="Which sets of cluster definitions are in the atlas, and how good is each?",
    row=DefinitionRow,
    params={},
    counted="sets of definitions",
    notes=_definition_notes,
    lead=("name", "is_default", "vs4", "traded_clusters", "jaccard", "vintages", "largest"),
    picture=Picture(
        "bars", "Validation score of each set of definitions", "vs4", "name", "is_default"
    ),
    examples=({},),
)
