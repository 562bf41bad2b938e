"""What a notebook shows."""

from __future__ import annotations

import traceback
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clusteratlas.errors import InputError, UnknownName
from clusteratlas.queries.atlas.library import Atlas, Result
from clusteratlas.queries.atlas.registry import QUESTIONS
from tests.queries.asked import ASKED


class Tags(HTMLParser):
    """Tags that are open, and how many there were."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (the base has it)
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_a_table(
    question: str, embedded: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = embedded.ask(question, **ASKED[question])
    tags = Tags(answer._repr_html_())
    assert tags.open == []
    assert tags.seen.count("tr") == len(answer.rows) + tags.seen.count("table")
    answer.show()
    shown = capsys.readouterr().out
    assert answer.of_how_many.split()[0] in shown


def test_a_picture_displays_as_svg(embedded: Atlas, tmp_path: Path) -> None:
    drawn = embedded.ask("top-regions", cluster="drugs").plot()
    assert ElementTree.fromstring(drawn._repr_svg_()).tag.endswith("svg")  # noqa: S314 (ours)
    drawn.save(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")


def test_nothing_to_draw_says_so(embedded: Atlas) -> None:
    none = embedded.ask("gaps", cluster="drugs", region="boston", below=0.0001)
    if not none.rows:
        with pytest.raises(InputError, match="nothing to draw"):
            none.plot()
        assert "(no rows)" in none._repr_html_()


def test_rows_of_cypher(embedded: Atlas, capsys: pytest.CaptureFixture[str]) -> None:
    found = embedded.cypher("MATCH (c:Cluster) RETURN c.id AS id, c.jobs AS jobs ORDER BY id")
    assert Tags(found._repr_html_()).seen.count("tr") == 1 + len(found.rows)
    found.show()
    assert "boats" in capsys.readouterr().out


def test_text_is_text() -> None:
    html = Result(("name",), [{"name": "<b>&"}], truncated=True)._repr_html_()
    assert "&lt;b&gt;&amp;" in html
    assert "there are more rows" in html
    many = Result(("n",), [{"n": n} for n in range(100)])._repr_html_()
    assert "and 40 more rows" in many


def test_an_error_that_nobody_catches_has_its_hint(embedded: Atlas) -> None:
    with pytest.raises(UnknownName) as caught:
        embedded.ask("cluster", cluster="druids")
    told = "".join(traceback.format_exception(caught.value))
    assert f"hint: {caught.value.hint}" in told
