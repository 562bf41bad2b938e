"""Documentation cannot drift: pages from registries, commands that parse, a README that runs."""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from clusteratlas.cli import reference
from clusteratlas.cli.commands.demo import NEXT
from clusteratlas.cli.edition_page import names_section
from clusteratlas.cli.main import app, main
from clusteratlas.editions.store.edition import Edition
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS, Node, Relationship
from clusteratlas.vocabulary.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", *DOCS]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[str]:
    return [text for kind, text in FENCE.findall(path.read_text("utf-8")) if kind == language]


def commands(path: Path) -> Iterator[list[str]]:
    """Every `clusteratlas` command line that a page shows."""
    for block in blocks(path, "console"):
        for line in block.splitlines():
            line = line.removeprefix("$ ")
            if line.startswith("clusteratlas "):
                yield shlex.split(line)[1:]


def test_the_edition_page_lists_what_people_call_clusters(tiny: Edition) -> None:
    _, reading, table = names_section(tiny)
    assert "asks which one is meant" in reading
    assert table.splitlines()[2:] == [
        "| Boats | Yachts, boa |",
        "| Boats *or* Drugs | cargo |",
        "| Boats *or* Local Retail Trade | supply |",
        "| Coastal Industries | seaside |",
        "| Drugs | pills |",
        "| Local Retail Trade | dr, groceries |",
        "| Science | labs |",
        "| Science *or* Boats | molecules |",
    ]


def test_reference_pages_are_up_to_date() -> None:
    stale = reference.drift(ROOT / "docs" / "reference")
    assert stale == [], "run: python -m clusteratlas.cli.reference --write"


def test_no_reference_page_is_left_over() -> None:
    there = {p.name for p in (ROOT / "docs" / "reference").iterdir()}
    assert there == set(reference.pages())


def test_drift_is_seen(tmp_path: Path) -> None:
    for page, text in reference.pages().items():
        (tmp_path / page).write_text(text, "utf-8")
    assert reference.drift(tmp_path) == []
    (tmp_path / "errors.md").write_text("old", "utf-8")
    (tmp_path / "model.md").unlink()
    assert reference.drift(tmp_path) == ["model.md", "errors.md"]


def parses(command: Any, words: list[str], parent: Any = None) -> None:
    """Parse a command line as the program would, without running anything."""
    context = command.make_context("clusteratlas", list(words), parent=parent)
    rest = [*context._protected_args, *context.args]
    if rest and hasattr(command, "list_commands"):
        child_name, child, after = command.resolve_command(context, rest)
        assert child_name
        parses(child, after, context)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_command_shown_would_be_understood(path: Path) -> None:
    root = typer.main.get_group(app)
    for words in commands(path):
        parses(root, words)
        if words[0] == "ask" and len(words) > 1:
            question = QUESTIONS[words[1]]
            given = {w[2:].replace("-", "_") for w in words if w.startswith("--")}
            assert {n for n, p in question.params.items() if p.required} <= given, words


def test_the_demo_ends_with_commands_that_would_be_understood() -> None:
    root = typer.main.get_group(app)
    shown = [line for line in NEXT.splitlines() if line.startswith("  clusteratlas")]
    assert len(shown) >= 4
    for line in shown:
        command, _, _ = line.strip().partition("  ")
        parses(root, shlex.split(command)[1:])


