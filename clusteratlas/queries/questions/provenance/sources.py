"""Every file behind an edition: publisher, licence, vintage, and what joins left out of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import DEFINITION


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Read row of ``sources.files``."""

    key: str
    name: str
    publisher: str
    licence: str
    vintage: int
    file: str
    bytes: int
    url: str | None
    homepage: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EditionLosses:
    """Read row of ``sources.losses``."""

    key: str
    losses: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A file of the edition, or what a join left out of one."""

    section: str = column("file, or loss: what a join of it with others left out")
    key: str = column("key of the source")
    name: str = column("the publisher's title; of a loss what is left out")
    publisher: str | None = optional(of="sources.publisher")
    licence: str | None = optional(of="sources.licence")
    vintage: int | None = optional(of="sources.vintage")
    file: str | None = optional(of="sources.file")
    bytes: int | None = optional(of="sources.bytes")
    lost_codes: int | None = optional("codes of the file that are left out", "records")
    lost_jobs: int | None = optional("jobs in them", "jobs")
    lost_share: float | None = optional("share of the file's jobs", "share")
    url: str | None = optional(of="sources.url")
    sha256: str | None = optional(of="sources.sha256")
    homepage: str | None = optional(of="sources.homepage")

    @property
    def source(self) -> str:
        """Key of the source, as other rows name the file behind them."""
        return self.key


def _sources(read: Read, context: Context) -> list[Any]:
    del context
    files = [row_from(SourceRow, f, section="file") for f in read["sources.files"]]
    lost = [one for e in read["sources.losses"] for one in json.loads(e.losses or "[]")]
    return files + [
        SourceRow(
            section="loss",
            key=one["file"],
            name=one["what"],
            file=one["file"],
            lost_codes=len(one["codes"]),
            lost_jobs=one["jobs"],
            lost_share=one["share"],
        )
        for one in sorted(lost, key=lambda one: (-one["share"], one["file"], one["what"]))
    ]


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    if any(r.section == "loss" for r in rows):
        return [
            "what a join leaves out by mistake stops a build above 0.1 % of a file's jobs; what "
            "is listed is left out on purpose, and said why"
        ]
    return ["nothing is known to be left out of these files"]


sources = Question(
    id="sources",
    order=330,
    words="Which files are behind the figures, under which licence, and what do joins leave out?",
    row=SourceRow,
    params={"definition": DEFINITION},
    counted="files",
    counted_section="file",
    parts=(Part("sources.files", SourceFile), Part("sources.losses", EditionLosses)),
    shape=_sources,
    notes=_notes,
    picture=Picture("bars", "Jobs that joins leave out", "lost_share", "name", "file"),
    lead=(
        "name",
        "publisher",
        "vintage",
        "licence",
        "bytes",
        "file",
        "lost_jobs",
        "lost_share",
        "lost_codes",
    ),
    examples=({},),
)
