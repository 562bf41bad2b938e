"""Tables of all answers on a narrow page: nothing runs over, every row has its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from clusteratlas.cli.commands.ask import show_answer
from clusteratlas.cli.output.layout import fit_columns, join_bounds, written
from clusteratlas.cli.output.rows import Format, Heading, as_record
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.language.answer import Answer, unit_of
from clusteratlas.queries.language.order import reading_order
from tests.queries.asked import ASKED

WIDTHS = (60, 80, 100)


@pytest.fixture(scope="module")
def answers(embedded: Atlas) -> dict[str, Answer]:
    return {id_: embedded.ask(id_, **given) for id_, given in ASKED.items()}


@pytest.mark.parametrize("id_", ASKED)
def test_no_line_is_longer_than_the_page(
    id_: str,
    answers: dict[str, Answer],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        show_answer(answers[id_], Format.table)
        captured = capsys.readouterr()
        long = [line for line in captured.out.splitlines() if len(line) > width]
        assert long == []


@pytest.mark.parametrize("id_", ASKED)
def test_every_section_shows_names_and_figures_whole(id_: str, answers: dict[str, Answer]) -> None:
    answer = answers[id_]
    for records, headings in sections(answer):
        columns = [written(c, records, worded=True) for c in join_bounds(headings, records)]
        figures = [c.name for c in columns if c.figures]
        for width in WIDTHS:
            kept = [column for column, _ in fit_columns(columns, width, "...")]
            whole = {c.name: c for c in columns}
            assert kept[0].name == columns[0].name
            assert figures == [] or any(c.figures for c in kept)
            for column in kept:
                before = whole[column.name]
                assert "".join(column.caption.split()) == "".join(before.caption.split())
                assert all(
                    bool(a) == bool(b) for a, b in zip(column.cells, before.cells, strict=True)
                )
                if column.rigid and column.natural <= width:
                    assert column.cells in (before.cells, before.brief)


def sections(answer: Answer) -> Iterator[tuple[list[dict[str, Any]], list[Heading]]]:
    rows = [as_record(row) for row in answer.rows]
    names = [n for n in reading_order(answer.question) if n != "section"]
    for section in dict.fromkeys(row.get("section") for row in rows):
        part = [row for row in rows if row.get("section") == section]
        used = [n for n in names if any(row[n] is not None for row in part)]
        yield part, [Heading(name, unit_of(answer, name)) for name in used]
