"""Every command on the tiny atlas, as a person types it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.queries.atlas.registry import QUESTIONS
from tests.cli.conftest import Run

# ask


def test_ask_by_name_and_by_order_give_the_same(run: Run) -> None:
    named = run("ask", "anatomy", "--cluster", "drugs", "--region", "boston", "--format", "json")
    assert named.code == 0, named.err
    assert named.json
    assert run("ask", "anatomy", "drugs", "boston", "--format", "json").json == named.json
    mixed = run("ask", "anatomy", "boston", "--cluster", "drugs", "--format", "json")
    assert mixed.json == named.json


def test_a_repeated_option_and_values_without_names_mean_several(run: Run) -> None:
    named = run(
        "ask", "compare", "--region", "boston", "--region", "providence", "--format", "json"
    )
    assert named.code == 0, named.err
    assert {row["compared"] for row in named.json if row["section"] == "cluster"} == {
        "Boston-Cambridge-Newton, MA-NH",
        "Providence-Warwick, RI-MA",
    }
    free = run("ask", "compare", "boston", "providence", "--format", "json")
    assert free.json == named.json
    # The names and options that the question had before.
    for argv in (["--a", "boston", "--b", "providence"], ["boston", "providence"]):
        assert run("ask", "compare-regions", *argv, "--format", "json").json == named.json
    help_ = run("ask", "compare-regions", "--help").out
    assert all(option in help_ for option in ("--a", "--b", "--region"))


def test_figures_are_those_of_the_edition(run: Run) -> None:
    # Boston: 1,350 jobs in drugs, 50 in boats (tests/tiny).
    rows = run("ask", "top-regions", "drugs", "--format", "json").json
    jobs = {row["key"].rpartition("@")[2]: row["jobs"] for row in rows}
    assert jobs["cbsa:14460"] == 1350
    assert jobs["cbsa:39300"] == 100


def test_an_answer_says_of_how_many_and_from_where(run: Run) -> None:
    ran = run("ask", "top-regions", "--cluster", "drugs", "--limit", "1", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(ran.out)))) == 1
    assert "1 of 2" in ran.err
    assert "County Business Patterns" in ran.err


def test_a_table_has_the_question_as_its_title(run: Run) -> None:
    out = run("ask", "region", "--region", "boston").out
    assert out.splitlines()[0].startswith(QUESTIONS["region"].words)
    assert "Boston" in " ".join(out.splitlines()[:2])


def test_an_answer_to_a_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "rows.parquet"
    ran = run("ask", "top-regions", "drugs", "--format", "parquet", "--out", str(target))
    assert ran.out == ""
    assert pq.read_table(target).num_rows == 2


@pytest.mark.parametrize("suffix", ["html", "svg", "png"])
def test_a_picture(suffix: str, run: Run, tmp_path: Path) -> None:
    target = tmp_path / f"picture.{suffix}"
    ran = run("ask", "top-regions", "drugs", "--plot", str(target))
    assert ran.code == 0, ran.err
    assert target.stat().st_size > 500
    assert str(target) in ran.err


def test_an_ambiguous_name_lists_the_candidates_with_their_keys(run: Run) -> None:
    ran = run("ask", "region", "--region", "county, ma")
    assert ran.code == 2
    error, hint = ran.err.splitlines()
    assert "county:25017" in error
    assert "county:25025" in error
    assert "county:44007" not in error  # Providence County, RI
    assert "key" in hint
    assert run("ask", "region", "--region", "county:25017").code == 0


def test_an_unknown_name_gives_the_nearest(run: Run) -> None:
    ran = run("ask", "anatomy", "--cluster", "druids", "--region", "boston")
    assert ran.code == 2
    error, hint = ran.err.splitlines()
    assert "druids" in error
    assert "tiny/algorithm:drugs" in hint
    assert ran.out == ""


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["ask", "anatomie"], "anatomy"),
        (["ask", "anatomy", "drugs"], "--region"),
        (["ask", "anatomy", "drugs", "boston", "a", "2019", "1", "extra"], "extra"),
        (["ask", "top-regions", "drugs", "--by", "beauty"], "beauty"),
        (["ask", "top-regions", "drugs", "--limit", "many"], "--limit"),
        (["ask", "anatomy", "drugs", "boston", "tiny/algorithm", "soon"], "soon"),
        (["ask", "region", "boston", "--year", "1890"], "1890"),
        (["ask", "compare", "boston"], "2 to 10 of --region, not 1"),
        (["ask", "compare", "boston", "cbsa:14460"], "given twice"),
        (["ask", "compare-regions", "--a", "boston"], "2 to 10 of --region, not 1"),
    ],
)
def test_a_wrong_question_is_2_and_one_line(argv: list[str], says: str, run: Run) -> None:
    ran = run(*argv)
    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.splitlines()) == 2
    assert ran.out == ""


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_help_with_its_parameters_and_examples(question: str, run: Run) -> None:
    ran = run("ask", question, "--help")
    assert ran.code == 0
    for param in QUESTIONS[question].params:
        assert f"--{param.replace('_', '-')}" in ran.out
    assert f"clusteratlas ask {question}" in ran.out


def test_questions_lists_them_all(run: Run) -> None:
    rows = run("questions", "--format", "json").json
    assert [row["question"] for row in rows] == list(QUESTIONS)
    assert all(row["example"].startswith("clusteratlas ask ") for row in rows)


def test_find(run: Run) -> None:
    hits = run("find", "pharmaceutical", "--format", "json").json
    assert "naics2017:325412" in [hit["key"] for hit in hits]
    nothing = run("find", "qqqqqqqq")
    assert nothing.code == 2
    assert "qqqqqqqq" in nothing.err


# cypher and shell


def test_cypher_reads(run: Run) -> None:
    ran = run(
        "cypher",
        "MATCH (c:Cluster {kind: $kind, level: $level}) "
        "RETURN c.id AS id, c.jobs AS jobs ORDER BY id",
        "--param",
        "kind=traded",
        "--param",
        "level=cluster",
        "--format",
        "json",
    )
    assert ran.json == [{"id": "boats", "jobs": 500}, {"id": "drugs", "jobs": 1500}]


def test_cypher_limits_rows_and_says_so(run: Run) -> None:
    ran = run("cypher", "MATCH (r:Region) RETURN r.key AS key", "--limit", "2", "--format", "csv")
    assert len(ran.out.splitlines()) == 3
    assert "the first 2 rows" in ran.err


def test_cypher_refuses_to_write(run: Run) -> None:
    ran = run("cypher", "MATCH (r:Region) SET r.name = 'x'")
    assert ran.code == 3
    assert ran.err.startswith("error: ")
    names = run("cypher", "MATCH (r:Region) RETURN r.name AS name", "--format", "json").json
    assert {"name": "x"} not in names


def test_cypher_writes_where_it_may(run: Run, loaded: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.lbug"
    shutil.copy(loaded, own)
    text = "MATCH (r:Region {key: 'us'}) SET r.name = 'Here'"
    assert run("cypher", text, "--write", "--store", str(own)).code == 0
    query = "MATCH (r:Region {key: 'us'}) RETURN r.name AS name"
    assert run("cypher", query, "--store", str(own), "--format", "csv").out == "name\nHere\n"


def test_a_syntax_error_shows_the_place(run: Run) -> None:
    ran = run("cypher", "MATCH (r:Region) RETRUN r")
    assert ran.code == 3
    assert "line 1" in ran.err


def test_cypher_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("RETURN 1 AS one"))
    assert run("cypher", "-", "--format", "csv").out == "one\n1\n"


SESSION = """
:limit 2
:format csv
MATCH (c:Cluster)
RETURN c.id AS id
ORDER BY id;
:schema Source
RETURN 2 AS two; // no more
:quit
RETURN 3 AS three;
"""


def test_shell_from_a_pipe(loaded: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clusteratlas.cli.main", "shell", "--store", str(loaded)],
        input=SESSION.replace(" // no more", ""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("id\nboats\ndrugs\n")
    assert "there are more" in done.stderr
    assert "sha256" in done.stdout
    assert done.stdout.endswith("two\n2\n")


def test_the_first_error_of_a_piped_shell_ends_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("RETURN x;\nRETURN 1 AS one;\n"))
    ran = run("shell")
    assert ran.code == 3
    assert "one" not in ran.out


def test_a_shell_command_that_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(":frobnicate\n"))
    ran = run("shell")
    assert ran.code == 2
    assert ":help" in ran.err


# editions and stores


def test_edition_show(run: Run, edition: Edition) -> None:
    ran = run("edition", "show", str(edition.path), "--format", "json")
    rows = {row["table"]: row["rows"] for row in ran.json}
    assert rows["clusters"] == 3 + 3  # a family and two subclusters
    assert edition.digest in ran.err


def test_edition_verify_finds_a_damaged_table(run: Run, edition: Edition, tmp_path: Path) -> None:
    assert run("edition", "verify", str(edition.path)).code == 0
    copy = tmp_path / "copy"
    shutil.copytree(edition.path, copy)
    shutil.copy(copy / "sectors.parquet", copy / "clusters.parquet")
    ran = run("edition", "verify", str(copy), "--format", "json")
    assert ran.code == 6
    assert "clusters" in {row["table"] for row in ran.json}


def test_edition_diff_of_the_same_is_empty(run: Run, edition: Edition) -> None:
    ran = run("edition", "diff", str(edition.path), str(edition.path), "--format", "json")
    assert ran.code == 0
    assert ran.json == []


def test_memberships_are_exported_as_people_exchange_them(run: Run, edition: Edition) -> None:
    ran = run("edition", "export", str(edition.path), "--table", "memberships", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert list(rows[0]) == ["naics", "cluster", "cluster_name", "traded"]
    assert rows[0] == {
        "naics": "325411",
        "cluster": "drugs",
        "cluster_name": "Drugs",
        "traded": "true",
    }
    assert len(rows) == 7


@pytest.mark.parametrize("argv", [["--table", "nothing"], ["--definition", "nothing"]])
def test_export_of_nothing_known(argv: list[str], run: Run, edition: Edition) -> None:
    ran = run("edition", "export", str(edition.path), *argv)
    assert ran.code == 6
    assert "nothing" in ran.err


def test_load_twice_and_look(run: Run, edition: Edition, tmp_path: Path) -> None:
    argv = [str(edition.path), "--store", str(tmp_path / "new.lbug"), "--format", "json"]
    first = run("load", *argv)
    assert first.code == 0, first.err
    assert first.json[0]["outcome"] == "loaded"
    assert run("load", *argv, "--quiet").json[0]["outcome"] == "unchanged"
    info = run("store", "info", *argv[1:])
    counts = {row["name"]: row["count"] for row in info.json}
    assert counts["Cluster"] == 3 + 3  # a family and two subclusters
    assert counts["MEASURED"] == 26 + 3 * 9
    assert "edition tiny" in info.err


def test_wipe_wants_yes(run: Run, edition: Edition, tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "new.lbug")]
    assert run("load", str(edition.path), *store, "--quiet").code == 0
    refused = run("store", "wipe", *store)
    assert refused.code == 2
    assert "--yes" in refused.err
    assert run("store", "wipe", "--yes", *store).code == 0
    info = run("store", "info", *store, "--format", "json")
    assert all(row["count"] == 0 for row in info.json)


def test_a_store_that_is_not_there_is_4(run: Run, tmp_path: Path) -> None:
    ran = run("store", "info", "--store", str(tmp_path / "none.lbug"))
    assert ran.code == 4
    assert "clusteratlas load" in ran.err


def test_a_server_that_is_down_is_4(run: Run) -> None:
    ran = run("store", "info", "--store", "bolt://127.0.0.1:1")
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 2


def test_an_address_that_is_none_is_2(run: Run) -> None:
    assert run("store", "info", "--store", "http://example.org").code == 2


def test_export_for_the_importer(run: Run, edition: Edition, tmp_path: Path) -> None:
    ran = run(
        "export",
        "neo4j-admin",
        str(edition.path),
        "--to",
        str(tmp_path / "import"),
        "--format",
        "json",
    )
    assert ran.code == 0, ran.err
    files = {row["file"] for row in ran.json}
    assert "nodes-Cluster.csv" in files
    assert files | {"import.sh", "schema.cypher"} == {
        p.name for p in (tmp_path / "import").iterdir()
    }


def test_build_without_files_is_5(run: Run, tmp_path: Path) -> None:
    ran = run("build", "--data", str(tmp_path), "--out", str(tmp_path / "out"), "--quiet")
    assert ran.code == 5
    assert not (tmp_path / "out").exists()
