"""Reference pages made from the registries, so that they cannot drift.

``python -m clusteratlas.cli.reference --write docs/reference`` writes them; without ``--write`` the
command says which pages differ from those in the folder and exits with 1 if any does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusteratlas.cli.output.lines import say
from clusteratlas.errors import ClusterAtlasError

if TYPE_CHECKING:
    from clusteratlas.queries.language.question import Param, Question

Page = Callable[[], str]

_MADE = "<!-- made by `python -m clusteratlas.cli.reference`; do not edit -->\n"
_WIDTH = 88

SCHEMA, ANSWERS = "edition.schema.json", "answers.schema.json"
"""Tables and graph, and answers, for programs; the other pages are for readers."""


def pages() -> dict[str, str]:
    """Text of every reference page, by file name."""
    from clusteratlas.cli.edition_page import edition_page

    made: dict[str, Page] = {
        "commands.md": commands_page,
        "questions.md": questions_page,
        "model.md": model_page,
        "tables.md": tables_page,
        "sources.md": sources_page,
        "errors.md": errors_page,
        "edition.md": edition_page,
    }
    texts = {name: f"{_MADE}\n{page().strip()}\n" for name, page in made.items()}
    return {**texts, SCHEMA: schema_text(), ANSWERS: answers_text()}


def commands_page() -> str:
    """Give the help text of every command, as the command itself prints it."""
    parts = ["# Commands", "Each command's own `--help`."]
    for path, text in command_helps():
        parts.append(f"## {path}\n\n```text\n{text}\n```")
    return "\n\n".join(parts)


def command_helps() -> Iterable[tuple[str, str]]:
    """Path and help text of every command, groups first; the questions have a page of their own."""
    from clusteratlas.cli.main import app

    yield from _helps(typer.main.get_group(app), "clusteratlas", None)


def _helps(command: Any, name: str, parent: Any) -> Iterable[tuple[str, str]]:
    context = typer.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )
    yield context.command_path, _untrail(command.get_help(context))
    if context.command_path == "clusteratlas ask" or not hasattr(command, "list_commands"):
        return
    for child in command.list_commands(context):
        yield from _helps(command.get_command(context, child), child, context)


def _untrail(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def questions_page() -> str:
    """Every question: words, parameters, columns with units, examples."""
    import dataclasses

    from clusteratlas.queries.atlas.registry import QUESTIONS
    from clusteratlas.queries.language.commands import command_line

    parts = [
        "# Questions",
        "Each is a command, `clusteratlas ask QUESTION`, and a call, "
        '`open_atlas().ask("QUESTION", ...)`. Names are matched forgivingly; codes and keys work '
        "too.",
        _table(
            ("question", "in words"), [(f"[{q.id}](#{q.id})", q.words) for q in QUESTIONS.values()]
        ),
    ]
    for q in QUESTIONS.values():
        examples = "\n".join(command_line(q, e) for e in q.examples)
        parts += [
            f"## {q.id}",
            q.words,
            *(
                f"Also asked as {' or '.join(f'`{a.id}`' for a in q.aliases)}."
                for _ in q.aliases[:1]
            ),
            f"```console\n{examples}\n```",
            _table(
                ("parameter", "kind", "needed", "meaning"),
                [
                    (
                        f"`{name}`",
                        _kind_words(p),
                        _needed(q, name),
                        p.help,
                    )
                    for name, p in q.params.items()
                ],
            ),
            _table(
                ("column", "unit", "meaning"),
                [
                    (f"`{f.name}`", f.metadata.get("unit") or "", f.metadata["note"])
                    for f in dataclasses.fields(q.row)
                ],
            ),
            f"Counts {q.counted}. Picture: {q.picture.kind}.",
        ]
    return "\n\n".join(parts)


def _kind_words(param: Param) -> str:
    """Say what values a parameter takes."""
    words = " or ".join(param.choices) if param.choices else param.kind
    return f"{words}, {param.many[0]} to {param.many[1]} times" if param.many else words


def _needed(question: Question, name: str) -> str:
    """Say whether a parameter has to be given."""
    param = question.params[name]
    if name in question.one_of:
        return " or ".join(["this", *(other for other in question.one_of if other != name)])
    if param.required:
        return "yes"
    return f"no: {param.default}" if param.default else "no"


def model_page() -> str:
    """Every label, relationship type and property of the graph."""
    from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS, Node, Relationship

    things: dict[str, Node | Relationship] = {**NODES, **RELATIONSHIPS}
    head = ("property", "type", "unit", "meaning")
    parts = [
        "# Graph model",
        "The same on Neo4j and on the embedded engine. Every node has a unique `key`; every node "
        "and relationship carries the stamps.",
        _table(
            ("label", "meaning", "key, for example"),
            [
                (f"[{n.label}](#{n.label.lower()})", n.note, f"`{n.example}`")
                for n in NODES.values()
            ],
        ),
        _table(
            ("relationship", "between", "meaning"),
            [
                (
                    f"[{r.type}](#{r.type.lower()})",
                    ", ".join(f"{a} → {b}" for a, b in r.ends),
                    r.note,
                )
                for r in RELATIONSHIPS.values()
            ],
        ),
        "## Stamps",
        _table(head, [(f"`{p.name}`", p.type, p.unit or "", p.note) for p in (KEY, *STAMPS)]),
    ]
    for name, thing in things.items():
        parts += [f"## {name}", f"{thing.note} Tables: {_codes(thing.tables)}."]
        if thing.properties:
            rows = [(f"`{p.name}`", p.type, p.unit or "", p.note) for p in thing.properties]
            parts.append(_table(head, rows))
    return "\n\n".join(parts)


def tables_page() -> str:
    """Every table of an edition."""
    from clusteratlas.vocabulary.tables import TABLES

    parts = [
        "# Tables of an edition",
        "Each is one Parquet file, sorted by its key. `clusteratlas edition export --table NAME` "
        f"writes one for other programs. [{SCHEMA}]({SCHEMA}) has all of this page as JSON Schema, "
        "with closed lists, bounds and references.",
    ]
    for t in TABLES.values():
        rows = [
            (f"`{f.name}`", f.type, f.unit or "", "yes" if f.nullable else "", f.note)
            for f in t.columns
        ]
        parts += [
            f"## {t.name}",
            f"{t.note} Key: {_codes(t.key)}.",
            _table(("column", "type", "unit", "may be null", "meaning"), rows),
        ]
    return "\n\n".join(parts)


def schema_text() -> str:
    """Every table, label and relationship type as JSON Schema."""
    import json

    from clusteratlas.vocabulary.json_schema import edition_schema

    return json.dumps(edition_schema(), indent=1, ensure_ascii=False) + "\n"


def answers_text() -> str:
    """Answers to every question as JSON Schema."""
    import json

    from clusteratlas.queries.answer_schema import answer_schema

    return json.dumps(answer_schema(), indent=1, ensure_ascii=False) + "\n"


def sources_page() -> str:
    """Every public source, with licence, vintages and columns."""
    from clusteratlas.loaders.source.declaration import all_sources
    from clusteratlas.loaders.source.vintages import spans

    sources = all_sources()
    parts = [
        "# Sources",
        "Public files that an edition is computed from. `clusteratlas sources fetch ID` gets one, "
        "`clusteratlas sources check --data DIR` checks a folder of them.",
        _table(
            ("source", "publisher", "licence", "vintages"),
            [
                (
                    f"[{s.id}](#{s.id})",
                    s.publisher,
                    s.licence,
                    spans(s.vintages, goes_on=s.goes_on),
                )
                for s in sources.values()
            ],
        ),
    ]
    for s in sources.values():
        facts = [f"**{s.title}**, {s.publisher}. {s.licence}. <{s.homepage}>"]
        if s.note:
            facts.append(s.note)
        facts.append(f"File name: `{s.pattern}`. Key: {_codes(s.key)}.")
        rows = [(f"`{c.name}`", c.dtype, c.unit or "", c.note) for c in s.columns]
        parts += [f"## {s.id}", *facts, _table(("column", "type", "unit", "meaning"), rows)]
    return "\n\n".join(parts)


def errors_page() -> str:
    """Every error and exit code."""
    rows = [
        (f"`{cls.__name__}`", str(cls.exit_code), _first_line(cls), _parent(cls))
        for cls in _family(ClusterAtlasError)
    ]
    return "\n\n".join(
        [
            "# Errors and exit codes",
            "An expected error is one `error:` line on standard error, mostly with a `hint:` line "
            "that says what to do. A traceback is a bug: please report it.",
            _table(("error", "exit code", "meaning", "kind of"), rows),
            _table(
                ("exit code", "otherwise"),
                [("0", "done"), ("2", "the command line was wrong"), ("130", "Ctrl-C")],
            ),
        ]
    )


def _family(cls: type[ClusterAtlasError]) -> Iterable[type[ClusterAtlasError]]:
    yield cls
    for child in cls.__subclasses__():
        if child.__module__ == cls.__module__:
            yield from _family(child)


def _parent(cls: type[ClusterAtlasError]) -> str:
    return "" if cls is ClusterAtlasError else f"`{cls.__bases__[0].__name__}`"


def _first_line(thing: Any) -> str:
    return str(thing.__doc__).strip().splitlines()[0]


def _codes(names: Sequence[str]) -> str:
    return ", ".join(f"`{n}`" for n in names)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(_escaped(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _escaped(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")


def drift(folder: Path) -> list[str]:
    """Names of the pages that differ from those in a folder."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def reference(
    folder: Annotated[Path, typer.Argument(help="Folder of the pages.")] = Path("docs/reference"),
    write: Annotated[bool, typer.Option("--write", help="Write the pages.")] = False,
) -> None:
    """Write the reference pages, or say which of them are out of date."""
    if write:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (folder / name).write_text(text, "utf-8")
        return
    stale = drift(folder)
    for name in stale:
        say(f"{folder / name} is out of date: run with --write", err=True)
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    typer.run(reference)
