"""``clusteratlas store``: look into a graph store, or empty it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import StoreOption, YesOption
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import FormatOption, Heading, OutOption, render
from clusteratlas.errors import InputError

if TYPE_CHECKING:
    from clusteratlas.graph.store import LoadedEdition

app = typer.Typer(cls=LightGroup, help="Look into a store, or empty it.", no_args_is_help=True)


@app.command()
def info(store: StoreOption = None, fmt: FormatOption = None, out: OutOption = None) -> None:
    """Show what a store holds: editions, nodes by label, relationships by type."""
    from clusteratlas.graph import open_store

    with open_store(store, read_only=True) as opened:
        facts = opened.info()
    rows = [{"kind": "node", "name": k, "count": n} for k, n in facts.nodes.items()]
    rows += [
        {"kind": "relationship", "name": k, "count": n} for k, n in facts.relationships.items()
    ]
    render(
        rows,
        fmt,
        title=f"{facts.engine} {facts.version} at {facts.url}",
        headings=[Heading("kind"), Heading("name"), Heading("count")],
        notes=[_edition(e) for e in facts.editions]
        or ["no edition: `clusteratlas load` loads one"],
        out=out,
    )


def _edition(edition: LoadedEdition) -> str:
    state = "complete" if edition.complete else "incomplete: `clusteratlas load` finishes it"
    return f"edition {edition.key}, digest {edition.digest[:12]}, {state}"


@app.command()
def wipe(store: StoreOption = None, yes: YesOption = False) -> None:
    """Remove everything from a store."""
    from clusteratlas.graph import open_store

    if not yes:
        raise InputError(
            "wipe removes every node and relationship from the store",
            hint="add --yes if that is what you want",
        )
    with open_store(store) as opened:
        opened.wipe()
        say(f"{opened.url} is empty", err=True)