def test_the_parser_of_this_test_refuses_what_the_program_refuses() -> None:
    root = typer.main.get_group(app)
    for words in (["ask", "region", "--regoin", "x"], ["load", "--stroe", "x"], ["frobnicate"]):
        with pytest.raises(typer.TyperException):
            parses(root, words)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    for target in LINK.findall(text):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        page = (path.parent / file).resolve() if file else path
        assert page.is_file(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
            assert anchor in {h.lower().replace(" ", "-") for h in heads}, target


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    linked = {(ROOT / "docs" / t).resolve() for t in LINK.findall(index)}
    assert {p.resolve() for p in DOCS} - linked == {(ROOT / "docs" / "index.md").resolve()}


def test_the_site_builds_and_fetches_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > len(DOCS)
    remote = re.compile(r'<(?:script|img)[^>]*\ssrc="https?:|<link[^>]*"stylesheet"[^>]*"https?:')
    assert [p.name for p in pages if remote.search(p.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", [*PAGES, ROOT / "CHANGELOG.md"], ids=name)
def test_python_shown_compiles(path: Path) -> None:
    for block in blocks(path, "python"):
        compile(block, str(path), "exec")


# Everything that is declared explains itself


def explained(text: object) -> bool:
    return isinstance(text, str) and len(text.split()) >= 2 and "TODO" not in text


def test_every_command_and_option_has_help() -> None:
    def walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
        yield path, command
        if hasattr(command, "list_commands"):
            context = typer.Context(command, info_name=path)
            for child in command.list_commands(context):
                yield from walk(command.get_command(context, child), f"{path} {child}")

    seen = 0
    for path, command in walk(typer.main.get_group(app), "clusteratlas"):
        assert explained(command.help), path
        for param in command.params:
            assert explained(param.help), f"{path}: {param.name}"
            seen += 1
    assert seen > 100


def test_every_source_is_documented() -> None:
    assert all_sources()
    for source in all_sources().values():
        for text in (source.title, source.publisher, source.licence):
            assert text, source.id
        assert source.homepage.startswith("https://"), source.id
        for column in source.columns:
            assert column.note, f"{source.id}.{column.name}"


def test_every_table_and_column_is_documented() -> None:
    for table in TABLES.values():
        assert explained(table.note), table.name
        for field in table.columns:
            assert field.note, f"{table.name}.{field.name}"


def test_every_label_type_and_property_is_documented() -> None:
    things: dict[str, Node | Relationship] = {**NODES, **RELATIONSHIPS}
    for thing, about in things.items():
        assert explained(about.note), thing
        for p in about.properties:
            assert p.note, f"{thing}.{p.name}"


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda q: q.id)
def test_every_question_is_documented(question: Any) -> None:
    assert question.words.endswith("?")
    assert question.examples
    for param, about in question.params.items():
        assert explained(about.help), param
    for column in dataclasses.fields(question.row):
        assert column.metadata.get("note"), column.name


def test_every_error_says_when_it_is_raised() -> None:
    page = reference.errors_page()
    assert "`SourceDrift`" in page
    assert "| None" not in page


# The README runs


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_the_first_session_runs(
    page: str,
    shipped_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLUSTERATLAS_STORE", str(shipped_store))
    monkeypatch.chdir(tmp_path)  # pictures are written into the working folder
    session = [words for words in commands(ROOT / page) if words[0] != "demo"]
    assert len(session) >= 6
    for words in session:
        assert main(words) == 0, words
        captured = capsys.readouterr()
        assert (captured.out + captured.err).strip(), words
        assert "(no rows)" not in captured.out, words
        assert "error:" not in captured.err, words


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_guide_to_regions_and_clusters_of_ones_own_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = ROOT / "docs" / "guides" / "own-regions.md"
    monkeypatch.delenv("CLUSTERATLAS_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    files = dict(zip(("counties.csv", "clusters.csv"), blocks(page, "csv"), strict=True))
    for file, text in files.items():
        (tmp_path / file).write_text(text, "utf-8")
    session = [words for words in commands(page) if "neo4j://localhost" not in words]
    assert len(session) >= 10
    for words in session:
        # All with both files, so that one store is made and not two.
        more = ["--cluster-file", "clusters.csv"] if "--region-file" in words else []
        assert main([*words, *(more if "--cluster-file" not in words else [])]) == 0, words
        captured = capsys.readouterr()
        assert (captured.out + captured.err).strip(), words
        sound = words[:2] == ["edition", "verify"]  # no rows are no problems
        assert sound or "(no rows)" not in captured.out, words
        assert "error:" not in captured.err, words
    (block,) = blocks(page, "python")
    done = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    # Some 24,000 jobs in vehicles, their parts, tires and batteries.
    assert 20_000 < int(done.stdout) < 28_000


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_the_python_shown_first_runs(page: str, shipped_store: Path) -> None:
    (block,) = blocks(ROOT / page, "python")
    done = subprocess.run(
        [sys.executable, "-c", block],
        env={**os.environ, "CLUSTERATLAS_STORE": str(shipped_store)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "jobs" in done.stdout
