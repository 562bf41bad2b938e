"""What a row looks like in each format."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.cli.output.rows import Format, Heading, render
from clusteratlas.errors import InputError


@dataclass(frozen=True)
class Row:
    name: str
    year: int = field(metadata={"unit": "year"})
    jobs: int | None = field(metadata={"unit": "jobs"})
    share: float | None = field(metadata={"unit": "share"})
    strong: bool = True


ROWS = [
    Row("Boston, MA [metro]", 2019, 1234567, 0.1234, True),
    Row("Fargo", 2019, None, float("nan"), False),
]


def text(capsys: pytest.CaptureFixture[str], *args: Any, **more: Any) -> str:
    render(*args, **more)
    return capsys.readouterr().out


def test_table_reads_like_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    lines = text(capsys, ROWS, Format.table, title="Regions").splitlines()
    assert lines[0] == "Regions"
    assert "share (%)" in lines[1]
    assert "jobs" in lines[1]
    assert "(jobs)" not in lines[1]  # the name says the unit already
    boston = next(line for line in lines if "Boston" in line)
    assert "Boston, MA [metro]" in boston  # no markup is read into names
    assert "1,234,567" in boston
    assert "2019" in boston
    assert "12.3" in boston
    assert "yes" in boston
    assert all(line == line.rstrip() for line in lines)


def test_figures_of_several_units_are_written_each_in_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A growth of -0.76 % beside 348,875 jobs was written as -0, and a share of 58.8 % as 1."""

    @dataclass(frozen=True)
    class Indicator:
        name: str
        value: float | None = field(metadata={"unit": "as unit says"})
        unit: str

    rows = [
        Indicator("Jobs", 348875.0, "jobs"),
        Indicator("Growth", -0.0076, "share"),
        Indicator("Strength", 0.588, "share"),
        Indicator("A head", 6.0112, "USD"),
        Indicator("Clusters", 12.0, "clusters"),
        Indicator("Unknown", None, "USD"),
    ]
    _, head, _, *body = text(capsys, rows, Format.table, title="Indicators").splitlines()
    assert head.split() == ["name", "value", "unit"]
    values = [re.split(r" {2,}", line)[1] for line in body]
    assert values == ["348,875", "-0.76 %", "58.8 %", "6.01", "12", "USD"]


def test_numbers_are_right_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    lines = text(capsys, [{"n": 1}, {"n": 1000}], Format.table).splitlines()
    assert lines[-1].endswith("1,000")
    assert lines[-2] == "    1"


def test_nothing_is_cut_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    key = "us-2017/algorithm:" + "x" * 300
    assert key in text(capsys, [{"key": key, "note": "y" * 300}], Format.table)


def test_sections_get_a_table_each_without_their_empty_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [
        {"section": "core", "name": "Drugs", "lq": 1.5, "usd": None},
        {"section": "core", "name": "Tests", "lq": 0.5, "usd": None},
        {"section": "supplying_industries", "name": "Glass", "lq": None, "usd": 12.0},
    ]
    core, supplying = text(capsys, rows, Format.table).split("supplying industries")
    assert "lq" in core
    assert "usd" not in core
    assert "usd" in supplying
    assert "lq" not in supplying


def test_one_wide_row_is_listed_downwards(capsys: pytest.CaptureFixture[str]) -> None:
    row = {f"column_{i}": i * 1000 for i in range(8)}
    lines = text(capsys, [row], Format.table).splitlines()
    assert lines[3].split() == ["column", "3", "3,000"]


RANGES: list[dict[str, Any]] = [
    {"name": "Boston", "jobs": 22359, "jobs_low": 21900, "jobs_high": 22359, "lq": 1.5},
    {"name": "Fargo", "jobs": 0, "jobs_low": 0, "jobs_high": 12, "lq": 0.0},
    {"name": "Bangor", "jobs": 0, "jobs_low": 0, "jobs_high": 0, "lq": None},
    {"name": "Provo", "jobs": 950, "jobs_low": 950, "jobs_high": 950, "lq": 1.0},
    {"name": "Nome", "jobs": None, "jobs_low": None, "jobs_high": None, "lq": 1.0},
]


