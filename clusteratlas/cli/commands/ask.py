"""``clusteratlas ask``, ``questions`` and ``find``: the questions, each one a command of its own.

``ask QUESTION`` is made from the question's declaration: its parameters become options, and may
also be given in their declared order without naming them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import (
    AskedEditionOption,
    ClusterFileOption,
    PlotOption,
    RankAmongOption,
    RankedAmong,
    RegionFileOption,
    SectionOption,
    StoreOption,
    opened,
)
from clusteratlas.cli.output.rows import (
    Format,
    FormatOption,
    Heading,
    OutOption,
    Setting,
    WideOption,
    render,
)
from clusteratlas.errors import InputError, UnknownName
from clusteratlas.queries.forms.formats import format_of
from clusteratlas.queries.language.commands import command_line, example_of

if TYPE_CHECKING:
    from clusteratlas.queries.language.answer import Answer
    from clusteratlas.queries.language.question import OtherId, Param, Question

_RESERVED = frozenset({"store", "format", "out", "plot", "section", "wide", "help", "values"})


class QuestionGroup(LightGroup):
    """A group with one command per declared question."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (the base class has it)
        """Name the questions."""
        return list(_registry())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 (as above)
        """Make the command of one question.

        Raises
        ------
        UnknownName
            If there is no such question.
        """
        from clusteratlas.queries.atlas.registry import ALIASES
        from clusteratlas.queries.atlas.registry import question as declared

        question = declared(cmd_name)
        alias, _ = ALIASES.get(cmd_name, (None, None))
        holder = typer.Typer(rich_markup_mode=None, add_completion=False)
        holder.command(cmd_name, short_help=question.words)(command_of(question, alias))
        return typer.main.get_group(holder).commands[cmd_name]


app = typer.Typer(cls=QuestionGroup, no_args_is_help=True)


@app.callback()
def ask_group() -> None:
    """Ask a question.

    For example `ask anatomy --cluster biopharma --region boston`. Names are matched forgivingly;
    codes and keys work too. `ask QUESTION --help` shows what a question takes, `questions` lists
    them with examples.
    """


def questions(fmt: FormatOption = None, out: OutOption = None) -> None:
    """List the questions, with what each one takes and an example."""
    rows = [
        {"question": q.id, "words": q.words, "example": example_of(q)} for q in _registry().values()
    ]
    notes = ("`clusteratlas ask QUESTION --help` says more about one of them",)
    render(rows, fmt, notes=notes, out=out)


def find_command(
    text: Annotated[str, typer.Argument(help="Part of a name, a code or a key.")],
    store: StoreOption = None,
    fmt: FormatOption = None,
    out: OutOption = None,
    wide: WideOption = False,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    edition: AskedEditionOption = None,
) -> None:
    """Find clusters, industries, regions and anything else that has a name."""
    with opened(store, region_file, rank_among, cluster_file, edition) as atlas:
        hits = atlas.find(text)
        read = format_of(fmt, out) is Format.table
        columns = ("name", "kind", "type", "key", *(() if read else ("score",)))
        headings = [Heading(n) for n in columns]
        render(hits, fmt, headings=headings, out=out, layout=_layout(wide))
        if not hits:
            raise UnknownName("thing", text, ())


def command_of(question: Question, alias: OtherId | None = None) -> Callable[..., None]:
    """Make the function whose signature Typer turns into the options of one question.

    Parameters
    ----------
    question
        The question.
    alias
        Another id that it is asked by, with the options that it has under that one.
    """
    params = question.params if alias is None else alias.params(question)

    def answer(
        values: list[str] | None = None,
        store: str | None = None,
        fmt: Format | None = None,
        out: Path | None = None,
        plot: Path | None = None,
        wide: bool = False,
        section: str | None = None,
        region_file: list[Path] | None = None,
        rank_among: RankedAmong = RankedAmong.ea,
        cluster_file: list[Path] | None = None,
        edition: str | None = None,
        **named: Any,
    ) -> None:
        given = _placed(question, params, values or [], named)
        if alias is not None:
            given = alias.meant(given)
        _refuse_missing(question, given)
        opening = (store, region_file, rank_among, cluster_file, edition)
        _answer(question, given, opening, fmt, out, plot, section, layout=_layout(wide))

    def keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
        return inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )

    parameters = [
        keyword(
            "values",
            Annotated[
                list[str] | None,
                typer.Argument(
                    metavar="VALUES", help="The parameters below in their order, without names."
                ),
            ],
            None,
        ),
        *(keyword(name, _option(name, p), None) for name, p in params.items()),
        keyword("store", StoreOption, None),
        keyword("fmt", FormatOption, None),
        keyword("out", OutOption, None),
        keyword("plot", PlotOption, None),
        keyword("wide", WideOption, False),
        *([keyword("section", SectionOption, None)] if "section" in question.columns else []),
        keyword("region_file", RegionFileOption, None),
        keyword("rank_among", RankAmongOption, RankedAmong.ea),
        keyword("cluster_file", ClusterFileOption, None),
        keyword("edition", AskedEditionOption, None),
    ]
    signature = inspect.Signature(parameters, return_annotation=None)
    answer.__signature__ = signature  # type: ignore[attr-defined]
    answer.__annotations__ = {p.name: p.annotation for p in parameters}
    examples = "\n\n".join(f"  {command_line(question, e)}" for e in question.examples)
    answer.__doc__ = f"{question.words}\n\nExamples:\n\n{examples}"
    return answer


