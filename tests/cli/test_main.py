"""Exit codes, one-line errors, and a light start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from clusteratlas import __version__, errors
from clusteratlas.cli import main as border
from clusteratlas.cli.main import COMMANDS, main

COMMAND = [sys.executable, "-m", "clusteratlas.cli.main"]


def failing(error: BaseException) -> Callable[..., None]:
    def command() -> None:
        raise error

    return command


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], int]:
    """Run a command line whose command raises this error."""

    def run(error: BaseException) -> int:
        from clusteratlas.cli.commands import build

        monkeypatch.setitem(COMMANDS, "build", "build:failing")
        monkeypatch.setattr(build, "failing", failing(error), raising=False)
        return main(["build"])

    return run


def family(cls: type[errors.ClusterAtlasError]) -> list[type[errors.ClusterAtlasError]]:
    return [cls, *(c for child in cls.__subclasses__() for c in family(child))]


EXPECTED = [
    (errors.ClusterAtlasError("it broke", hint="mend it"), 1),
    (errors.InputError("it broke", hint="mend it"), 2),
    (errors.JobsLost("it broke"), 2),
    (errors.UnknownName("region", "bosten", ["boston"]), 2),
    (errors.AmbiguousName("region", "portland", ["cbsa:38900 Portland, OR", "cbsa:38860"]), 2),
    (errors.Contradiction("06", "522", 2.0, 1.0), 7),
    (errors.StoreError("it broke"), 3),
    (errors.StoreUnavailable("it broke", hint="start it"), 4),
    (errors.QueryRefused("cypher", "line 1, column 3"), 3),
    (errors.SourceError("it broke"), 5),
    (errors.SourceMissing("it broke"), 5),
    (errors.SourceDrift("cbp", "cbp19.txt", ["emp"], ["jobs"]), 5),
    (errors.EditionError("it broke"), 6),
    (errors.AnalysisError("it broke"), 7),
    (errors.ServerError("it broke"), 8),
    (errors.MissingExtra("the local server", "server"), 9),
]


def test_every_error_has_its_exit_code_below() -> None:
    # A room may have finer ones of its own, which have the code of the one that they are.
    public = {e for e in family(errors.ClusterAtlasError) if e.__module__ == errors.__name__}
    assert {type(e) for e, _ in EXPECTED} == public


@pytest.mark.parametrize(("error", "code"), EXPECTED, ids=lambda v: type(v).__name__)
def test_an_expected_error_is_one_line_and_its_exit_code(
    error: errors.ClusterAtlasError,
    code: int,
    raising: Callable[[BaseException], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert raising(error) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert lines[0] == f"error: {error.message}"
    assert lines[1:] == ([f"hint: {error.hint}"] if error.hint else [])


def test_an_unexpected_error_keeps_its_traceback(raising: Callable[[BaseException], int]) -> None:
    with pytest.raises(ZeroDivisionError):
        raising(ZeroDivisionError())


def test_interruption_is_one_line(
    raising: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert raising(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "error: interrupted\n"


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--bogus"], "No such option: --bogus"),
        (["bogus"], "No such command 'bogus'"),
        (["build", "--out", "x"], "Missing option '--data'"),
        (["cypher", "RETURN 1", "--limit", "0"], "--limit"),
        (["cypher", "RETURN 1", "--format", "xml"], "--format"),
    ],
)
def test_a_wrong_command_line_is_2_and_says_where_to_look(
    argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    error, hint = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ")
    assert message in error
    assert "--help" in hint


def test_a_missing_edition_is_6(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "show", "no-such-edition"]) == 6
    assert "no-such-edition" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"clusteratlas {__version__}\n"


def test_no_command_gives_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in COMMANDS)


def test_every_command_has_a_line_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    for name in COMMANDS:
        (line,) = [words for words in lines if words[:1] == [name]]
        assert len(line) > 3, name


def test_a_reader_that_stops_early_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "cypher", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


HEAVY = (
    "pandas",
    "numpy",
    "ladybug",
    "neo4j",
    "rich.table",
    "vl_convert",
    "sklearn",
    "pyarrow",
    "pydantic",
)


@pytest.mark.parametrize(
    "argv", [["--help"], ["ask", "--help"], ["ask", "anatomy", "--help"], ["edition", "--help"]]
)
def test_help_imports_nothing_heavy(argv: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *COMMAND[1:], *argv],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "clusteratlas.errors" in imported
    heavy = sorted(m for m in imported if m.startswith(HEAVY))
    assert heavy == []


def test_help_reads_neither_questions_nor_the_model() -> None:
    """They are most of the start; how long it takes is measured in `benchmarks`."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *COMMAND[1:], "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    ours = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "clusteratlas.cli.output.rows" in ours
    waits = ("clusteratlas.queries.questions", "clusteratlas.vocabulary", "clusteratlas.editions")
    assert sorted(m for m in ours if m.startswith((*waits, "clusteratlas.queries.atlas"))) == []


def test_the_script_is_the_same_entry_point() -> None:
    from importlib.metadata import entry_points

    (script,) = entry_points(group="console_scripts", name="clusteratlas")
    loaded: Any = script.load()
    assert loaded is border.run
