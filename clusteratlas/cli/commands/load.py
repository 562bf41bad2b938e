"""``clusteratlas load``: put an edition into a graph store, beside those that are in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from clusteratlas.cli.options import EditionArgument, QuietOption, StoreOption
from clusteratlas.cli.output.rows import FormatOption, render


def load(
    edition: EditionArgument = None,
    store: StoreOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Load even if this very edition is there already.")
    ] = False,
    quiet: QuietOption = False,
    fmt: FormatOption = None,
) -> None:
    """Load an edition into a store.

    Loading twice changes nothing; after an interruption the same command finishes the job. Other
    editions in the store stay.
    """
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.graph import open_store
    from clusteratlas.graph.load import load_edition
    from clusteratlas.progress import reporting
    from clusteratlas.queries.atlas.names import default_edition

    opened = open_edition(edition)
    with open_store(store) as target:
        with reporting(quiet=quiet) as progress:
            report = load_edition(opened, target, progress=progress, force=force)
        where = f"{target.engine} at {target.url}"
        asked = default_edition(target)
        others = [e.key for e in target.editions() if e.key != opened.key]
    notes = [asked_line(asked, opened.key, others)] if others else []
    render([report], fmt, title=f"Edition {opened.key} in {where}", notes=notes)


def asked_line(asked: str, loaded: str, others: Sequence[str]) -> str:
    """Say which of several editions is asked from now on, and how to choose.

    Parameters
    ----------
    asked
        The default edition of the store.
    loaded
        The one that was loaded.
    others
        All others in the store.
    """
    choice = others[0] if asked == loaded else loaded
    return (
        f"the store holds {len(others) + 1} editions, and questions are about {asked}; "
        f"--edition {choice} asks another, `clusteratlas store drop KEY` removes one"
    )
