"""Workbooks, Markdown, a file for each section, and text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from clusteratlas.cli.main import main
from clusteratlas.cli.output.rows import Heading, render
from clusteratlas.errors import InputError
from clusteratlas.queries.answer_schema import answer_schema
from clusteratlas.queries.forms.formats import Format
from tests.cli.conftest import Run

ATTACKS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def opened(path: Path) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(path)
    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book}


def test_a_workbook_has_a_sheet_for_each_section(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "anatomy.xlsx"
    ran = run("ask", "anatomy", "drugs", "boston", "--out", str(out))
    assert (ran.code, ran.out) == (0, ""), ran.err
    sheets = opened(out)
    rows = run("ask", "anatomy", "drugs", "boston", "--format", "json").json
    sections = list(dict.fromkeys(row["section"].replace("_", " ") for row in rows))
    assert list(sheets) == [*sections, "sources", "notes"]
    core = sheets[sections[0]]
    assert "section" not in core[0]
    assert any(cell.endswith("(ratio)") for cell in core[0])
    first = next(row for row in rows if row["section"].replace("_", " ") == sections[0])
    assert {first["name"], first["key"]} <= set(core[1])
    assert sheets["sources"][0] == ["key", "title", "publisher", "vintage"]
    assert len(sheets["sources"]) > 1
    assert any("of" in note[0] for note in sheets["notes"])


def test_figures_of_a_workbook_are_in_full(tmp_path: Path) -> None:
    out = tmp_path / "rows.xlsx"
    rows = [{"name": "A", "share": 1 / 3, "jobs": 1234567, "strong": True, "none": None}]
    render(rows, None, headings=[Heading("share", "share"), *map(Heading, rows[0])], out=out)
    cells = openpyxl.load_workbook(out)["rows"]
    assert [c.value for c in cells[2]] == [1 / 3, "A", 1 / 3, 1234567, True, None]
    assert cells["A2"].number_format == "0.0%"
    assert cells["A1"].value == "share"


@pytest.mark.parametrize("text", ATTACKS)
def test_a_name_is_no_formula(text: str, tmp_path: Path) -> None:
    rows = [{"name": text, "jobs": -5, "lq": -0.5}]
    out = tmp_path / "rows.xlsx"
    render(rows, None, out=out)
    cell = openpyxl.load_workbook(out)["rows"]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).replace("_x000D_", "\r") == text
    render(rows, None, out=tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(newline="", encoding="utf-8") as stream:
        written = next(iter(csv.DictReader(stream)))
    assert written == {"name": "'" + text.replace("\r", "\n"), "jobs": "-5", "lq": "-0.5"}
    render(rows, None, out=tmp_path / "rows.json")
    assert json.loads((tmp_path / "rows.json").read_text("utf-8")) == rows


def test_figures_of_several_units_stay_apart_in_every_form(run: Run, tmp_path: Path) -> None:
    asked = ["ask", "region-scorecard", "--region", "boston"]
    assert main([*asked, "--out", str(tmp_path / "card.md")]) == 0
    page = (tmp_path / "card.md").read_text("utf-8")
    assert "| name | value | unit |" in page
    strength = next(line for line in page.splitlines() if line.startswith("| Cluster strength"))
    assert strength.split("|")[2].strip().endswith(" %")


def test_names_of_sheets_are_short_and_different(tmp_path: Path) -> None:
    names = ["x" * 40, "x" * 39, "a/b[c]", "History"]
    rows = [{"section": name, "n": 1} for name in names]
    render(rows, Format.xlsx, notes=["said"], out=tmp_path / "rows.xlsx")
    sheets = list(opened(tmp_path / "rows.xlsx"))
    assert len(sheets) == 5
    assert all(len(name) <= 31 for name in sheets)


def test_markdown_is_a_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "anatomy.md"
    run("ask", "anatomy", "drugs", "boston", "--out", str(out))
    page = out.read_text("utf-8")
    shown = run("ask", "anatomy", "drugs", "boston", "--format", "markdown").out
    assert shown == page
    assert page.startswith("# ")
    assert page.count("\n## ") >= 3
    assert "| ---: |" in page
    assert "\n- sources: " in page


def test_markdown_holds_text_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    render(
        [{"name": "a|b <i>*x*</i>", "jobs": 10, "jobs_low": 5, "jobs_high": 12}], Format.markdown
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["| name | jobs |", "| --- | ---: |", r"| a\|b \<i>\*x\*\</i> | 10 (5-12) |"]


@pytest.mark.parametrize(("fmt", "ending"), [(None, "csv"), ("json", "json"), ("csv", "csv")])
def test_a_folder_gets_a_file_for_each_section(
    run: Run, tmp_path: Path, fmt: str | None, ending: str
) -> None:
    out = tmp_path / "answers" / "boston"
    more = ["--format", fmt] if fmt else []
    ran = run("ask", "anatomy", "drugs", "boston", "--out", str(out), *more)
    assert ran.code == 0, ran.err
    rows = run("ask", "anatomy", "drugs", "boston", "--format", "json").json
    sections = {row["section"] for row in rows}
    files = {path.name for path in out.iterdir()}
    names = {f"{name.replace(' ', '_')}.{ending}" for name in sections}
    assert files == names | {"notes.txt", "answer.json"}
    whole = json.loads((out / "answer.json").read_text("utf-8"))
    assert whole["rows"] == rows
    assert Draft202012Validator(answer_schema()).is_valid(whole)
    assert "sources: " in (out / "notes.txt").read_text("utf-8")
    if ending == "json":
        core = json.loads((out / "core.json").read_text("utf-8"))
        assert [r["key"] for r in core] == [r["key"] for r in rows if r["section"] == "core"]


def test_one_section_alone(run: Run) -> None:
    ran = run("ask", "anatomy", "drugs", "boston", "--section", "core", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    whole = run("ask", "anatomy", "drugs", "boston", "--format", "json").json
    assert [r["key"] for r in rows] == [r["key"] for r in whole if r["section"] == "core"]
    assert "section" not in rows[0]
    assert all(any(row[name] for row in rows) for name in rows[0])
    words = ("core company", "core_company", "Core-Company")
    found = {
        run("ask", "anatomy", "drugs", "boston", "--section", w, "-f", "csv").out for w in words
    }
    assert len(found) == 1
    assert "" not in found
    wrong = run("ask", "anatomy", "drugs", "boston", "--section", "nothing")
    assert (wrong.code, wrong.out) == (2, "")
    assert "core" in wrong.err


def test_the_name_and_the_format_may_not_contradict(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    ran = run("ask", "top-regions", "drugs", "--format", "json", "--out", str(out))
    assert ran.code == 2
    assert "contradict" in ran.err
    assert not out.exists()


@pytest.mark.parametrize("words", [["questions"], ["find", "boston"], ["store", "info"]])
def test_the_name_decides_wherever_rows_are_printed(
    words: list[str], run: Run, tmp_path: Path
) -> None:
    for ending in ("csv", "json", "xlsx", "md", "parquet", "txt"):
        out = tmp_path / f"rows.{ending}"
        assert run(*words, "--out", str(out)).out == ""
        assert out.stat().st_size > 0
    json.loads((tmp_path / "rows.json").read_text("utf-8"))
    assert len(opened(tmp_path / "rows.xlsx")["rows"]) > 1


def test_a_workbook_never_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(InputError, match="binary"):
        render([{"a": 1}], Format.xlsx)


def test_a_file_that_fails_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "rows.csv"
    out.write_text("old", "utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", full)
    with pytest.raises(InputError, match="No space left"):
        render([{"a": 1}], None, out=out)
    assert out.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_help_says_which_forms_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    main(["measure", "--help"])
    shown = capsys.readouterr().out
    assert ".xlsx" in shown
    assert "markdown" in shown
