"""Rows as tables of Markdown, with rounded figures as on the terminal."""

from __future__ import annotations

from clusteratlas.queries.forms.printed import Printed
from clusteratlas.queries.language.written import written_columns

_MARKS = ("\\", "|", "<", "*", "`", "_", "[")
"""Characters that would be more than themselves."""


def markdown_text(printed: Printed) -> str:
    """Write title, a table for each section, and the notes as a list."""
    blocks = [f"# {_escaped(printed.title)}"] if printed.title else []
    for name, part in printed.sections().items():
        if name:
            blocks.append(f"## {_escaped(name.replace('_', ' '))}")
        blocks.append(_table(part))
    if printed.notes:
        blocks.append("\n".join(f"- {_escaped(note)}" for note in printed.notes))
    return "\n\n".join(blocks) + "\n"


def _table(part: Printed) -> str:
    if not part.records:
        return "(no rows)"
    columns = written_columns(part.records, {c.name: c.unit for c in part.columns})
    lines = [
        [_escaped(column.title) for column in columns],
        ["---:" if column.numeric else "---" for column in columns],
        *zip(*([_escaped(cell) for cell in column.cells] for column in columns), strict=True),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(text: str) -> str:
    for mark in _MARKS:
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
