"""How an edition, or an answer from one, is cited: BibTeX and plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusteratlas.editions.store.edition import MANIFEST, Edition, open_edition
from clusteratlas.errors import InputError
from clusteratlas.queries.language.answer import SourceRef
from clusteratlas.version import __version__

ANSWER = "answer.json"
"""File in which a folder has all of an answer."""
_OF_EDITION = re.compile(r"([\w.-]+)/[\w.-]+:")
"""Beginning of the key of a cluster."""
_HOME = "https://clusteratlas.readthedocs.io"
_MEANT = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "&%$#_{}"},
    }
)
"""What TeX would read as more than a character."""


@dataclass(frozen=True)
class Citation:
    """What a reader needs to find the same figures again."""

    edition: str
    digest: str
    """SHA-256 of the edition's tables."""
    version: str
    """Version of the package."""
    year: int | None
    """Year that the figures describe, the newest of an edition."""
    sources: tuple[SourceRef, ...]
    question: str = ""
    """An answer's question in words, with what was meant."""
    note: str = ""
    """What is not certain of all that."""

    @property
    def text(self) -> str:
        """One paragraph."""
        asked = f'"{self.question}" ' if self.question else ""
        figures = f", figures of {self.year}" if self.year else ""
        files = "; ".join(source.says for source in self.sources)
        return (
            f"{asked}clusteratlas {self.version}, edition {self.edition}{figures} "
            f"(SHA-256 {self.digest or 'not known'}). {_HOME}."
            + (f" Sources: {files}." if files else "")
        )

    @property
    def bibtex(self) -> str:
        """One entry of the edition or answer, and one for each file behind it."""
        title = f"Edition {self.edition} of clusteratlas"
        said = f"{self.question}: {title[:1].lower()}{title[1:]}" if self.question else title
        own = {
            "title": _braced(said),
            "author": "{{clusteratlas}}",
            "year": f"{{{self.year}}}" if self.year else "",
            "version": _braced(self.version),
            "url": f"{{{_HOME}}}",
            "note": _braced(
                f"Edition {self.edition}, SHA-256 {self.digest or 'not known'}"
                + "".join(f"; {source.key}" for source in self.sources)
            ),
        }
        entries = [_entry(f"clusteratlas-{self.edition}", own)]
        for source in self.sources:
            fields = {
                "title": _braced(source.title),
                "author": "{" + _braced(source.publisher) + "}",
                "year": f"{{{source.vintage}}}",
            }
            entries.append(_entry(source.key, fields))
        return "\n\n".join(entries)


def cite(what: str | None = None) -> Citation:
    """Say how to cite an edition or an answer.

    Parameters
    ----------
    what
        Folder of an edition, the name of the shipped one, a JSON file with an answer, or a folder
        that has one as ``answer.json``. None: the shipped edition.

    Raises
    ------
    InputError
        If the file is no answer.
    EditionError
        If there is no such edition.
    """
    path = Path(what or "")
    if what and path.is_file():
        return _of_answer(path)
    if what and (path / ANSWER).is_file() and not (path / MANIFEST).exists():
        return _of_answer(path / ANSWER)
    if path.suffix == ".json":
        raise InputError(
            f"{path} cannot be read: there is no such file",
            hint="`clusteratlas ask QUESTION ... --out FOLDER` writes FOLDER/answer.json",
        )
    return _of_edition(open_edition(what))


def _of_edition(edition: Edition) -> Citation:
    years = edition.table("region_profiles")["year"]
    return Citation(
        edition.key,
        edition.digest,
        str(edition.manifest["package"]),
        None if years.empty else int(years.max()),
        tuple(_sources(edition).values()),
    )


def _sources(edition: Edition) -> dict[str, SourceRef]:
    return {
        str(row["key"]): SourceRef(
            str(row["key"]), str(row["title"]), str(row["publisher"]), int(row["vintage"])
        )
        for row in edition.table("sources").to_dict("records")
    }


def _of_answer(path: Path) -> Citation:
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as exc:
        raise InputError(
            f"{path} cannot be read as JSON: {exc}", hint="give a file that `ask` has written"
        ) from exc
    rows = _rows_alone(found)
    if rows is not None:
        return _of_rows(path, rows)
    try:
        year = found["arguments"].get("year")
        return Citation(
            str(found["edition"]),
            str(found["digest"]),
            str(found["version"]),
            None if year is None else int(year),
            tuple(SourceRef(**source) for source in found["sources"]),
            str(found["title"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        raise InputError(
            f"{path} is not an answer: {type(exc).__name__} {exc}",
            hint="docs/reference/answers.schema.json says what one has",
        ) from exc


def _rows_alone(found: Any) -> list[Mapping[str, Any]] | None:
    if isinstance(found, list) and found and all(isinstance(row, dict) for row in found):
        return found
    return None


def _of_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> Citation:
    """Cite rows that do not say of which edition they are: the shipped one, if it can be."""
    edition = open_edition()
    known = _sources(edition)
    named = sorted({str(row["source"]) for row in rows if row.get("source")})
    said = {
        m[1] for row in rows for m in [re.match(r"([\w.-]+)/[\w.-]+:", str(row.get("key")))] if m
    }
    if strange := [*(key for key in named if key not in known), *sorted(said - {edition.key})]:
        raise InputError(
            f"{path} has rows of another edition than {edition.key}: it knows no {strange[0]}",
            hint=f"ask again with --out FOLDER, and cite FOLDER/{ANSWER}",
        )
    years = {int(row["year"]) for row in rows if isinstance(row.get("year"), int)}
    return Citation(
        edition.key,
        edition.digest,
        __version__,
        max(years) if years else None,
        tuple(known[key] for key in named),
        note=f"rows alone do not say of which edition they are: taken as those of {edition.key}",
    )


def _braced(text: str) -> str:
    return "{" + text.translate(_MEANT) + "}"


def _entry(key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name:<7} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])
