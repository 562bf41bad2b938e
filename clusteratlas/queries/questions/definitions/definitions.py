"""Which sets of definitions there are, and how good each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Picture, Question
from clusteratlas.queries.language.rows import column


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRow:
    """One set of cluster definitions."""

    key: str = column("key of the definitions")
    name: str = column("in a few words")
    method: str = column("clustering function")
    is_default: bool = column("regional figures are computed for this one")
    traded_clusters: int = column("traded clusters", "clusters")
    local_clusters: int = column("local clusters", "clusters")
    largest: int = column("industries in the largest traded cluster", "industries")
    singletons: int = column("traded clusters of one industry", "clusters")
    effective_number: float = column("exp of the entropy of cluster sizes", "clusters")
    vs4: float = column("mean validation score over LC-Emp, LC-Est, IO and Occ", "percent")
    vs_lc_emp: float | None = column("validation score on LC-Emp", "percent")
    vs_lc_est: float | None = column("validation score on LC-Est", "percent")
    vs_io: float | None = column("validation score on IO", "percent")
    vs_occ: float | None = column("validation score on Occ", "percent")
    vs_occ_distinct: float | None = column(
        "validation score on Occ without pairs that share a profile", "percent"
    )
    seed: int | None = column("seed of the random steps")
    parameters: str = column("all parameters, as JSON")
    source: str = column("main file")


def _definition_notes(rows: Sequence[Any], context: Context) -> list[str]:
    del rows, context
    return [
        "scores are in sample, and a few giant clusters can raise them: read them beside the "
        "largest cluster, the singletons and the effective number"
    ]


definitions = Question(
    id="definitions",
    order=310,
    words="Which sets of cluster definitions are in the atlas, and how good is each?",
    row=DefinitionRow,
    params={},
    counted="sets of definitions",
    notes=_definition_notes,
    picture=Picture(
        "bars", "Validation score of each set of definitions", "vs4", "name", "is_default"
    ),
    examples=({},),
)
