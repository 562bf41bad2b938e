"""What a column is: declared once, and shown by tables, by the graph and by answers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from clusteratlas.vocabulary.units import UNITS, Unit

Type = Literal["string", "int64", "double", "bool"]
"""Types of columns, and so of properties: Arrow's names; engines spell them in their own way."""

STRING: Type = "string"
INT: Type = "int64"
REAL: Type = "double"
BOOL: Type = "bool"

PANDAS: dict[Type, str] = {STRING: "string", INT: "Int64", REAL: "Float64", BOOL: "boolean"}
"""Nullable pandas type of each type."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, wherever it is shown."""

    name: str
    type: Type
    note: str
    unit: Unit | None = None
    nullable: bool = False
    digits: int = 6
    """Significant digits that a real number keeps."""
    refers: str = ""
    """Table whose keys it holds."""
    choices: tuple[str, ...] = ()
    """All values that it may have, where they are a closed list."""
    reference: str = ""
    """Where its formula comes from."""

    def __post_init__(self) -> None:
        if self.unit is not None and self.unit not in UNITS:
            raise ValueError(f"column {self.name}: {self.unit!r} is no unit of vocabulary.units")

    def noted(self, note: str) -> Column:
        """Give the same column where it means something narrower."""
        return dataclasses.replace(self, note=note)

    def named(self, name: str) -> Column:
        """Give the same column under another name."""
        return dataclasses.replace(self, name=name)

    def or_null(self) -> Column:
        """Give the same column where it may be unknown."""
        return dataclasses.replace(self, nullable=True)

    def rounded(self, digits: int) -> Column:
        """Give the same column with fewer digits."""
        return dataclasses.replace(self, digits=digits)

    @property
    def meaning(self) -> str:
        """Its note, with the reference of its formula."""
        return f"{self.note} ({self.reference})" if self.reference else self.note


def text(
    name: str,
    note: str,
    *,
    refers: str = "",
    choices: tuple[str, ...] = (),
    null: bool = False,
) -> Column:
    """Declare a column of words, names or keys."""
    return Column(name, STRING, note, nullable=null, refers=refers, choices=choices)


def whole(name: str, note: str, unit: Unit | None = None, *, null: bool = False) -> Column:
    """Declare a column of whole numbers."""
    return Column(name, INT, note, unit, null)


def real(
    name: str,
    note: str,
    unit: Unit | None = None,
    *,
    null: bool = False,
    digits: int = 6,
    reference: str = "",
) -> Column:
    """Declare a column of real numbers."""
    return Column(name, REAL, note, unit, null, digits, reference=reference)


def flag(name: str, note: str, *, null: bool = False) -> Column:
    """Declare a column of yes and no."""
    return Column(name, BOOL, note, nullable=null)