def test_a_figure_and_its_bounds_are_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    lines = text(capsys, RANGES, Format.table).splitlines()
    assert lines[0].split() == ["name", "jobs", "lq"]
    assert [line[9:32].rstrip() for line in lines[-5:]] == [
        "22,359 (21,900-22,359)",
        "  0-12",
        "     0",
        "   950",
        "",
    ]


def test_only_a_known_zero_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    table = text(capsys, RANGES[1:3], Format.table).splitlines()
    assert [line.split()[1] for line in table[-2:]] == ["0-12", "0"]
    wide = {**RANGES[1], **{f"column_{i}": i for i in range(8)}}
    listed = text(capsys, [wide], Format.table).splitlines()
    assert listed[1].split() == ["jobs", "0-12"]
    assert not any("low" in line for line in listed)


def test_bounds_of_shares_have_the_decimals_of_their_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ("share_a", "share_low_a", "share_high_a")
    headings = [Heading(name, "share") for name in names]
    rows = [dict(zip(names, (0.1, 0.05, 0.12345), strict=True))]
    table = text(capsys, rows, Format.table, headings=headings).splitlines()
    assert table[0].strip() == "share a (%)"
    assert table[-1].strip() == "10.0 (5.0-12.3)"


def test_other_formats_keep_figures_and_bounds_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(text(capsys, RANGES, Format.json)) == RANGES
    first = next(csv.DictReader(io.StringIO(text(capsys, RANGES, Format.csv))))
    assert (first["jobs"], first["jobs_low"], first["jobs_high"]) == ("22359", "21900", "22359")


def test_words_that_look_like_bounds_are_columns(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"tide": 1, "tide_low": "at noon", "tide_high": "at six"}
    lines = text(capsys, [row], Format.table).splitlines()
    assert lines[-1].split() == ["1", "at", "noon", "at", "six"]


def test_no_rows_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "(no rows)" in text(capsys, [], Format.table, headings=[Heading("a")])
    assert json.loads(text(capsys, [], Format.json, headings=[Heading("a")])) == []
    assert text(capsys, [], Format.csv, headings=[Heading("a"), Heading("b")]) == "a,b\n"


def test_json_holds_the_values_and_null_for_nan(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = json.loads(text(capsys, ROWS, Format.json, title="not in here"))
    assert first == {
        "name": "Boston, MA [metro]",
        "year": 2019,
        "jobs": 1234567,
        "share": 0.1234,
        "strong": True,
    }
    assert second["share"] is None
    assert second["jobs"] is None


def test_csv_holds_the_values(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(text(capsys, ROWS, Format.csv))))
    assert rows[0]["jobs"] == "1234567"
    assert rows[0]["strong"] == "true"
    assert rows[1]["share"] == ""


def test_notes_stay_out_of_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    render(ROWS, Format.json, notes=("2 of 933 regions",))
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == 2
    assert captured.err == "2 of 933 regions\n"


def test_parquet_keeps_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "rows.parquet"
    assert text(capsys, ROWS, Format.parquet, out=target) == ""
    first, second = pq.read_table(target).to_pylist()
    assert first["jobs"] == 1234567
    assert first["strong"] is True
    assert second == {"name": "Fargo", "year": 2019, "jobs": None, "share": None, "strong": False}


def test_parquet_never_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(InputError, match="binary") as caught:
        render(ROWS, Format.parquet)
    assert "--out" in str(caught.value.hint)


