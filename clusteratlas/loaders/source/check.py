"""What each file in a folder is, and whether it can be trusted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from clusteratlas.errors import InputError, SourceError
from clusteratlas.loaders.source.declaration import Source, all_sources, identify
from clusteratlas.loaders.source.listing import sha256, walk
from clusteratlas.loaders.source.provenance import provenance
from clusteratlas.loaders.source.rows import notes_of
from clusteratlas.loaders.source.vintages import spans
from clusteratlas.progress import Progress, Silent


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file of a folder."""

    path: str
    """Below the folder, with forward slashes."""
    source: str | None
    """None where no source has files of that name."""
    vintage: int | None
    sha256: str
    bytes: int = field(metadata={"unit": "bytes"})
    rows: int | None
    """Rows of the tidy table."""
    problem: str | None
    """What is wrong with it, in one line."""
    notes: tuple[str, ...] = ()
    """What a user should know of it, though it can be read; each in one line."""


def check_folder(folder: Path, progress: Progress | None = None) -> list[FileReport]:
    """Load every known file below a folder fully, and say what is wrong with each.

    NAICS codes are held against the code list of their vintage where the folder has it. A file of
    no known source is reported as such; it is not an error.

    Raises
    ------
    SourceMissing
        If ``folder`` is not a folder.
    """
    progress = progress or Silent()
    paths = list(walk(folder))
    lists = _code_lists(paths)
    progress.start(f"check {folder.name}", len(paths))
    reports = []
    for path in paths:
        reports.append(_report(path, folder, lists))
        progress.advance()
    wrong = sum(r.problem is not None for r in reports)
    known = sum(r.source is not None for r in reports)
    progress.finish(f"{known} known files, {wrong} with problems")
    return reports


def check_naics(
    frame: pd.DataFrame, column: str, known: Collection[str], *, file: str = "the table"
) -> None:
    """Refuse codes that are not in a NAICS list.

    Parameters
    ----------
    frame
        Any tidy table.
    column
        Its column of NAICS codes, of any number of digits; NA is skipped.
    known
        Codes of the list, for example column ``naics`` of source ``naics-codes``.
    file
        What to call the table in the message.

    Raises
    ------
    SourceError
        If a code is unknown; it names the first five and counts the rest.
    """
    unknown = sorted(set(frame[column].dropna()) - set(known))
    if unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise SourceError(
            f"{file}: unknown NAICS codes {', '.join(unknown[:5])}{more}",
            hint="is the file of another NAICS vintage than the code list?",
        )


def _report(path: Path, folder: Path, lists: dict[int, Path]) -> FileReport:
    name = path.relative_to(folder).as_posix()
    found = identify(path)
    if found is None:
        return FileReport(name, None, None, sha256(path), path.stat().st_size, None, None)
    source, vintage = found
    facts = provenance(source, path, vintage)
    rows, problem = None, None
    notes: tuple[str, ...] = ()
    try:
        held = source.vintages_of(path)
        for vintage in sorted(held):
            frame = source.load(path, vintage)
            rows, notes = len(frame), tuple(notes_of(frame))
            _check_codes(source, frame, path, vintage, lists)
        if len(held) > 1:
            notes = (f"holds {spans(held)}; the rows are of {vintage}", *notes)
    except (InputError, SourceError) as exc:
        problem = exc.message
    return FileReport(name, source.id, vintage, facts.sha256, facts.bytes, rows, problem, notes)


def _code_lists(paths: list[Path]) -> dict[int, Path]:
    codes = all_sources()["naics-codes"]
    found = ((codes.vintage_of(path.name), path) for path in paths)
    return {vintage: path for vintage, path in found if vintage is not None}


def _check_codes(
    source: Source, frame: pd.DataFrame, path: Path, vintage: int, lists: dict[int, Path]
) -> None:
    naics = source.naics(vintage)
    known = lists.get(naics) if naics is not None else None
    if known is None:
        return
    listed = set(all_sources()["naics-codes"].load(known)["naics"])
    codes = frame[[source.naics_column]].apply(lambda column: column.str.split().explode())
    known_codes = listed | source.naics_extra
    check_naics(codes, source.naics_column, known_codes, file=f"{path.name} ({source.id})")
