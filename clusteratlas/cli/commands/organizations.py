"""``clusteratlas organizations``: registers of organizations into an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.commands import organizations_match
from clusteratlas.cli.options import QuietOption
from clusteratlas.cli.output.rows import Format, FormatOption, render

app = typer.Typer(
    help="Organizations of public registers: gather them, match them, and add them to an edition.",
    no_args_is_help=True,
)


@app.command("build")
def add_organizations(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Folder that holds the registers.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="EDITION", help="Folder to write the edition to.")
    ],
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
    quiet: QuietOption = False,
    fmt: FormatOption = Format.table,
) -> None:
    """Add the organizations of all registers below DIR to an edition.

    The new edition has the tables and the key of the base one, so that loading it replaces the base
    in a graph. A register whose file is not there is left out and named.
    """
    from clusteratlas.editions.organizations.build import build_organizations
    from clusteratlas.progress import reporting

    with reporting(quiet=quiet) as progress:
        built = build_organizations(
            data, out, base=edition, strict=strict, verdicts=verdicts, progress=progress
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


app.command("score-pairs")(organizations_match.rate_pairs)
app.command("review")(organizations_match.review_pairs)