def _option(name: str, param: Param) -> Any:
    text = f"{param.help[:1].upper()}{param.help[1:]}."
    if param.choices:
        text += f" One of: {', '.join(param.choices)}."
    if param.default:  # a default of 0 or "" means "none", and the help says what happens then
        text += f" Default: {param.default}."
    if param.required:
        text += " Required."
    if param.many:
        text += f" Repeated for each of {param.many[0]} to {param.many[1]}."
    kind = list[str] if param.many else param.type if param.kind == "number" else str
    option = typer.Option(
        f"--{name.replace('_', '-')}", help=text, show_default=False, metavar=param.kind.upper()
    )
    return Annotated[kind | None, option]


def _placed(
    question: Question, params: Mapping[str, Param], values: list[str], named: Mapping[str, Any]
) -> dict[str, Any]:
    """Give the values without a name to the parameters that have none; several take the rest."""
    given = {name: value for name, value in named.items() if value not in (None, [])}
    left = list(values)
    for name, param in params.items():
        if name in given or not left:
            continue
        if param.many:
            given[name], left = left, []
        else:
            value = left.pop(0)
            given[name] = _number(name, param, value) if param.kind == "number" else value
    if left:
        raise InputError(
            f"question {question.id} does not take {left[0]!r}",
            hint=f"`clusteratlas ask {question.id} --help` shows what it takes",
        )
    return given


def _refuse_missing(question: Question, given: Mapping[str, Any]) -> None:
    if missing := question.lacks(given):
        options = " or ".join(f"--{name.replace('_', '-')}" for name in missing[0])
        raise InputError(
            f"question {question.id} needs {options}",
            hint=f"for example: {example_of(question)}",
        )


def _number(name: str, param: Param, value: str) -> Any:
    try:
        return param.type(value)
    except ValueError as exc:
        raise InputError(
            f"{name} must be a number, not {value!r}", hint=f"--{name} gives it by name"
        ) from exc


def _answer(
    question: Question,
    arguments: Mapping[str, Any],
    opening: tuple[str | None, list[Path] | None, RankedAmong, list[Path] | None, str | None],
    fmt: Format | None,
    out: Path | None,
    plot: Path | None,
    section: str | None,
    *,
    layout: Setting,
) -> None:
    with opened(*opening) as atlas:
        answer = atlas.ask(question.id, **arguments)
        if plot is not None:
            from clusteratlas.queries.draw.pictures import save

            save(answer, plot)
        notes = () if plot is None else (f"picture: {plot}",)
        show_answer(answer, fmt, out=out, notes=notes, section=section, layout=layout)


def show_answer(
    answer: Answer,
    fmt: Format | None,
    *,
    out: Path | None = None,
    notes: tuple[str, ...] = (),
    section: str | None = None,
    layout: Setting = Setting.page,
) -> None:
    """Render an answer with its count, remarks and sources; what matters most comes first.

    Raises
    ------
    InputError
        If it has no such section.
    """
    from clusteratlas.queries.forms.answers import printed_answer

    printed = printed_answer(answer, format_of(fmt, out), section)
    render(
        printed.records,
        fmt,
        title=printed.title,
        headings=printed.columns,
        notes=(*printed.notes, *notes),
        out=out,
        sources=printed.sources,
        whole=answer.to_dict(),
        layout=layout,
    )


def _layout(wide: bool) -> Setting:
    return Setting.wide if wide else Setting.page


def _registry() -> Mapping[str, Question]:
    from clusteratlas.queries.atlas.registry import QUESTIONS

    return QUESTIONS
