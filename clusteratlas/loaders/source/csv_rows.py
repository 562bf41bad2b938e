"""A CSV file that a person wrote: each row checked by a model, each mistake told by its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any, ClassVar, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from clusteratlas.errors import InputError

RowT = TypeVar("RowT", bound="CsvRow")


class CsvRow(BaseModel):
    """Base of all models of rows: a field for each column.

    A column may be missing where its field has a default.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    other_names: ClassVar[Mapping[str, str]] = {}
    """What a column may be called instead, and its field."""
    other_columns: ClassVar[bool] = False
    """Columns that are no fields are passed over, not refused."""
    exact: ClassVar[bool] = False
    """Blanks around a cell, or two in a row inside, are a mistake; else they are made one."""

    @classmethod
    def columns(cls) -> dict[str, bool]:
        """Columns, and whether each must be there."""
        return {f.alias or name: f.is_required() for name, f in cls.model_fields.items()}


class Mistake(NamedTuple):
    """What is wrong with a line."""

    line: int
    """Line of the file, the header being 1."""
    text: str
    hint: str | None = None


def wrong(message: str, hint: str | None = None) -> PydanticCustomError:
    """Make the error that a validator raises: a line without the name of the file, and a hint."""
    return PydanticCustomError("wrong", "{message}", {"message": message, "hint": hint})


def check_cell(holds: Callable[[str], object], says: str, *, empty: bool = False) -> AfterValidator:
    """Make the check of a cell.

    Parameters
    ----------
    holds
        Says whether the cell is as it should be.
    says
        What is wrong otherwise; ``{column}`` and ``{value}`` in it are replaced.
    empty
        An empty cell is checked too.
    """

    def checked_cell(value: str, info: ValidationInfo) -> str:
        if (value or empty) and not holds(value):
            column = str(info.field_name).rstrip("_")
            raise wrong(says.replace("{column}", column).replace("{value}", repr(value)))
        return value

    return AfterValidator(checked_cell)


def of_form(pattern: str, says: str, *, empty: bool = False) -> AfterValidator:
    """Make the check that a whole cell has a form; as :func:`check_cell`."""
    compiled = re.compile(pattern)
    return check_cell(compiled.fullmatch, says, empty=empty)


def one_of(words: Collection[str], *, empty: bool = False) -> AfterValidator:
    """Make the check that a cell is one of some words; as :func:`check_cell`."""
    said = f"{{column}} {{value}} is none of {', '.join(words)}"
    return check_cell(lambda cell: cell in words, said, empty=empty)


FILLED = check_cell(bool, "no {column}", empty=True)
"""Check that a cell is not empty."""


def read_lines(
    file: Traversable,
    model: type[RowT],
    *,
    name: str | None = None,
    hint: str | None = None,
    shown: int = 1,
    context: Any = None,
) -> list[tuple[int, RowT]]:
    """Read a CSV file: UTF-8, one header line, any order of columns; empty lines are passed over.

    Parameters
    ----------
    file
        The file.
    model
        What a row may hold.
    name
        What to call it in a message, if not by its own name.
    hint
        What to do about a mistake that has no hint of its own.
    shown
        Mistakes that an error tells; it counts the others.
    context
        What validators of the model see as ``info.context``.

    Returns
    -------
    list of (int, row)
        Line and row, in the order of the file.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column or has one that it may not have, or a row is not
        as the model says.
    """
    name = name or file.name
    header, lines = _lines(file, name)
    names = [c if (n := model.other_names.get(c, c)) in header else n for c in header]
    _check_header(model, names, name, hint)
    known = model.columns()
    rows: list[tuple[int, RowT]] = []
    mistakes: list[Mistake] = []
    for line, cells in lines:
        if len(cells) != len(names):
            mistakes.append(Mistake(line, f"{len(cells)} cells, not {len(names)}"))
            continue
        given = {n: c for n, c in zip(names, cells, strict=True) if n in known}
        tidy = {n: " ".join(cell.split()) for n, cell in given.items()}
        if model.exact and (stray := [n for n in given if given[n] != tidy[n]]):
            found = [Mistake(line, f"stray blanks in {given[n]!r} (column {n})") for n in stray]
        else:
            row, found = checked_row(model, tidy, line, context=context)
            rows += [(line, row)] if row is not None else []
        mistakes += found
    refuse_rows(name, mistakes, hint=hint, shown=shown)
    return rows


def checked_row(
    model: type[RowT], cells: Mapping[str, str], line: int, *, context: Any = None
) -> tuple[RowT | None, list[Mistake]]:
    """Give a row as its model, or what is wrong with it."""
    try:
        return model.model_validate(dict(cells), context=context), []
    except ValidationError as exc:
        return None, [_mistake(line, error) for error in exc.errors(include_url=False)]


def refuse_rows(
    name: str, mistakes: Sequence[Mistake], *, hint: str | None = None, shown: int = 1
) -> None:
    """Raise one error that tells the first mistakes by their lines and counts the others, if any.

    Raises
    ------
    InputError
        If there is a mistake.
    """
    if not mistakes:
        return
    more = len(mistakes) - shown
    if shown == 1:
        line, text, own = mistakes[0]
        others = f" (and {more} more mistake{'s' * (more > 1)})" if more else ""
        raise InputError(f"{name}, line {line}: {text}{others}", hint=own or hint)
    told = [f"line {line}: {text}" for line, text, _ in mistakes[:shown]]
    told += [f"and {more} more"] if more > 0 else []
    head = f"{name}: {len(mistakes)} mistake{'s' * (len(mistakes) > 1)}"
    raise InputError("\n  ".join([head, *told]), hint=hint)


def _lines(file: Traversable, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        raise InputError(f"{name} cannot be read: {exc.strerror or exc}") from exc
    except UnicodeDecodeError as exc:
        raise InputError(
            f"{name} cannot be read: it is not UTF-8 text",
            hint="save it as CSV UTF-8 and try again",
        ) from exc
    if "\0" in text:
        raise InputError(
            f"{name} holds zero characters, which no text has",
            hint="save it as CSV UTF-8 and try again",
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as exc:
        raise InputError(
            f"{name}, line {reader.line_num}: {exc}", hint="is a quotation mark left open?"
        ) from exc
    return header, lines


def _check_header(model: type[CsvRow], header: list[str], name: str, hint: str | None) -> None:
    columns = model.columns()
    facts = {
        "missing": [column for column, must in columns.items() if must and column not in header],
        "unknown": [c for c in header if c not in columns and not model.other_columns],
        "repeated": sorted({c for c in header if c in columns and header.count(c) > 1}),
    }
    told = [f"{what} {', '.join(map(repr, found))}" for what, found in facts.items() if found]
    if told:
        other = {field: f" (or {called})" for called, field in model.other_names.items()}
        known = ", ".join(column + other.get(column, "") for column in columns)
        raise InputError(f"{name}: columns {'; '.join(told)}", hint=hint or f"columns: {known}")


def _mistake(line: int, error: ErrorDetails) -> Mistake:
    column = str(error["loc"][0]) if error["loc"] else ""
    hint = None
    if error["type"] == "wrong":
        told = error.get("ctx", {})
        text, hint = told["message"], told["hint"]
    else:
        text = f"{error['input']!r}: {error['msg'].replace('Input should', 'it should')}"
    if column and not re.search(rf"\b{re.escape(column)}\b", text, re.IGNORECASE):
        text = f"{text} (column {column})"
    return Mistake(line, text, hint)
