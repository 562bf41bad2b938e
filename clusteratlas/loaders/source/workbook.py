"""Sheets of workbooks, as the cells that the library gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from clusteratlas.errors import SourceError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

WORKBOOKS = frozenset({".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"})


@contextmanager
def open_workbook(path: Path) -> Iterator[CalamineWorkbook]:
    """Open a workbook.

    Raises
    ------
    SourceError
        If it is none, or is damaged.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        yield CalamineWorkbook.from_path(str(path))
    except CalamineError as exc:
        raise SourceError(
            f"{path.name} is not a readable workbook: {' '.join(str(exc).split())}",
            hint="the file may be truncated: fetch it again",
        ) from exc


def sheet_names(path: Path) -> list[str]:
    """Names of a workbook's sheets, in its order."""
    with open_workbook(path) as workbook:
        return list(workbook.sheet_names)


def sheet_cells(path: Path, sheet: str | None) -> list[list[object]]:
    """Give every row of a sheet, empty ones too; ``sheet`` None takes the only one.

    Raises
    ------
    SourceError
        If the file is no workbook, is damaged or lacks the sheet.
    """
    with open_workbook(path) as workbook:
        names = list(workbook.sheet_names)
        wanted = names[0] if sheet is None and len(names) == 1 else sheet
        if wanted not in names:
            raise SourceError(
                f"{path.name} has no sheet {sheet!r}: it has {', '.join(map(repr, names))}",
                hint="is it the publisher's workbook of that vintage?",
            )
        rows = workbook.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
    return cast("list[list[object]]", rows)


def cell_text(cell: object) -> str:
    """Text of a cell: ``111200.0`` is ``111200``, a truth value ``TRUE``, text is stripped.

    Text that merely looks like a float stays: see ``codes`` of ``tabular`` for that.
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
