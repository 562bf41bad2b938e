"""Curated anatomies: who takes part in a few well-known regional clusters, row by row.

Each anatomy is one CSV file in ``anatomies/``, and one line of ``anatomies.csv`` there. A row
either points at a record of a public register, or is marked *general knowledge* and has no id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from clusteratlas.editions.flow.step import step
from clusteratlas.errors import InputError
from clusteratlas.loaders.organizations.identifiers import NAMED
from clusteratlas.loaders.organizations.records import KINDS, Register, all_registers
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.csv_rows import (
    CsvRow,
    Mistake,
    checked_row,
    of_form,
    read_lines,
    refuse_rows,
    wrong,
)

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
_WORDS: Mapping[str, Iterable[str]] = {
    "role": ROLES,
    "kind": KINDS,
    "state": _STATE_CODES,
    "basis": (REGISTER, GENERAL_KNOWLEDGE),
}
"""Columns that are a closed list."""
_PLURAL = {"role": "roles", "kind": "kinds", "state": "states", "basis": "bases"}


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
        return _name_and_state(self.id)


def _name_and_state(record: str) -> tuple[str, str] | None:
    if not re.fullmatch(NAMED, record):
        return None
    name, _, state = record.rpartition(" | ")
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

_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_REGION = r"(cbsa|ea|county|state):[0-9]+"
_NOT = "{value} cannot be '{column}'"


class IndexLine(CsvRow):
    """One line of the index."""

    exact = True
    id: Annotated[str, of_form(_SLUG, _NOT, empty=True)]
    title: Annotated[str, of_form(r"\S.*", _NOT, empty=True)]
    cluster: Annotated[str, of_form(_SLUG, _NOT, empty=True)]
    industry: Annotated[str, of_form(r"\d{6}", _NOT, empty=True)]
    region: Annotated[str, of_form(_REGION, _NOT, empty=True)]
    also: Annotated[str, of_form(rf"{_REGION}( {_REGION})*", _NOT)]
    adjoining: Annotated[str, of_form(r"\d{6}( \d{6})*", _NOT)]
    summary: Annotated[str, of_form(r"[A-Z].*\. [A-Z].*\.", _NOT, empty=True)]


class AnatomyLine(CsvRow):
    """One line of an anatomy; a column that others decide about comes after them."""

    exact = True
    anatomy: str
    name: str
    role: str
    subrole: str
    note: str
    kind: str
    state: str
    county: Annotated[str, of_form(r"\d{5}", "county {value} has not five digits", empty=True)]
    basis: str
    register_: str = Field(alias="register")
    city: str
    id: str

    @field_validator("name", "subrole", "note")
    @classmethod
    def _given(cls, cell: str, info: ValidationInfo) -> str:
        if not cell:
            raise wrong(f"{info.data.get('name', cell)!r} has no {info.field_name}")
        return cell

    @field_validator("role", "kind", "state", "basis")
    @classmethod
    def _word(cls, cell: str, info: ValidationInfo) -> str:
        column = str(info.field_name)
        if cell not in _WORDS[column]:
            known = f"{_PLURAL[column]}: {', '.join(_WORDS[column])}"
            raise wrong(f"{cell!r} is no {column}", known)
        return cell

    @field_validator("subrole")
    @classmethod
    def _of_its_role(cls, subrole: str, info: ValidationInfo) -> str:
        role = info.data.get("role", "")
        closed = ROLES.get(role, ())
        if closed and subrole not in closed:
            known = f"subroles: {', '.join(closed)}"
            raise wrong(f"{subrole!r} is no subrole of {role!r}", known)
        return subrole

    @field_validator("county")
    @classmethod
    def _in_its_state(cls, county: str, info: ValidationInfo) -> str:
        state = info.data.get("state")
        if state and not county.startswith(_STATE_CODES[state]):
            raise wrong(f"county {county!r} does not lie in {state}")
        return county

    @field_validator("register_")
    @classmethod
    def _known(cls, register: str, info: ValidationInfo) -> str:
        known: Mapping[str, Register] = info.context or {}
        basis = info.data.get("basis")
        if basis == GENERAL_KNOWLEDGE and register:
            raise wrong(f"general knowledge carries no identifier: {register!r}")
        if basis == REGISTER and register not in known:
            raise wrong(
                f"{register!r} is no register that a row can point at",
                f"registers: {', '.join(known)}",
            )
        return register

    @field_validator("city")
    @classmethod
    def _city(cls, city: str, info: ValidationInfo) -> str:
        register = _pointed_at(info)
        if not city and (register is None or register.cities):
            raise wrong(f"{info.data.get('name')!r} has no city")
        return city

    @field_validator("id")
    @classmethod
    def _of_its_register(cls, record: str, info: ValidationInfo) -> str:
        basis, state = info.data.get("basis"), info.data.get("state")
        register = _pointed_at(info)
        if basis == GENERAL_KNOWLEDGE and record:
            raise wrong(f"general knowledge carries no identifier: {record!r}")
        if basis != REGISTER or register is None:
            return record
        if not re.fullmatch(register.scheme.form, record):
            raise wrong(f"{record!r} has not the form of an id of {register.key!r}")
        if register.scheme.valid and not register.scheme.valid(record):
            raise wrong(f"the check digits of {record!r} are wrong")
        stored = _name_and_state(record)
        if stored is not None and state is not None and stored[1] != state:
            raise wrong(f"{record!r} is not in {state}")
        return record


def _pointed_at(info: ValidationInfo) -> Register | None:
    known: Mapping[str, Register] = info.context or {}
    return known.get(info.data.get("register_", ""))


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
    known = _registers()
    found = [_anatomy(place, entry, known) for _, entry in read_lines(place / INDEX, IndexLine)]
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
        At the first mistake, naming file, line, column and value, with the number of others.
    """
    if not rows:
        raise InputError("an anatomy has no rows")
    file = f"{rows[0].anatomy}.csv"
    known = _registers()
    mistakes: list[Mistake] = []
    for row in rows:
        cells = {column: getattr(row, column) for column in ROW_COLUMNS}
        mistakes += checked_row(AnatomyLine, cells, row.line, context=known)[1]
    refuse_rows(file, mistakes)
    _check_whole(rows, file)


