"""``clusteratlas organizations``: registers of organizations into an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.commands import organizations_match
from clusteratlas.cli.options import ExplainOption, MermaidOption, NoCacheOption, QuietOption
from clusteratlas.cli.output.explained import show_flow
from clusteratlas.cli.output.rows import Format, FormatOption, render
from clusteratlas.errors import InputError

app = typer.Typer(
    help="Organizations of public registers: gather them, match them, and add them to an edition.",
    no_args_is_help=True,
)


@app.command("build")
def add_organizations(
    table: Annotated[
        str | None,
        typer.Argument(metavar="TABLE", help="With --explain: the table or step to explain."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Folder that holds the registers."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="EDITION", help="Folder to write the edition to."),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition", metavar="BASE", help="Edition to add to; without it the shipped one."
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop if the file of any register is missing.")
    ] = False,
    verdicts: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv", help="Pairs judged by you (a, b, same), as `review` writes them."
        ),
    ] = None,
    explain: ExplainOption = False,
    mermaid: MermaidOption = False,
    no_cache: NoCacheOption = False,
    quiet: QuietOption = False,
    fmt: FormatOption = None,
) -> None:
    """Add the organizations of all registers below DIR to an edition, or explain how.

    The new edition has the tables and the key of the base one, so that loading it replaces the base
    in a graph. A register whose file is not there is left out and named. Registers that are read,
    and steps whose inputs have not changed, are reused: an interrupted build goes on where it was.
    """
    if explain:
        _explain(table, edition, fmt, draw=mermaid)
        return
    if table is not None or mermaid:
        raise InputError("TABLE and --mermaid are for --explain", hint="build makes all tables")
    if data is None or out is None:
        missing = "--data" if data is None else "--out"
        hint = "`clusteratlas organizations build --help` shows the options"
        raise InputError(f"Missing option '{missing}'", hint=hint)
    from platformdirs import user_cache_path

    from clusteratlas.editions.targets.organizations import build_organizations
    from clusteratlas.progress import reporting

    cache = None if no_cache else user_cache_path("clusteratlas") / "build"
    with reporting(quiet=quiet) as progress:
        built = build_organizations(
            data,
            out,
            base=edition,
            strict=strict,
            verdicts=verdicts,
            progress=progress,
            cache=cache,
        )
    facts = built.manifest["organizations"]
    registers = built.table("registers")
    columns = ["key", "year", "records", "placed", "classified", "organizations", "title"]
    lost = sum(facts["links_to_nobody"].values())
    render(
        registers[columns].astype(object).to_dict("records"),
        fmt,
        title=f"Organizations of edition {built.key} in {built.path}",
        notes=(
            f"{facts['records']:,} records about {facts['organizations']:,} organizations; "
            f"{facts['unclassified']:,} records in no six-digit industry",
            f"{lost:,} links to nobody known were left out",
            *(f"left out: {text}" for _, text in sorted(facts["left_out"].items())),
            f"next: clusteratlas load {built.path}",
        ),
    )


def _explain(table: str | None, edition: str | None, fmt: Format | None, *, draw: bool) -> None:
    from clusteratlas.editions.targets.organizations import open_organizations

    opened = open_organizations(None, base=edition)
    of = f"{table or 'the organizations'} of {opened.base.key}"
    show_flow(opened.flow, table, of, fmt, draw=draw)


app.command("score-pairs")(organizations_match.rate_pairs)
app.command("review")(organizations_match.review_pairs)
