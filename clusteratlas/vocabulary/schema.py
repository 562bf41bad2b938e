"""What a table of an edition is: its columns with unit and meaning, and its key."""

from __future__ import annotations

from dataclasses import dataclass

STR, INT, REAL, BOOL = "string", "int64", "double", "bool"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an edition's table."""

    name: str
    type: str
    note: str
    unit: str | None = None
    nullable: bool = False
    digits: int = 6
    """Significant digits that a real number keeps."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an edition."""

    name: str
    note: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(f.name for f in self.fields)


TABLES: dict[str, Table] = {}


def declare(name: str, note: str, key: str, *fields: Field) -> None:
    """Register one table; ``key`` names its columns, joined by blanks."""
    TABLES[name] = Table(name, note, tuple(key.split()), fields)


def field(
    name: str,
    type_: str,
    note: str,
    unit: str | None = None,
    *,
    null: bool = False,
    digits: int = 6,
) -> Field:
    """Describe one column."""
    return Field(name, type_, note, unit, null, digits)
