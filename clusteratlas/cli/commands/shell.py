"""``clusteratlas shell``: statements one after another, with history and completion."""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusteratlas.cli.options import (
    ClusterFileOption,
    RankAmongOption,
    RankedAmong,
    RegionFileOption,
    StoreOption,
    opened,
)
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import Format, FormatOption, Heading, render
from clusteratlas.errors import ClusterAtlasError, InputError
from clusteratlas.queries.forms.formats import BINARY

if TYPE_CHECKING:
    from clusteratlas.queries.atlas.library import Atlas

HELP = """\
Type Cypher; a semicolon ends a statement, which may run over several lines.
  :schema [NAME]   labels and relationship types, or the properties of one
  :limit [N]       show or set the largest number of rows
  :format [F]      show or set the format: table, json, csv
  :help            this text
  :quit            leave (so does Ctrl-D)"""

_KEYWORDS = (
    "MATCH OPTIONAL WHERE RETURN DISTINCT ORDER BY ASC DESC SKIP LIMIT WITH UNWIND AS AND OR NOT "
    "IN IS NULL STARTS ENDS CONTAINS EXISTS COUNT CASE WHEN THEN ELSE END UNION ALL "
    "count collect sum avg min max coalesce toLower toUpper size"
)
KEYWORDS = tuple(_KEYWORDS.split())


def shell(
    store: StoreOption = None,
    write: Annotated[
        bool, typer.Option("--write", help="Let statements change the graph.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Give at most so many rows.")] = 100,
    timeout: Annotated[
        float, typer.Option(min=0.001, help="Give up on a statement after so many seconds.")
    ] = 60.0,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    fmt: FormatOption = None,
) -> None:
    """Type Cypher interactively, or pipe statements in.

    From a pipe the first error ends the run with its exit code.
    """
    with opened(store, region_file, rank_among, cluster_file, read_only=not write) as atlas:
        session = Session(atlas, write=write, limit=limit, timeout=timeout, fmt=fmt or Format.table)
        if sys.stdin.isatty():
            where = f"{atlas.store.engine} at {atlas.store.url}"
            say(f"{where}; :help says what can be typed", err=True)
            session.converse()
        else:
            session.run(sys.stdin)


