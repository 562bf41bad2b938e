"""``clusteratlas store``: look into a graph store, remove an edition from it, or empty it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import QuietOption, StoreOption, YesOption
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import FormatOption, Heading, OutOption, render
from clusteratlas.errors import InputError, StoreError, StoreUnavailable

if TYPE_CHECKING:
    from clusteratlas.graph.loading import Loading
    from clusteratlas.graph.store import LoadedEdition

app = typer.Typer(
    cls=LightGroup, help="Look into a store, remove an edition, or empty it.", no_args_is_help=True
)


@app.command()
def info(store: StoreOption = None, fmt: FormatOption = None, out: OutOption = None) -> None:
    """Show what a store holds: editions, nodes by label, relationships by type."""
    from clusteratlas.graph import open_store
    from clusteratlas.queries.atlas.names import default_edition

    with open_store(store, read_only=True) as opened:
        facts = opened.info()
        under_way = opened.loading()
        asked = default_edition(opened) if any(e.complete for e in facts.editions) else None
    rows = [{"kind": "node", "name": k, "count": n} for k, n in facts.nodes.items()]
    rows += [
        {"kind": "relationship", "name": k, "count": n} for k, n in facts.relationships.items()
    ]
    render(
        rows,
        fmt,
        title=f"{facts.engine} {facts.version} at {facts.url}",
        headings=[Heading("kind"), Heading("name"), Heading("count")],
        notes=[
            *(_edition(e, asked) for e in facts.editions if _is_there(e, under_way)),
            *([under_way.words] if under_way else []),
        ]
        or ["no edition: `clusteratlas load` loads one"],
        out=out,
    )


def _is_there(edition: LoadedEdition, under_way: Loading | None) -> bool:
    return edition.complete or under_way is None or under_way.edition != edition.key


def _edition(edition: LoadedEdition, asked: str | None) -> str:
    state = "complete" if edition.complete else "incomplete: `clusteratlas load` finishes it"
    default = " (default)" if edition.key == asked else ""
    return f"edition {edition.key}{default}, digest {edition.digest[:12]}, {state}"


@app.command("verify")
def verify_store(
    store: StoreOption = None, fmt: FormatOption = None, out: OutOption = None
) -> None:
    """Count what a store holds of each edition, and compare with what was loaded."""
    from clusteratlas.graph import open_store
    from clusteratlas.graph.verify import miscounted

    with open_store(store, read_only=True) as opened:
        if (under_way := opened.loading()) is not None:
            raise StoreUnavailable(f"{opened.url}: {under_way.words}", hint="wait until it is done")
        held = opened.editions()
        wrong = [miscount for edition in held for miscount in miscounted(opened, edition)]
        cut = [edition.key for edition in held if not edition.complete]
    rows = [
        {
            "edition": edition.key,
            "nodes": edition.nodes,
            "relationships": edition.relationships,
            "state": "; ".join(
                [
                    *(["incomplete"] if edition.key in cut else []),
                    *(found.words for found in wrong if found.edition == edition.key),
                ]
            )
            or "as loaded",
        }
        for edition in held
    ]
    headings = [Heading(name) for name in ("edition", "nodes", "relationships", "state")]
    render(rows, fmt, headings=headings, out=out)
    if wrong or cut:
        keys = ", ".join(dict.fromkeys([*(found.edition for found in wrong), *cut]))
        raise StoreError(
            f"{opened.url} does not hold {keys} as loaded",
            hint="`clusteratlas load EDITION --force` repairs it",
        )


@app.command()
def drop(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="Key of the edition.")],
    store: StoreOption = None,
    yes: YesOption = False,
    quiet: QuietOption = False,
) -> None:
    """Remove one edition from a store; others stay."""
    from clusteratlas.graph import open_store
    from clusteratlas.graph.load import drop_edition
    from clusteratlas.progress import reporting

    if not yes and not (sys.stdin.isatty() and typer.confirm(f"Remove {edition}?", err=True)):
        raise InputError(
            f"drop removes edition {edition} from the store",
            hint="add --yes if that is what you want",
        )
    with open_store(store) as opened:
        with reporting(quiet=quiet) as progress:
            drop_edition(edition, opened, progress=progress)
        left = ", ".join(e.key for e in opened.editions()) or "no edition"
        say(f"{opened.url} holds {left}", err=True)


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
