"""``clusteratlas export``: an edition in the form that another program takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import EditionArgument
from clusteratlas.cli.output.rows import FormatOption, render

app = typer.Typer(
    cls=LightGroup, help="Write an edition for another program.", no_args_is_help=True
)


@app.callback()
def export_group() -> None:
    """Write an edition for another program."""


@app.command("neo4j-admin")
def neo4j_admin(
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder to write to.")],
    edition: EditionArgument = None,
    fmt: FormatOption = None,
) -> None:
    """Write the files that `neo4j-admin database import full` takes as they are."""
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.graph.engines.neo4j.importer import export_neo4j_admin

    plan = export_neo4j_admin(open_edition(edition), to)
    rows = []
    for text in plan.options:
        option, name, file = text.split("=", 2)
        rows.append({"kind": option.lstrip("-"), "name": name, "file": file})
    notes = (
        f"{plan.nodes:,} nodes and {plan.relationships:,} relationships in {plan.folder}",
        f"next, with the server stopped: sh {plan.folder / 'import.sh'}",
    )
    render(rows, fmt, notes=notes)
