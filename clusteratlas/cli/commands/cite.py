"""``clusteratlas cite``: how an edition or an answer is cited."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from clusteratlas.cli.output.lines import say


class Style(StrEnum):
    """What a citation is written as."""

    both = "both"
    text = "text"
    bibtex = "bibtex"


def cite_command(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[EDITION|ANSWER.json]",
            help="Folder of an edition, or JSON of an answer (or the folder that has it). Default: "
            "the edition that comes with the package.",
            show_default=False,
        ),
    ] = None,
    style: Annotated[
        Style, typer.Option("--style", help="Plain text, BibTeX, or one after the other.")
    ] = Style.both,
) -> None:
    """Say how to cite an edition or an answer: key, digest, version, year and sources.

    The BibTeX has an entry for each file behind the figures too.
    """
    from clusteratlas.queries.citation import cite

    found = cite(what)
    parts = {Style.text: [found.text], Style.bibtex: [found.bibtex]}
    say("\n\n".join(parts.get(style, [found.text, found.bibtex])))
    if found.note:
        say(found.note, err=True)
