"""Records of every register whose files are there, in one table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceMissing
from clusteratlas.loaders.organizations.awards import agencies
from clusteratlas.loaders.organizations.records import LINK, Register, all_registers, shaped
from clusteratlas.loaders.source.declaration import Source, provenance
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.keys import organization_key

SourceRow = dict[str, str | int | bool | None]

OWN_YEAR = 2026
"""Year of the lists that are part of the package."""


@dataclass(frozen=True)
class Gathered:
    """What all registers say, one below the other."""

    records: pd.DataFrame
    """Columns of RECORD, and key (register:id), register, scheme and source."""
    links: pd.DataFrame
    """Columns of LINK, and register and source."""
    registers: pd.DataFrame
    """key, title, holds, lacks, size_unit, year, source."""
    sources: pd.DataFrame
    """Rows of the table ``sources``, one a file."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Register -> what is missing for it."""


def gather_registers(
    data: Path,
    *,
    strict: bool = False,
    chosen: Sequence[Register] | None = None,
    progress: Progress | None = None,
) -> Gathered:
    """Read every register below a folder.

    Parameters
    ----------
    data
        Folder with the publishers' files, at any depth.
    strict
        Refuse to go on without a register; else one whose file is missing is left out and named.
    chosen
        Registers to read; None for all.
    progress
        Told of each register.

    Raises
    ------
    SourceMissing
        If ``strict`` and a file is missing, or if no register has its files.
    SourceError
        If a file is not what its loader declares.
    """
    progress = progress or Silent()
    records, links, facts = [], [], []
    sources: dict[str, SourceRow] = {}
    skipped: dict[str, str] = {}
    for register in all_registers().values() if chosen is None else chosen:
        progress.start(f"register {register.key}")
        try:
            found = register.load(data)
        except SourceMissing as exc:
            if strict and not register.own:
                raise
            skipped[register.key] = exc.message
            progress.finish(f"left out: {exc.message}")
            continue
        rows = source_rows(register, data)
        sources |= {str(row["key"]): row for row in rows}
        main = str(rows[0]["key"])
        frame = found.records.assign(
            register=register.key, source=main, scheme=register.scheme.prefix
        )
        records.append(frame.assign(key=organization_key(register.key, frame["id"])))
        if len(found.links):
            links.append(found.links.assign(register=register.key, source=main))
        facts.append(
            {
                "key": register.key,
                "title": register.title,
                "holds": register.holds,
                "lacks": register.lacks,
                "size_unit": register.size_unit,
                "year": rows[0]["vintage"],
                "source": main,
            }
        )
        progress.finish(f"{len(frame):,} records")
    if not any(Register.registry[f["key"]].sources for f in facts if f["key"] in Register.registry):
        raise SourceMissing(
            f"no register of organizations below {data}",
            hint="`clusteratlas sources list` names the files",
        )
    none = shaped(pd.DataFrame(), LINK).assign(register="", source="")
    return Gathered(
        pd.concat(records, ignore_index=True),
        pd.concat(links or [none], ignore_index=True),
        pd.DataFrame(facts),
        pd.DataFrame(list(sources.values())),
        skipped,
    )


def source_rows(register: Register, data: Path) -> list[SourceRow]:
    """Rows of the table ``sources`` for the files of a register; the first one is its main file."""
    rows: list[SourceRow] = []
    for name, vintage in register.chosen(data):
        source = Source.registry[name]
        found = provenance(source, source.find(data, vintage), vintage)
        rows.append(
            {
                "key": found.key,
                "source": source.id,
                "title": source.title,
                "publisher": source.publisher,
                "licence": source.licence,
                "homepage": source.homepage,
                "url": source.address(vintage),
                "file": found.file,
                "vintage": vintage,
                "sha256": found.sha256,
                "bytes": found.bytes,
                "defining": False,
            }
        )
    if rows:
        return rows
    return [own_source(register.key, register.title, [Path(agencies.__file__)])]


def own_source(key: str, title: str, files: Iterable[Path]) -> SourceRow:
    """Row of the table ``sources`` for a list that is part of the package."""
    contents = [path.read_bytes() for path in sorted(files)]
    return {
        "key": f"{key}-{OWN_YEAR}",
        "source": key,
        "title": title,
        "publisher": "clusteratlas",
        "licence": "Apache-2.0",
        "homepage": "",
        "url": None,
        "file": f"{key} of the package",
        "vintage": OWN_YEAR,
        "sha256": hashlib.sha256(b"".join(contents)).hexdigest(),
        "bytes": sum(map(len, contents)),
        "defining": False,
    }
