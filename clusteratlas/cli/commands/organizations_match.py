"""``clusteratlas organizations score-pairs | review``: how sure it is that two are one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.options import EditionArgument, QuietOption
from clusteratlas.cli.output.rows import Format, FormatOption, render


def rate_pairs(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV with name_a, source_a, place_a, name_b, source_b, place_b; a place is "
            "'City, ST (county FIPS)', as far as it is known.",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.csv", help="Write the rows here instead.")
    ] = None,
    fmt: FormatOption = Format.table,
) -> None:
    """Rate pairs of names and places: adds `probability` and `same`."""
    from clusteratlas.editions.matching.pairs import read_pairs, score_pairs

    rated = score_pairs(read_pairs(file))
    if out is not None:
        rated.to_csv(out, index=False)
        typer.echo(f"{len(rated):,} pairs in {out}")
        return
    render(rated.to_dict("records"), fmt, title=f"{len(rated):,} pairs of {file.name}")


def review_pairs(
    edition: EditionArgument = None,
    data: Annotated[
        Path,
        typer.Option("--data", metavar="DIR", help="Folder that holds the registers."),
    ] = Path("data"),
    verdicts: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Verdicts so far: a, b, same (yes or no)."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Pairs to list.")] = 50,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.csv", help="Write the rows here instead.")
    ] = None,
    quiet: QuietOption = False,
    fmt: FormatOption = Format.table,
) -> None:
    """List the pairs of records that are most doubtful.

    Fill the column `same` of the file with yes or no: it overrides the matcher wherever verdicts
    are taken.
    """
    from clusteratlas.editions.matching.doubtful_pairs import doubtful, read_verdicts
    from clusteratlas.editions.matching.placing import placed_records
    from clusteratlas.editions.matching.resolving import resolve_records
    from clusteratlas.editions.organizations.gather import gather_registers
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.progress import reporting

    told = None if verdicts is None else read_verdicts(verdicts)
    regions = open_edition(edition).table("regions")
    counties = regions.loc[regions["type"] == "county", "code"]
    with reporting(quiet=quiet) as progress:
        records = placed_records(gather_registers(data, progress=progress).records, counties)
        found = resolve_records(records, verdicts=told, progress=progress)
    rows = doubtful(found, records, limit=limit)
    if told is not None:
        judged = {frozenset(pair) for pair in zip(told["a"], told["b"], strict=True)}
        pairs = zip(rows["a"], rows["b"], strict=True)
        rows = rows[[frozenset(pair) not in judged for pair in pairs]]
    if out is not None:
        rows.to_csv(out, index=False)
        typer.echo(f"{len(rows):,} pairs in {out}")
        return
    render(rows.to_dict("records"), fmt, title=f"{len(rows):,} doubtful pairs")
