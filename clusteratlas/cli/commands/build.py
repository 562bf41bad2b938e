"""``clusteratlas build``: public files in, an edition out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusteratlas.cli.options import ExplainOption, MermaidOption, NoCacheOption, QuietOption
from clusteratlas.cli.output.explained import show_flow
from clusteratlas.cli.output.rows import Format, FormatOption, render
from clusteratlas.errors import InputError

if TYPE_CHECKING:
    from clusteratlas.editions.store.edition import Edition

_HELP = "`clusteratlas build --help` shows the options"


def build(
    table: Annotated[
        str | None,
        typer.Argument(metavar="TABLE", help="With --explain: the table or step to explain."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Folder that holds the public files."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="EDITION", help="Folder to write the edition to."),
    ] = None,
    recipe: Annotated[
        Path | None,
        typer.Option(
            help="TOML file with other parameters than the shipped edition's, or the name of a "
            "packaged recipe: us-2021-years has counties in every year."
        ),
    ] = None,
    definitions: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="CSV file (naics, cluster[, subcluster, traded]) with definitions of your own, to "
            "be compared with the derived ones; may be given again.",
        ),
    ] = None,
    explain: ExplainOption = False,
    mermaid: MermaidOption = False,
    no_cache: NoCacheOption = False,
    quiet: QuietOption = False,
    fmt: FormatOption = None,
) -> None:
    """Build an edition from the public files, or explain how a table of it is made.

    The same files give the same edition, byte for byte. Steps whose inputs have not changed are
    reused; an interrupted build leaves the old edition or none.
    """
    if explain:
        _explain(table, recipe, definitions or [], fmt, draw=mermaid)
        return
    if table is not None or mermaid:
        raise InputError("TABLE and --mermaid are for --explain", hint="build makes all tables")
    if data is None:
        raise InputError("Missing option '--data'", hint=_HELP)
    if out is None:
        raise InputError("Missing option '--out'", hint=_HELP)
    from platformdirs import user_cache_path

    from clusteratlas.cli.commands.edition import TABLE_HEADINGS, table_rows
    from clusteratlas.editions.targets.edition import build_edition
    from clusteratlas.progress import reporting

    cache = None if no_cache else user_cache_path("clusteratlas") / "build"
    with reporting(quiet=quiet) as progress:
        edition = build_edition(
            data, out, recipe=recipe, progress=progress, cache=cache, definitions=definitions or ()
        )
    render(
        table_rows(edition),
        fmt,
        title=f"Edition {edition.key} in {edition.path}",
        headings=TABLE_HEADINGS,
        notes=(
            *told_of(edition),
            f"digest {edition.digest}",
            f"next: clusteratlas load {edition.path}",
        ),
    )


def told_of(edition: Edition) -> list[str]:
    """Say of a new edition what its files needed, and what it leaves out of them, line by line."""
    from clusteratlas.editions.flow.losses import Loss

    return [
        *(f"{one['file']}: {one['note']}" for one in edition.manifest["notes"]),
        *(_bridge_line(one) for one in edition.manifest["bridges"]),
        *(f"left out: {Loss(**one)}" for one in edition.manifest["losses"]),
    ]


def _bridge_line(bridge: Mapping[str, Any]) -> str:
    """Say of one bridge from where to where it leads, and what went in and came out."""
    if "to_naics" in bridge:
        by = ", then ".join(bridge["weights"])
        way = f"codes of NAICS {bridge['from_naics']} brought to NAICS {bridge['to_naics']}"
        way = f"{way}, divided by {by}"
    else:
        way = f"counties of {bridge['from_counties']} brought to those of {bridge['to_counties']}"
    line = f"{bridge['file']}: {way}"
    if "jobs_before" in bridge:
        line += f"; {bridge['jobs_before']:,} jobs before, {bridge['jobs_after']:,} after"
    if lost := bridge.get("left_out"):
        line += f"; judged industries without a heir: {', '.join(lost)}"
    return line


def _explain(
    table: str | None,
    recipe: Path | None,
    definitions: list[Path],
    fmt: Format | None,
    *,
    draw: bool,
) -> None:
    from clusteratlas.editions.flow.recipe import read_recipe
    from clusteratlas.editions.targets.opening import open_flow

    choices = read_recipe(recipe)
    flow = open_flow(choices, None, definitions=definitions).flow
    show_flow(flow, table, f"{table or 'the tables'} of {choices.key}", fmt, draw=draw)
