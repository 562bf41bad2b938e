"""An answer as rows to write: what matters most comes first, one section where it is asked for."""

from __future__ import annotations

from typing import Any

from clusteratlas.errors import InputError
from clusteratlas.queries.forms.formats import ENCODED, FOR_READING, Format
from clusteratlas.queries.forms.printed import Printed, as_record, headings_of
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.language.order import reading_order


def printed_answer(answer: Answer, fmt: Format, section: str | None = None) -> Printed:
    """Give the rows of an answer with its title, notes and sources.

    Parameters
    ----------
    answer
        The answer.
    fmt
        Forms for reading have the columns that answer the question first; others the declared
        order.
    section
        The one that is wanted, with the columns that it uses; None: all.

    Raises
    ------
    InputError
        If it has no such section.
    """
    units = {h.name: h for h in headings_of(answer.question.row)}
    order = reading_order(answer.question) if fmt in FOR_READING else answer.question.columns
    rows = answer.rows
    if section is not None:
        rows = _of_section(answer, section)
        order = tuple(
            name
            for name in order
            if name != "section" and any(getattr(row, name) is not None for row in rows)
        )
    return Printed(
        [as_record({name: getattr(row, name) for name in order}) for row in rows],
        [units[name] for name in order],
        answer.title,
        answer.notes,
        [as_record(one) for one in answer.sources],
    )


def answer_bytes(answer: Answer, fmt: Format) -> bytes:
    """Write an answer as the command line writes it into a file; not as a table of text."""
    return ENCODED[fmt](printed_answer(answer, fmt))


def _of_section(answer: Answer, section: str) -> list[Any]:
    wanted = _section_word(section)
    rows = [row for row in answer.rows if _section_word(row.section) == wanted]
    if not rows:
        there = ", ".join(dict.fromkeys(row.section for row in answer.rows))
        raise InputError(
            f"the answer to {answer.question.id!r} has no section {section!r}",
            hint=f"it has {there}" if there else "it has no rows at all",
        )
    return rows


def _section_word(section: str) -> str:
    return section.strip().lower().replace("_", " ").replace("-", " ")
