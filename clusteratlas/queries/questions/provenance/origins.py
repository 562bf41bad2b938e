"""Questions about the atlas itself: definitions, and the files that a figure came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import (
    Context,
    Param,
    Part,
    Picture,
    Question,
    Read,
    column,
)
from clusteratlas.queries.questions.common import DEFINITION


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
    words="Which sets of cluster definitions are in the atlas, and how good is each?",
    row=DefinitionRow,
    params={},
    counted="sets of definitions",
    notes=_definition_notes,
    picture=Picture("bars", "Validation score of each set of definitions", "vs4", "name",
                    "is_default"),
    examples=({},),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceRow:
    """One file behind a figure."""

    figure: str = column("which figures the file is behind")
    key: str = column("key of the source")
    name: str = column("the publisher's title")
    publisher: str = column("who publishes it")
    licence: str = column("licence or public-domain status")
    vintage: int = column("vintage of the file", "year")
    file: str = column("name of the file that was read")
    sha256: str = column("digest of the file that was read")
    bytes: int = column("size of the file that was read", "bytes")
    url: str | None = column("address of the file")
    homepage: str = column("where the publisher describes it")

    @property
    def source(self) -> str:
        """Key of the source, as other rows name the file behind them."""
        return self.key


PROVENANCE_PARTS = (
    "provenance.itself", "provenance.names", "provenance.hub", "provenance.region",
    "provenance.definition", "provenance.member", "provenance.relatedness", "provenance.sector",
    "provenance.staff", "provenance.records", "provenance.evidence",
)  # fmt: skip


def _provenance(read: Read, context: Context) -> list[Any]:
    del context
    return [row for stem in PROVENANCE_PARTS for row in read[stem]]


def _provenance_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if rows:
        return []
    return [f"no file is named as the origin of {context.names['of']}"]


provenance = Question(
    id="provenance",
    words="Which files did the figures of this thing come from?",
    row=ProvenanceRow,
    params={
        "of": Param(
            "any",
            "cluster, industry, region, organization, definition, file; cluster@region for figures",
            labels=("Cluster", "Industry", "Region", "Definition", "Occupation", "Sector",
                    "RegionalCluster", "Source", "Organization"),
        ),
        "definition": DEFINITION,
    },
    counted="files in the graph",
    parts=tuple(Part(stem, ProvenanceRow) for stem in PROVENANCE_PARTS),
    shape=_provenance,
    notes=_provenance_notes,
    picture=Picture("network", "Files behind {of}", color="figure"),
    examples=({"of": "biopharma@boston"}, {"of": "325414"}, {"of": "boston"}),
)  # fmt: skip

QUESTIONS = (definitions, provenance)
