"""Curated anatomies: who takes part in a few well-known regional clusters, row by row.

Each anatomy is one CSV file in ``anatomies/``, and one line of ``anatomies.csv`` there. A row
either points at a record of a public register, or is marked *general knowledge* and has no id.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from clusteratlas.editions.flow.step import step
from clusteratlas.errors import InputError
from clusteratlas.loaders.organizations.identifiers import NAMED
from clusteratlas.loaders.organizations.records import KINDS, Register, all_registers
from clusteratlas.loaders.places.counties import STATES

INDEX = "anatomies.csv"

ROLES: Mapping[str, tuple[str, ...]] = {
    "core company": (),
    "supplier": (),
    "service provider": (),
    "customer": (),
    "government": ("funding", "regulating", "local"),
    "institution": ("education", "research", "health"),
    "support organization": ("cluster initiative", "incubator", "investor", "trade association"),
}
"""Roles in the order of display, and the subroles of those that have a closed list of them.

The other roles say in a word or two what the organization makes or does.
"""

REGISTER, GENERAL_KNOWLEDGE = "register", "general knowledge"
"""Bases of a row."""

FEWEST, MOST = 30, 100
"""Rows of one anatomy."""

_STATE_CODES = {postal: code for code, (postal, _) in STATES.items()}


@dataclass(frozen=True, slots=True)
class AnatomyRow:
    """One organization in one role.

    Attributes
    ----------
    anatomy
        Id of the anatomy.
    name
        Name as people know it.
    role, subrole
        One of :data:`ROLES`, and what it does in it.
    kind
        Kind of organization.
    city, state, county
        Place of the record, which may be outside the region; ``county`` has five digits. ``city``
        is empty where the register gives none.
    register, id
        Register and the id in it; both empty where the row rests on general knowledge.
    note
        What it does in this cluster, one line.
    basis
        :data:`REGISTER` or :data:`GENERAL_KNOWLEDGE`.
    line
        Line in the file, the header being 1.
    """

    anatomy: str
    name: str
    role: str
    subrole: str
    kind: str
    city: str
    state: str
    county: str
    register: str
    id: str
    note: str
    basis: str
    line: int

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.anatomy}.csv, line {self.line}"

    @property
    def stored(self) -> tuple[str, str] | None:
        """Name and state as the register has them, where it has no id of its own."""
        if not re.fullmatch(NAMED, self.id):
            return None
        name, _, state = self.id.rpartition(" | ")
        return name, state


@dataclass(frozen=True, slots=True)
class Anatomy:
    """One curated regional cluster.

    Attributes
    ----------
    id, title, summary
        Id as in file names; title; two sentences.
    cluster
        Id of the cluster in the default definitions of the shipped edition.
    industry
        Six-digit NAICS 2017 code that defines it: in any definitions, the cluster of this industry
        is meant.
    region
        Key of the region.
    also
        Keys of neighboring regions in which core companies are counted too.
    adjoining
        NAICS codes that practitioners count in although another cluster holds them.
    rows
        Organizations, in the order of the file.
    """

    id: str
    title: str
    cluster: str
    industry: str
    region: str
    also: tuple[str, ...]
    adjoining: tuple[str, ...]
    summary: str
    rows: tuple[AnatomyRow, ...]

    @property
    def registered(self) -> int:
        """Rows that point at a register."""
        return sum(row.basis == REGISTER for row in self.rows)


INDEX_COLUMNS = tuple(one.name for one in fields(Anatomy) if one.name != "rows")
ROW_COLUMNS = tuple(one.name for one in fields(AnatomyRow) if one.name != "line")
"""Columns of the index, and of the file of an anatomy."""


def read_anatomies(folder: Path | None = None) -> list[Anatomy]:
    """Read and check every anatomy.

    Parameters
    ----------
    folder
        Folder with ``anatomies.csv`` and the files that it lists; None for the packaged ones.

    Raises
    ------
    InputError
        If a file is missing or cannot be read, has other columns, is not in the index, or a row
        fails :func:`check_anatomy`.
    """
    place: Traversable = folder or files("clusteratlas.editions") / "anatomies"
    found = [_anatomy(place, line, entry) for line, entry in _table(place, INDEX, INDEX_COLUMNS)]
    ids = [one.id for one in found]
    for one in sorted(set(ids)):
        if ids.count(one) > 1:
            raise InputError(f"{INDEX}: {one!r} stands there twice")
    there = {path.name for path in place.iterdir() if path.name.endswith(".csv")}
    for name in sorted(there - {INDEX} - {f"{one}.csv" for one in ids}):
        raise InputError(f"{name} is not in {INDEX}", hint=f"add a line to {INDEX}")
    return found


@step(name="anatomies")
def packaged_anatomies() -> list[Anatomy]:
    """Read the curated anatomies of the package."""
    return read_anatomies()


def check_anatomy(rows: Sequence[AnatomyRow]) -> None:
    """Check the rows of one anatomy: form, vocabulary, places, duplicates and counts.

    Raises
    ------
    InputError
        At the first fault, naming file, line and value.
    """
    if not rows:
        raise InputError("an anatomy has no rows")
    known = {key: one for key, one in all_registers().items() if one.scheme.form}
    for row in rows:
        register = known.get(row.register)
        _check_words(row)
        _check_place(row, cities=register is None or register.cities)
        _check_evidence(row, known)
    _check_unique(rows, "name", lambda row: row.name.casefold())
    _check_unique(rows, "record", lambda row: row.id and f"{row.register} {row.id}")
    file = f"{rows[0].anatomy}.csv"
    if not FEWEST <= len(rows) <= MOST:
        raise InputError(f"{file} has {len(rows)} rows", hint=f"{FEWEST} to {MOST} make an anatomy")
    missing = [role for role in ROLES if role not in Counter(row.role for row in rows)]
    if missing:
        raise InputError(f"{file} has nobody in the role {missing[0]!r}")


def _anatomy(place: Traversable, line: int, entry: Mapping[str, str]) -> Anatomy:
    where = f"{INDEX}, line {line}"
    for column in INDEX_COLUMNS:
        form = _INDEX_FORMS[column]
        if not re.fullmatch(form, entry[column]):
            raise InputError(f"{where}: {entry[column]!r} cannot be {column!r}")
    name = entry["id"]
    rows = tuple(
        AnatomyRow(**row, line=number) for number, row in _table(place, f"{name}.csv", ROW_COLUMNS)
    )
    for row in rows:
        if row.anatomy != name:
            raise InputError(f"{name}.csv, line {row.line}: {row.anatomy!r} is another anatomy")
    if not rows:
        raise InputError(f"{name}.csv has no rows")
    check_anatomy(rows)
    return Anatomy(
        id=name,
        title=entry["title"],
        cluster=entry["cluster"],
        industry=entry["industry"],
        region=entry["region"],
        also=tuple(entry["also"].split()),
        adjoining=tuple(entry["adjoining"].split()),
        summary=entry["summary"],
        rows=rows,
    )


def _table(
    place: Traversable, name: str, columns: Sequence[str]
) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text = (place / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{name} cannot be read: {exc}") from exc
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    if header != list(columns):
        raise InputError(f"{name} has columns {header}", hint=f"columns: {', '.join(columns)}")
    for values in reader:
        if len(values) != len(columns):
            raise InputError(
                f"{name}, line {reader.line_num}: {len(values)} values for {len(columns)} columns"
            )
        for value in values:
            if value != " ".join(value.split()):
                raise InputError(f"{name}, line {reader.line_num}: stray blanks in {value!r}")
        yield reader.line_num, dict(zip(columns, values, strict=True))


_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_REGION = r"(cbsa|ea|county|state):[0-9]+"
_INDEX_FORMS = {
    "id": _SLUG,
    "title": r"\S.*",
    "cluster": _SLUG,
    "industry": r"\d{6}",
    "region": _REGION,
    "also": rf"({_REGION}( {_REGION})*)?",
    "adjoining": r"(\d{6}( \d{6})*)?",
    "summary": r"[A-Z].*\. [A-Z].*\.",
}


def _check_words(row: AnatomyRow) -> None:
    for column in ("name", "subrole", "note"):
        if not getattr(row, column):
            raise InputError(f"{row.where}: {row.name!r} has no {column}")
    if row.role not in ROLES:
        raise InputError(f"{row.where}: {row.role!r} is no role", hint=f"roles: {', '.join(ROLES)}")
    closed = ROLES[row.role]
    if closed and row.subrole not in closed:
        raise InputError(
            f"{row.where}: {row.subrole!r} is no subrole of {row.role!r}",
            hint=f"subroles: {', '.join(closed)}",
        )
    if row.kind not in KINDS:
        raise InputError(f"{row.where}: {row.kind!r} is no kind", hint=f"kinds: {', '.join(KINDS)}")


def _check_place(row: AnatomyRow, *, cities: bool) -> None:
    code = _STATE_CODES.get(row.state)
    if code is None:
        raise InputError(f"{row.where}: {row.state!r} is no state")
    if not re.fullmatch(r"\d{5}", row.county):
        raise InputError(f"{row.where}: county {row.county!r} has not five digits")
    if not row.county.startswith(code):
        raise InputError(f"{row.where}: county {row.county!r} does not lie in {row.state}")
    if not row.city and cities:
        raise InputError(f"{row.where}: {row.name!r} has no city")


def _check_evidence(row: AnatomyRow, known: Mapping[str, Register]) -> None:
    if row.basis == GENERAL_KNOWLEDGE:
        for value in (row.register, row.id):
            if value:
                raise InputError(f"{row.where}: general knowledge carries no identifier: {value!r}")
        return
    if row.basis != REGISTER:
        raise InputError(
            f"{row.where}: {row.basis!r} is no basis",
            hint=f"bases: {REGISTER}, {GENERAL_KNOWLEDGE}",
        )
    register = known.get(row.register)
    if register is None:
        raise InputError(
            f"{row.where}: {row.register!r} is no register that a row can point at",
            hint=f"registers: {', '.join(known)}",
        )
    scheme = register.scheme
    if not re.fullmatch(scheme.form, row.id):
        raise InputError(f"{row.where}: {row.id!r} has not the form of an id of {row.register!r}")
    if scheme.valid and not scheme.valid(row.id):
        raise InputError(f"{row.where}: the check digits of {row.id!r} are wrong")
    if row.stored is not None and row.stored[1] != row.state:
        raise InputError(f"{row.where}: {row.id!r} is not in {row.state}")


def _check_unique(rows: Iterable[AnatomyRow], what: str, key: Callable[[AnatomyRow], str]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        value = key(row)
        if not value:
            continue
        if value in seen:
            raise InputError(f"{row.where}: {what} of {row.name!r} came in line {seen[value]}")
        seen[value] = row.line
