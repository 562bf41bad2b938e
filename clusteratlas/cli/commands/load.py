"""``clusteratlas load``: put an edition into a graph store, beside those that are in it."""

from __future__ import annotations

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

    opened = open_edition(edition)
    with open_store(store) as target:
        with reporting(quiet=quiet) as progress:
            report = load_edition(opened, target, progress=progress, force=force)
        where = f"{target.engine} at {target.url}"
    render([report], fmt, title=f"Edition {opened.key} in {where}")
