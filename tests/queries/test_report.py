"""The definitions report: what it says is the edition's, and it needs nothing but itself."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clusteratlas.cli.main import main
from clusteratlas.editions.store.edition import Edition, open_edition, write_edition
from clusteratlas.errors import InputError
from clusteratlas.report import definitions_report, write_report
from tests.tiny import BOATS, DEF, DRUGS, tiny_tables, with_other

MEGABYTE = 1_000_000
VOID = {"meta", "br", "hr", "link", "img", "input"}
HEAD = (
    "candidate,method,choices,vs4_a_b,vs4_b_a,worst,clusters,largest,singletons,"
    "effective_number,agreement,jaccard,pareto,shipped,balanced"
)
CANDIDATES = f"""{HEAD}
ward-1,ward,k=2,80.0,78.5,78.5,40,60,1,31.5,0.7,,True,False,True
leiden-1,leiden,k=2,82.0,79.5,79.5,44,50,0,38.5,0.8,0.72,True,True,True
plain-1,k-means,k=2,70.0,71.0,70.0,30,99,9,12.5,0.5,,False,False,False
many-1,ward,k=9999,,,,,,,,,,False,False,False
next-1,ward,k=3,75.0,74.0,74.0,35,70,2,25.0,0.6,,False,False,True
"""


def report_tables() -> dict[str, pd.DataFrame]:
    """The tiny atlas with a second set, a judged move, and boats strong in the economic area."""
    tables = with_other(tiny_tables())
    tables["outliers"] = tables["outliers"].astype(object)
    move: Any = [DEF, 1, "336612", "drugs", "boats", 0.25, 1.75, True, "boats float"]
    tables["outliers"].loc[len(tables["outliers"])] = move
    strong = (tables["measures"]["cluster"] == BOATS) & (tables["measures"]["region"] == "ea:19")
    tables["measures"].loc[strong, "strong"] = True
    return tables


def written(folder: Path, tables: dict[str, pd.DataFrame]) -> Edition:
    recipe = {
        "stability": {"runs": 30},
        "evaluation": {"a": {"title": "Metropolitan"}, "b": {"title": "Economic"}},
        "traded": {
            "c50": 0.71,
            "s5": 3.83,
            "gini": 0.5,
            "top": 5,
            "judged": [{"kind": "local", "reason": "sells next door", "codes": ["445110"]}],
        },
    }
    return write_edition(folder, "tiny", tables, {"parameters": recipe, "seeds": {}})


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return written(tmp_path_factory.mktemp("report") / "tiny", report_tables())


@pytest.fixture(scope="module")
def page(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("candidates") / "candidates.csv"
    file.write_text(CANDIDATES, "utf-8")
    return definitions_report(edition, candidates=file)


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs, _ in self.tags if tag in names]

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.text))


def section(page: str, name: str) -> str:
    """Words of one section."""
    part = page.split(f'<section aria-labelledby="{name}">')[1].split("</section>")[0]
    return Page(f"<div>{part}</div>").words


def panel(page: str, cluster: str) -> str:
    part = page.split(f'<article class="cluster" aria-labelledby="c-{cluster}">')[1]
    return Page(f"<div>{part.split('</article>')[0]}</div>").words


# one page, for everybody


def test_the_page_needs_nothing_but_itself(page: str) -> None:
    parsed = Page(page)
    assert parsed.open == []
    assert parsed.named("script", "link", "img", "iframe", "object", "embed", "base") == []
    for _, attrs, _ in parsed.tags:
        assert "src" not in attrs
        assert not any(name.startswith("on") for name in attrs)
        if "href" in attrs:
            assert str(attrs["href"]).startswith("#")
    style = page.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    policy = next(m for m in parsed.named("meta") if "http-equiv" in m)
    assert "default-src 'none'" in str(policy["content"])


def test_every_link_leads_to_one_place(page: str) -> None:
    parsed = Page(page)
    ids = [a["id"] for _, a, _ in parsed.tags if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attrs, _ in parsed.tags:
        if "href" in attrs:
            assert str(attrs["href"])[1:] in ids
        for name in str(attrs.get("aria-labelledby") or "").split():
            assert name in ids


def test_it_can_be_read_without_seeing(page: str) -> None:
    parsed = Page(page)
    assert parsed.named("html")[0]["lang"] == "en"
    tables = len(parsed.named("table"))
    assert tables == len(parsed.named("caption")) > 10
    for attrs in parsed.named("th"):
        assert attrs.get("scope") in {"col", "row", "rowgroup"}
    pictures = [a for a in parsed.named("svg") if a.get("aria-hidden") != "true"]
    assert len(pictures) >= 8
    for attrs in pictures:
        assert attrs["role"] == "img"
        for name in str(attrs["aria-labelledby"]).split():
            assert re.search(rf'id="{re.escape(name)}">[^<]{{5,}}<', page), name
    levels = [int(tag[1]) for tag, _, _ in parsed.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    main_levels = levels[levels.index(1) :]
    assert all(b - a <= 1 for a, b in pairwise(main_levels))


def test_the_same_edition_gives_the_same_bytes(edition: Edition, tmp_path: Path) -> None:
    first = definitions_report(edition)
    shuffled = {k: t.sample(frac=1.0, random_state=5) for k, t in report_tables().items()}
    again = written(tmp_path / "again", shuffled)
    assert again.digest == edition.digest
    assert definitions_report(again) == first


# figures


def test_the_figures_are_those_of_the_edition(edition: Edition, tmp_path: Path) -> None:
    tables = report_tables()
    tables["clusters"].loc[tables["clusters"]["key"] == BOATS, ["jobs", "jaccard"]] = [4321, 0.905]
    tables["clusters"].loc[tables["clusters"]["key"] == BOATS, "stability"] = "highly stable"
    tables["definitions"].loc[tables["definitions"]["key"] == DEF, "vs4"] = 12.34
    page = definitions_report(written(tmp_path / "changed", tables))
    old = definitions_report(edition)
    assert "4,321 jobs" in panel(page, "boats")
    assert "highly stable" in panel(page, "boats")
    assert "4,321" not in old
    assert "12.3" in page
    # Drugs .8 and boats .905 against .8 and .7.
    assert "median Jaccard is 0.85" in section(page, "card")
    assert "median Jaccard is 0.75" in section(old, "card")


def test_a_panel_has_members_links_and_places(page: str) -> None:
    boats = panel(page, "boats")
    assert "2 industries" in boats
    assert "500 jobs" in boats
    # Relatedness 1.5 to its own cluster and -0.4 to the next one.
    assert re.search(r"336611 Ship Building ● core 400 90 % 1\.90 Drugs", boats)
    assert "Strong in 1 of the 1 economic areas that have it, with 100 % of its jobs" in boats
    assert "Boston-Worcester-Manchester, MA-NH" in boats
    assert "Drugs strong trade 95" in boats
    drugs = panel(page, "drugs")
    assert "541714 Biotechnology Research Science ○ marginal 500 60 % 1.90 Boats" in drugs
    assert "Boats strong trade 95" in drugs
    assert "Strong in 0 of the 1 economic areas" in drugs


def test_families_and_the_tree_open_the_page(page: str) -> None:
    words = section(page, "families")
    assert "Coastal Industries 2,000 jobs, 2 clusters" in words
    assert "Drugs 75 %" in words
    assert "The tree of clusters" in words


def test_a_card_says_what_the_cluster_is_and_what_was_judged(page: str) -> None:
    drugs, boats = panel(page, "drugs"), panel(page, "boats")
    assert "Makers of medicines and the laboratories that find them." in drugs
    assert "Makers 67 % Science 33 %" in drugs
    assert "The name says 67 % of the jobs; the largest part that it does not say" in drugs
    assert (
        "Biotechnology Research : its laboratories find what they make. From Boats, 0.10 to 1.50; "
        "for it: co-located jobs, co-located establishments, occupations; against it: trade."
    ) in drugs
    # An objection is on the card of both clusters that it is about.
    for words in (drugs, boats):
        assert "refused Boat Building to a cluster of toys: boats are built in yards." in words
    assert "Nearly here, too Biotechnology Research, of Drugs (0.20 nearer to its own)" in boats
    assert "Open no sentence says what the cluster is" in boats


def test_a_local_cluster_has_its_parts_by_jobs(page: str) -> None:
    words = section(page, "kinds")
    assert "Local Retail Trade 4,000 jobs, 2 industries" in words
    shares = [int(n) for n in re.findall(r"(\d+) %", words.split("2 industries")[-1])]
    assert sum(shares[:2]) == 100


def test_objections_and_the_checklist(page: str) -> None:
    assert "0 changed, 0 kept, 1 refused" in section(page, "objections")
    words = section(page, "checklist")
    assert "is another one 1 1 0" in words
    assert "3 open points" in words
    assert "Drugs unnamed Scientific Research 0.33" in words


def test_scores_in_and_out_of_sample(page: str) -> None:
    words = section(page, "scores")
    assert "algorithm all 95.0 95.0 95.0 95.0 95.0" in words
    assert "algorithm a b yes 82.0 80.0 83.0 81.0 82.0 82.0 2 3 0.70" in words
    assert "algorithm as it stands b – 88.0" in words  # noqa: RUF001
    assert "a : Metropolitan" in section(page, "method")


def test_an_edition_from_before_says_what_it_lacks(tmp_path: Path) -> None:
    edition = written(tmp_path / "old", report_tables())
    manifest: dict[str, Any] = json.loads((edition.path / "manifest.json").read_text("utf-8"))
    del manifest["tables"]["evaluations"]
    (edition.path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (edition.path / "evaluations.parquet").unlink()
    page = definitions_report(open_edition(edition.path))
    assert "holds no scores out of sample" in section(page, "scores")
    assert "No candidates come with this edition" in section(page, "candidates")


def test_judged_moves_with_their_reason(page: str) -> None:
    words = section(page, "moves")
    assert "1 industries, 20.0 % of the traded ones" in words
    assert re.search(r"boats float Boat Building 336612 Boats Boats 0\.25 1\.75", words)
    assert "0 of the moves go to a less related one" in words


def test_the_sets_side_by_side(page: str) -> None:
    words = section(page, "sides")
    # Of three drug makers two are in goods and one in research; one of two boat builders in goods.
    assert "algorithm other" in words
    assert "Drugs 3 Goods 2 1 0.50" in words
    assert "Boats 1 Goods 1 0 0.33" in words
    assert "Drugs to Research: 1 industries" in words


def test_local_clusters_and_exceptions(page: str) -> None:
    words = section(page, "kinds")
    assert "5 industries with 2,000 jobs are traded, 2 with 4,000 are local" in words
    assert "local sells next door 1 445110" in words
    assert "Local Retail Trade 2 4,000 30 %" in words
    # Two of three drug industries sell to households, those that build ships and boats to firms.
    assert "traded traded 3 1,500 1 2 traded regional 2 500 2 0 local local 2 4,000 0 2" in words


def test_what_is_written_in_an_edition_stays_text(tmp_path: Path) -> None:
    tables = report_tables()
    bad = '<script>alert("x")</script> & co'
    tables["clusters"].loc[tables["clusters"]["key"] == DRUGS, "name"] = bad
    page = definitions_report(written(tmp_path / "bad", tables))
    assert "<script" not in page
    assert bad in Page(page).words


# candidates


def test_candidates_are_drawn_and_the_frontier_is_listed(page: str) -> None:
    words = section(page, "candidates")
    assert "4 candidates were tried" in words
    assert "leiden-1 k=2 leiden 82.0 79.5 79.5 44 50 0 38.5 0.80 0.72" in words
    assert "ward-1 k=2 ward 80.0" in words
    assert "plain-1 k=2" not in words
    for name in ("loose", "tried"):
        assert page.count(f'class="{name}"') == 2
    assert "many-1" not in page
    assert page.count('class="pareto"') == 2
    assert page.count('class="shipped"') == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("candidate,method\nx,ward\n", "lacks the columns clusters"),
        ("", "lacks the columns candidate"),
        (CANDIDATES.replace("80.0", "eighty"), "ward-1, vs4_a_b: 'eighty' is not a number"),
    ],
)
def test_candidates_that_cannot_be_read(
    text: str, message: str, edition: Edition, tmp_path: Path
) -> None:
    file = tmp_path / "candidates.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        definitions_report(edition, candidates=file)
    with pytest.raises(InputError, match="cannot be read as candidates"):
        definitions_report(edition, candidates=tmp_path / "none.csv")


# writing


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    write_report("old", target)
    with pytest.raises(UnicodeEncodeError):
        write_report("\ud800", target)
    assert target.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_the_command(edition: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "page.html"
    words = ["report", "definitions", "--edition", str(edition.path), "--out", str(out)]
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 clusters" in said.err
    assert out.read_text("utf-8") == definitions_report(edition)
    assert main([*words, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_command_refuses_before_it_computes(
    edition: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for out, message in (
        (tmp_path / "page.txt", "not the name of a page"),
        (tmp_path / "no" / "page.html", "is not a folder"),
        (tmp_path, "not the name of a page"),
    ):
        assert main(["report", "definitions", "--out", str(out)]) == 2
        said = capsys.readouterr().err
        assert message in said
        assert "clusters" not in said
    (tmp_path / "folder.html").mkdir()
    assert main(["report", "definitions", "--out", str(tmp_path / "folder.html")]) == 2
    assert "is a folder" in capsys.readouterr().err
    nothing = ["--edition", str(tmp_path / "nothing"), "--out", str(tmp_path / "page.html")]
    assert main(["report", "definitions", *nothing]) == 6
    assert not (tmp_path / "page.html").exists()


def test_the_shipped_edition_makes_a_page_of_reasonable_size() -> None:
    edition = open_edition()
    page = definitions_report(edition)
    assert len(page.encode()) < 5 * MEGABYTE
    clusters = edition.table("clusters")
    sets = edition.table("definitions")
    default = sets.loc[sets["is_default"].astype(bool), "key"].iloc[0]
    traded = clusters[(clusters["definition"] == default) & (clusters["kind"] == "traded")]
    traded = traded[traded["level"] == "cluster"]
    assert page.count('<article class="cluster"') == len(traded) > 20
    assert Page(page).open == []


def test_the_shipped_edition_has_its_candidates_and_its_scores_out_of_sample() -> None:
    page = definitions_report(open_edition())
    assert "No candidates come with this edition" not in page
    assert "holds no scores out of sample" not in page
    assert page.count('class="shipped"') == 2
    assert 'id="c-biopharmaceuticals"' in page
