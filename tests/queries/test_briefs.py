"""Pages for a board: what they say is what the questions answer, and they need nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from clusteratlas.cli.main import main
from clusteratlas.errors import InputError, UnknownName
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.report import anatomy_brief, cluster_brief, region_brief
from clusteratlas.report.briefs import portfolio

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Rows of tables as texts, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Shapes of pictures close themselves."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open or "th" in self.open:
            self.rows[-1][-1] += data.strip()


def self_contained(text: str) -> Page:
    """The page, read; it fetches nothing and runs nothing."""
    page = Page(text)
    assert page.open == []
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "default-src 'none'" in text
    return page


def test_a_region_has_its_figures_and_what_they_leave_open(embedded: Atlas) -> None:
    text = region_brief(embedded, "boston")
    page = self_contained(text)
    answer = embedded.ask("region", region="boston", limit=200)
    named: dict[str, list[str]] = {}
    for row in page.rows:  # gains and losses come after the figures themselves
        named.setdefault(row[0].rstrip("?"), row)
    for cluster in answer.rows[1:]:
        assert named[cluster.name][1] == f"{cluster.jobs:,}"
        if cluster.strong and cluster.jobs_low != cluster.jobs_high:
            assert f"{cluster.jobs_low:,}–{cluster.jobs_high:,}" in text  # noqa: RUF001
    whole = answer.rows[0]
    assert f"{whole.traded_jobs:,}" in text
    assert "County Business Patterns" in text


def test_strong_ones_come_by_quotient_and_those_below_the_nation_are_not_near(
    embedded: Atlas,
) -> None:
    clusters = embedded.ask("region", region="boston", limit=200).rows[1:]
    found = portfolio(clusters)
    assert all(c.strong for c in found.strong)
    assert [c.lq for c in found.strong] == sorted((c.lq for c in found.strong), reverse=True)
    assert all(not c.strong and c.lq >= 1 for c in found.nearly)
    assert found.largest[0].jobs == max(c.jobs for c in clusters)


def test_a_cluster_lists_its_places_and_industries(embedded: Atlas) -> None:
    page = self_contained(cluster_brief(embedded, "drugs"))
    where = embedded.ask("top-regions", cluster="drugs").rows
    cells = {row[0]: row for row in page.rows}
    assert all(cells[r.name][1] == f"{r.jobs:,}" for r in where)
    members = [r for r in embedded.ask("card", cluster="drugs").rows if r.section == "industry"]
    assert all(m.name in cells for m in members)


def test_an_anatomy_lists_each_section_and_says_how_many_more(embedded: Atlas) -> None:
    page = self_contained(anatomy_brief(embedded, "drugs", "boston"))
    rows = embedded.ask("anatomy", cluster="drugs", region="boston").rows
    told = {row[0]: row for row in page.rows}
    core = [r for r in rows if r.section == "core"]
    assert core
    assert all(told[r.name][1] == (r.presence or "") for r in core)


def test_a_name_that_means_nothing_is_refused(embedded: Atlas) -> None:
    with pytest.raises(UnknownName):
        region_brief(embedded, "atlantis")
    with pytest.raises(InputError):
        region_brief(embedded, "boston", year=1066)


def test_the_target_is_looked_at_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["report", "region", "boston", "--out", str(tmp_path / "page.pdf")])
    assert code != 0
    assert "is not the name of a page" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