@pytest.mark.parametrize("fmt", list(Format))
def test_every_format_goes_to_a_file(
    fmt: Format, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert text(capsys, ROWS, fmt, out=tmp_path / "rows") == ""
    assert (tmp_path / "rows").stat().st_size > 0


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        render(ROWS, Format.csv, out=tmp_path / "missing" / "rows.csv")


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text())
)


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "lq"]), VALUES), max_size=4))
def test_any_values_can_be_rendered(rows: list[dict[str, Any]]) -> None:
    from contextlib import redirect_stdout

    for fmt in (Format.table, Format.json, Format.csv):
        page = io.StringIO()
        with redirect_stdout(page):
            render(rows, fmt)
        if fmt is Format.json:
            assert len(json.loads(page.getvalue())) == len(rows)


def terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))


def test_a_narrow_terminal_leaves_out_the_last_columns_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal(monkeypatch, 40)
    render([{"key": "cbsa:14460", "jobs": 1000, "a": "x" * 17, "note": "y" * 90}], Format.table)
    captured = capsys.readouterr()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", captured.out)
    assert all(len(line) <= 40 for line in plain.splitlines())
    assert "cbsa:14460" in captured.out
    assert captured.err == "no room for note: --format csv has every column\n"


def test_a_wide_terminal_shows_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal(monkeypatch, 120)
    render(ROWS, Format.table)
    captured = capsys.readouterr()
    assert "strong" in captured.out
    assert captured.err == ""


def _ran(encoding: str, code: str) -> tuple[int, str, str]:
    """Run a program whose output is no terminal, as on a machine of that encoding."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


ODD = """
import sys
from pathlib import Path
from clusteratlas.cli import main
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import Format, render
import typer
rows = [{"name": "Łódź Ωmega \\udcff", "jobs": -5, "share": None}, {"name": "B", "jobs": 1200}]
def command(fmt: Format = Format.table, out: Path = None, bad: bool = False):
    if bad:
        from clusteratlas.errors import InputError
        raise InputError("no Ωmega", hint="say ≥ 1")
    render(rows, fmt, title="Title ≥ 1", notes=["note of Ωmega"], out=out)
    say("after → it")
main.app = typer.Typer(pretty_exceptions_enable=False)
main.app.command()(command)
sys.exit(main.main(sys.argv[1:] or ARGUMENTS))
"""


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "cp437", "utf-8"])
@pytest.mark.parametrize("fmt", ["table", "csv", "json"])
def test_output_is_written_as_far_as_its_encoding_goes(encoding: str, fmt: str) -> None:
    code, out, err = _ran(encoding, ODD.replace("ARGUMENTS", f"['--fmt', {fmt!r}]"))
    assert (code, "Traceback" in err) == (0, False)
    assert "mega" in out
    assert out.splitlines()[-1].startswith("after ")
    assert "note of" in err
    if fmt == "table":
        rules = encoding in {"utf-8", "cp437"}
        assert ("\u2500" * 3 in out, "---" in out) == (rules, not rules)
        assert "-5" in out
    if fmt == "json":
        rows = json.loads(out[: out.rindex("]") + 1])
        assert rows[0]["name"].startswith("Łódź Ωmega")


def test_an_error_is_told_in_any_encoding() -> None:
    code, _, err = _ran("ascii", ODD.replace("ARGUMENTS", "['--bad']"))
    assert code == InputError.exit_code
    lines = err.splitlines()
    assert [line.split()[0] for line in lines] == ["error:", "hint:"]
    assert lines[0].endswith("mega")


@pytest.mark.parametrize("fmt", ["table", "csv", "json"])
def test_a_file_is_utf_8_always(tmp_path: Path, fmt: str) -> None:
    out = tmp_path / "rows"
    arguments = f"['--fmt', {fmt!r}, '--out', {str(out)!r}]"
    code, _, err = _ran("cp1252", ODD.replace("ARGUMENTS", arguments))
    assert code == 0, err
    assert "Łódź Ωmega" in out.read_text("utf-8")


def test_commands_print_tables_in_a_narrow_encoding() -> None:
    program = "import sys; from clusteratlas.cli.main import main; sys.exit(main(['questions']))"
    code, out, err = _ran("cp1252", program)
    assert (code, "Traceback" in err) == (0, False)
    assert "---" in out