def _registers() -> dict[str, Register]:
    """Give the registers that a row can point at."""
    return {key: one for key, one in all_registers().items() if one.scheme.form}


def _check_whole(rows: Sequence[AnatomyRow], file: str) -> None:
    mistakes = [
        *_repeated(rows, "name", lambda row: row.name.casefold()),
        *_repeated(rows, "record", lambda row: row.id and f"{row.register} {row.id}"),
    ]
    refuse_rows(file, mistakes, hint="one row for each organization")
    if not FEWEST <= len(rows) <= MOST:
        raise InputError(f"{file} has {len(rows)} rows", hint=f"{FEWEST} to {MOST} make an anatomy")
    missing = [role for role in ROLES if role not in {row.role for row in rows}]
    if missing:
        raise InputError(f"{file} has nobody in the role {missing[0]!r}")


def _anatomy(place: Traversable, entry: IndexLine, known: Mapping[str, Register]) -> Anatomy:
    file = f"{entry.id}.csv"
    found = read_lines(place / file, AnatomyLine, context=known)
    others = [
        Mistake(line, f"{row.anatomy!r} is another anatomy")
        for line, row in found
        if row.anatomy != entry.id
    ]
    refuse_rows(file, others)
    if not found:
        raise InputError(f"{file} has no rows")
    rows = tuple(AnatomyRow(**row.model_dump(by_alias=True), line=line) for line, row in found)
    _check_whole(rows, file)
    cells = entry.model_dump()
    also, adjoining = (tuple(cells.pop(column).split()) for column in ("also", "adjoining"))
    return Anatomy(**cells, also=also, adjoining=adjoining, rows=rows)


def _repeated(
    rows: Iterable[AnatomyRow], what: str, key: Callable[[AnatomyRow], str]
) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for row in rows:
        value = key(row)
        if value and seen.setdefault(value, row.line) != row.line:
            yield Mistake(row.line, f"{what} of {row.name!r} came in line {seen[value]}")