class Session:
    """What a shell remembers between lines: the unfinished statement and the settings."""

    def __init__(
        self, atlas: Atlas, *, write: bool, limit: int, timeout: float, fmt: Format
    ) -> None:
        self._atlas = atlas
        self._write = write
        self._limit = limit
        self._timeout = timeout
        self._format = fmt
        self._pending: list[str] = []
        self.done = False

    @property
    def unfinished(self) -> bool:
        """Whether a statement waits for its semicolon."""
        return bool(self._pending)

    def forget(self) -> None:
        """Drop the unfinished statement."""
        self._pending.clear()

    def run(self, lines: Any) -> None:
        """Take every line; a last statement needs no semicolon."""
        for line in lines:
            self.take(line)
            if self.done:
                return
        if self.unfinished:
            self.take(";")

    def converse(self) -> None:
        """Talk with a person at a terminal: an error is told, and the talk goes on."""
        with closing(_lines(self)) as lines:
            for line in lines:
                try:
                    self.take(line)
                except ClusterAtlasError as exc:
                    say(f"error: {exc.message}", err=True)
                    if exc.hint:
                        say(f"hint: {exc.hint}", err=True)
                if self.done:
                    return

    def take(self, line: str) -> None:
        """Take one line: a command, or a part of a statement."""
        line = line.rstrip()
        if not self.unfinished and not line.strip():
            return
        if not self.unfinished and line.lstrip().startswith(":"):
            self._command(line.strip().rstrip(";"))
            return
        self._pending.append(line)
        if line.endswith(";"):
            statement = "\n".join(self._pending).strip().rstrip(";").strip()
            self._pending.clear()
            if statement:
                self._execute(statement)

    def _execute(self, statement: str) -> None:
        found = self._atlas.cypher(
            statement, write=self._write, limit=self._limit, timeout=self._timeout
        )
        count = f"{len(found.rows)} row{'' if len(found.rows) == 1 else 's'}"
        more = "; there are more: `:limit N` gives them" if found.truncated else ""
        if found.columns:
            headings = [Heading(c) for c in found.columns]
            render(found.rows, self._format, headings=headings, notes=(f"{count}{more}",))
        else:
            say("done", err=True)

    def _command(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if word in {":quit", ":exit", ":q"}:
            self.done = True
        elif word == ":help":
            say(HELP)
        elif word == ":schema":
            show_schema(rest or None, self._format)
        elif word == ":limit":
            self._set_limit(rest)
        elif word == ":format":
            self._set_format(rest)
        else:
            raise InputError(f"there is no command {word!r}", hint=":help lists them")

    def _set_limit(self, text: str) -> None:
        if text:
            if not text.isdecimal() or int(text) == 0:
                raise InputError(f"a limit is a number of rows, not {text!r}", hint=":limit 100")
            self._limit = int(text)
        say(f"limit {self._limit}", err=True)

    def _set_format(self, text: str) -> None:
        formats = [f.value for f in Format if f not in BINARY]
        if text:
            if text not in formats:
                raise InputError(f"there is no format {text!r}", hint=f"one of {formats}")
            self._format = Format(text)
        say(f"format {self._format.value}", err=True)


def show_schema(name: str | None, fmt: Format) -> None:
    """Show the labels and relationship types, or the properties of one.

    Raises
    ------
    InputError
        If the model has neither a label nor a type of that name.
    """
    from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS

    if name is None:
        rows = [{"name": f"(:{n.label})", "ends": "", "note": n.note} for n in NODES.values()]
        rows += [
            {
                "name": f"[:{r.type}]",
                "ends": ", ".join(f"{a}->{b}" for a, b in r.ends),
                "note": r.note,
            }
            for r in RELATIONSHIPS.values()
        ]
        render(rows, fmt)
        return
    if name in NODES:
        properties = (KEY, *NODES[name].properties, *STAMPS)
    elif name in RELATIONSHIPS:
        properties = (*RELATIONSHIPS[name].properties, *STAMPS)
    else:
        raise InputError(
            f"the graph has neither label nor relationship type {name!r}", hint=":schema"
        )
    render(
        [
            {"property": p.name, "type": p.type, "unit": p.unit or "", "note": p.note}
            for p in properties
        ],
        fmt,
    )


_BEFORE_LABEL = re.compile(r"\(\s*\w*\s*:(\w*)$")
_BEFORE_TYPE = re.compile(r"\[\s*\w*\s*:(?:\w+\|)*(\w*)$")
_BEFORE_PROPERTY = re.compile(r"\w\.(\w*)$|[{,]\s*(\w*)$")
_WORD = re.compile(r"(\w+)$")


def completions(before: str) -> tuple[list[str], str]:
    """Words that fit at the cursor, and the part of one that is before it.

    After ``(:`` come labels, after ``[:`` relationship types, after a dot properties, elsewhere
    keywords; letter case does not matter.
    """
    from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS

    declared = [n.properties for n in NODES.values()]
    declared += [r.properties for r in RELATIONSHIPS.values()]
    words: list[str]
    if found := _BEFORE_LABEL.search(before):
        words = sorted(NODES)
    elif found := _BEFORE_TYPE.search(before):
        words = sorted(RELATIONSHIPS)
    elif found := _BEFORE_PROPERTY.search(before):
        names = {p.name for properties in declared for p in properties}
        words = sorted(names | {KEY.name} | {p.name for p in STAMPS})
    elif found := _WORD.search(before):
        words = sorted({*KEYWORDS, *NODES, *RELATIONSHIPS})
    else:
        return [], ""
    start = next((g for g in found.groups() if g is not None), "")
    return [w for w in words if w.lower().startswith(start.lower())], start


def _lines(session: Session) -> Generator[str, None, None]:
    """Lines that a person types; Ctrl-C drops the statement, Ctrl-D ends."""
    from platformdirs import user_state_path
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import FileHistory
    from prompt_toolkit.lexers import PygmentsLexer
    from pygments.lexers.graph import CypherLexer

    class Words(Completer):
        def get_completions(
            self,
            document: Document,
            complete_event: CompleteEvent,  # noqa: ARG002 (the base class has it)
        ) -> Iterator[Completion]:
            words, start = completions(document.text_before_cursor)
            for word in words:
                yield Completion(word, start_position=-len(start))

    folder = user_state_path("clusteratlas", ensure_exists=True)
    prompt: PromptSession[str] = PromptSession(
        history=FileHistory(str(folder / "shell_history")),
        completer=Words(),
        complete_while_typing=False,
        lexer=PygmentsLexer(CypherLexer),
    )
    while True:
        try:
            yield prompt.prompt("      ... " if session.unfinished else "clusters> ")
        except KeyboardInterrupt:
            session.forget()
        except EOFError:
            return
