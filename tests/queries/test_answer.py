"""Other shapes of an answer: data frame, dictionary, network, picture."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.cli.output.rows import Format, render
from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.draw.canvas import overlapping
from clusteratlas.queries.draw.pictures import caption, drawn, picture, save
from tests.queries.asked import ASKED

NOTHING_TO_DRAW = {"services", "complexity", "evidence", "sources"}
"""On the tiny atlas these have none of the rows that their picture shows."""


@pytest.mark.parametrize("id_", QUESTIONS)
def test_every_answer_is_a_frame_and_plain_values(id_: str, embedded: Atlas) -> None:
    answer = embedded.ask(id_, **ASKED[id_])
    frame = answer.to_pandas()
    assert list(frame.columns) == list(QUESTIONS[id_].columns)
    assert len(frame) == len(answer.rows)
    again = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert (again["question"], again["shown"], again["count"]) == (id_, answer.shown, answer.count)


def test_missing_figures_are_missing_in_the_frame(embedded: Atlas) -> None:
    frame = embedded.ask("anatomy", cluster="boats", region="county:25017").to_pandas()
    unknown = frame[frame["presence"] == "not known"]
    assert len(unknown)
    assert unknown["jobs"].isna().all()
    assert frame["jobs"].dtype == pd.Int64Dtype()


def test_a_table_joins_what_json_keeps_apart(
    embedded: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = embedded.ask("anatomy", cluster="boats", region="boston")
    render(answer.rows, Format.table)
    core = capsys.readouterr().out.partition("\ncore\n")[2].partition("\nadjoining\n")[0]
    assert "jobs_low" not in core.replace(" ", "_")
    cells = {line.split("   ")[1]: re.split(r" {2,}", line)[3] for line in core.splitlines()[2:4]}
    assert cells == {"Boat Building": "50 (0-80)", "Ship Building": "0"}
    render(answer.rows, Format.json)
    builders = next(r for r in json.loads(capsys.readouterr().out) if r["name"] == "Boat Building")
    found = {name: builders[name] for name in ("jobs", "jobs_low", "jobs_high", "known")}
    assert found == {"jobs": 50, "jobs_low": 0, "jobs_high": 80, "known": "withheld"}


def test_an_empty_answer_keeps_its_columns(embedded: Atlas) -> None:
    frame = embedded.ask("gaps", cluster="boats", region="boston").to_pandas()
    assert frame.empty
    assert list(frame.columns) == list(QUESTIONS["gaps"].columns)


def test_anatomy_hangs_on_the_regional_cluster(embedded: Atlas) -> None:
    graph = embedded.ask("anatomy", cluster="drugs", region="boston").to_networkx()
    hub = "tiny/algorithm:drugs@cbsa:14460"
    assert graph.nodes[hub]["name"] == "Drugs in Boston-Cambridge-Newton, MA-NH"
    assert set(graph.successors(hub)) == set(graph.nodes) - {hub}
    assert graph.edges[hub, "naics2017:325412"]["presence"] == "strong"


def test_trace_is_its_paths(embedded: Atlas) -> None:
    graph = embedded.ask("trace", a="325411", b="boats").to_networkx()
    assert graph.has_edge("naics2017:325411", "tiny/algorithm:drugs")
    assert graph.nodes["tiny/algorithm:boats"]["name"] == "Boats"
    assert graph.edges["naics2017:325411", "tiny/algorithm:drugs"]["link"] == "MEMBER_OF"


def test_two_clusters_are_two_centers(embedded: Atlas) -> None:
    graph = embedded.ask("compare", cluster=["drugs", "boats"]).to_networkx()
    centers = [n for n, d in graph.nodes(data=True) if d["section"] == "center"]
    assert centers == ["tiny/algorithm:drugs", "tiny/algorithm:boats"]


@pytest.mark.parametrize("id_", [i for i in QUESTIONS if i not in NOTHING_TO_DRAW])
def test_every_question_has_a_picture(id_: str, embedded: Atlas, tmp_path: Path) -> None:
    answer = embedded.ask(id_, **ASKED[id_])
    svg = picture(answer)
    assert svg.title == caption(answer)
    assert overlapping(svg.boxes) == 0
    assert all(b.left >= 0 and b.right <= svg.width and b.bottom <= svg.height for b in svg.boxes)
    assert "{" not in caption(answer)
    assert f"source: {answer.sources[0].says}" in svg.description.split("; ")
    save(answer, tmp_path / "picture.svg")
    text = (tmp_path / "picture.svg").read_text("utf-8")
    assert text.startswith("<svg")
    named = str(getattr(drawn(answer)[0], "name", "")) or drawn(answer)[0].end_name
    assert named.split(",")[0].split("&")[0][:20] in text
    assert "NaN" not in text


def test_a_page_needs_no_network(embedded: Atlas, tmp_path: Path) -> None:
    save(embedded.ask("related", cluster="drugs"), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Clusters related to Drugs" in page
    assert "<script src" not in page
    assert "cdn.jsdelivr.net/npm/vega@" not in page
    assert "<script" not in page
    assert "prefers-color-scheme: dark" in page
    save(embedded.ask("related", cluster="drugs"), tmp_path / "picture.PNG")
    assert (tmp_path / "picture.PNG").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("id_", sorted(NOTHING_TO_DRAW))
def test_nothing_to_draw_is_an_error(id_: str, embedded: Atlas) -> None:
    with pytest.raises(InputError, match="has nothing to draw"):
        picture(embedded.ask(id_, **ASKED[id_]))


def test_wrong_files_are_errors(embedded: Atlas, tmp_path: Path) -> None:
    answer = embedded.ask("related", cluster="drugs")
    with pytest.raises(InputError, match=r"cannot be written as '\.gif'"):
        save(answer, tmp_path / "picture.gif")
    with pytest.raises(InputError, match=r"cannot write .*No such file"):
        save(answer, tmp_path / "nowhere" / "picture.svg")


def test_the_same_answer_gives_the_same_picture(embedded: Atlas) -> None:
    asked = ("anatomy", {"cluster": "drugs", "region": "boston"})
    one, two = (picture(embedded.ask(asked[0], **asked[1])).markup() for _ in range(2))
    assert one == two
