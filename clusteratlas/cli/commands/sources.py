"""``clusteratlas sources``: what can be read, what it holds, fetching it, checking it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusteratlas.cli.options import QuietOption
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import Format, FormatOption, Heading, OutOption, render
from clusteratlas.errors import InputError
from clusteratlas.queries.forms.formats import format_of

if TYPE_CHECKING:
    from clusteratlas.loaders.source.declaration import Source

app = typer.Typer(no_args_is_help=True, help="The public files: list, show, fetch, check.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="A source, as `list` names it.")]
IdsArgument = Annotated[list[str], typer.Argument(metavar="ID...", help="One or more sources.")]
VintageOption = Annotated[
    int | None,
    typer.Option("--vintage", help="Year of the file. Default: the latest one known."),
]
ToOption = Annotated[
    Path, typer.Option("--to", metavar="DIR", help="Folder to put it in.", file_okay=False)
]
DataOption = Annotated[
    Path,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder that holds the public files, also in folders below it.",
        envvar="CLUSTERATLAS_DATA",
    ),
]

DATA = Path("data")


@app.command("list")
def list_sources(fmt: FormatOption = None, out: OutOption = None) -> None:
    """Name every source with its publisher, licence and vintages."""
    from clusteratlas.loaders.source.declaration import all_sources
    from clusteratlas.loaders.source.vintages import spans

    rows = [
        {
            "id": s.id,
            "title": s.title,
            "publisher": s.publisher,
            "licence": s.licence,
            "vintages": spans(s.vintages, goes_on=s.goes_on),
            "fetch": any(s.address(v) for v in s.vintages),
        }
        for s in all_sources().values()
    ]
    render(rows, fmt, out=out, notes=["`clusteratlas sources show ID` shows the columns of one."])


@app.command("show")
def show_source(source_id: IdArgument, fmt: FormatOption = None, out: OutOption = None) -> None:
    """Show one source: where it is, under which licence, and its columns with units."""
    from clusteratlas.loaders.source.vintages import spans

    source = _source(source_id)
    facts = [
        ("id", source.id),
        ("publisher", source.publisher),
        ("licence", source.licence),
        ("homepage", source.homepage),
        ("vintages", spans(source.vintages, goes_on=source.goes_on)),
        ("address", source.address(max(source.vintages)) or "none: put the file in by hand"),
        ("file", source.example or source.pattern),
        ("row", "one for each " + ", ".join(source.key)),
        ("note", source.note or "none"),
    ]
    columns = [
        {"column": c.name, "type": c.dtype, "unit": c.unit, "meaning": c.note}
        for c in source.columns
    ]
    if fmt in {None, Format.table} and out is None:
        width = max(len(name) for name, _ in facts)
        say(source.title)
        for name, fact in facts:
            say(f"  {name:<{width}}  {fact}")
        say("")
        render(columns, fmt)
    elif format_of(fmt, out) is Format.json:
        render([{"title": source.title, **dict(facts), "columns": columns}], fmt, out=out)
    else:
        render(columns, fmt, out=out)


@app.command("fetch")
def fetch_sources(
    source_ids: IdsArgument,
    vintage: VintageOption = None,
    to: ToOption = DATA,
    quiet: QuietOption = False,
) -> None:
    """Download files from their publishers, or say which file to put where."""
    from clusteratlas.loaders.source.fetch import fetch
    from clusteratlas.progress import reporting

    sources = [_source(source_id) for source_id in source_ids]
    with reporting(quiet=quiet) as progress:
        for source in sources:
            year = max(source.vintages) if vintage is None else vintage
            say(str(fetch(source, year, to, progress=progress)))


@app.command("check")
def check_sources(
    data: DataOption = DATA,
    fmt: FormatOption = None,
    out: OutOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say what each file is, its vintage and SHA-256, what is wrong with it, and what to note.

    Every known file is read fully. The exit code is 5 if one of them is wrong.
    """
    from clusteratlas.errors import SourceError
    from clusteratlas.loaders.source.check import check_folder
    from clusteratlas.progress import reporting

    with reporting(quiet=quiet) as progress:
        reports = check_folder(data, progress)
    known = [r for r in reports if r.source is not None]
    wrong = [r for r in known if r.problem is not None]
    names = ("path", "source", "vintage", "rows", "bytes", "problem", "notes", "sha256")
    render(
        [
            {name: getattr(r, name) for name in names} | {"notes": "; ".join(r.notes) or None}
            for r in reports
        ],
        fmt,
        headings=[Heading(name, "year" if name == "vintage" else None) for name in names],
        out=out,
        notes=[f"{len(known)} of {len(reports)} files are of known sources; {len(wrong)} wrong."],
    )
    if wrong:
        raise SourceError(
            f"{len(wrong)} of {len(known)} known files are wrong, first: {wrong[0].problem}",
            hint="fetch them again, or compare them with `clusteratlas sources show ID`",
        )


def _source(source_id: str) -> Source:
    from rapidfuzz import process

    from clusteratlas.loaders.source.declaration import all_sources

    known = all_sources()
    if source_id in known:
        return known[source_id]
    near = [name for name, _, _ in process.extract(source_id, list(known), limit=3)]
    raise InputError(f"no source is called {source_id!r}", hint=f"did you mean {', '.join(near)}?")
