"""``clusteratlas organizations score-pairs | review``: how sure it is that two are one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.options import EditionArgument, NoCacheOption, QuietOption
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import Format, FormatOption, Heading, render


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
    fmt: FormatOption = None,
) -> None:
    """Rate pairs of names and places: adds `probability` and `same`."""
    from clusteratlas.editions.matching.pairs import read_pairs, score_pairs

    rated = score_pairs(read_pairs(file))
    if out is not None:
        headings = [Heading(str(name)) for name in rated.columns]
        render(rated.to_dict("records"), Format.csv, headings=headings, out=out)
        say(f"{len(rated):,} pairs in {out}")
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
    no_cache: NoCacheOption = False,
    quiet: QuietOption = False,
    fmt: FormatOption = None,
) -> None:
    """List the pairs of records that are most doubtful.

    Fill the column `same` of the file with yes or no: it overrides the matcher wherever verdicts
    are taken.
    """
    from platformdirs import user_cache_path

    from clusteratlas.editions.matching.doubtful_pairs import doubtful
    from clusteratlas.editions.targets.organizations import open_organizations
    from clusteratlas.progress import reporting

    cache = None if no_cache else user_cache_path("clusteratlas") / "build"
    with reporting(quiet=quiet) as progress:
        make = open_organizations(
            data, base=edition, verdicts=verdicts, progress=progress, cache=cache
        ).flow.make
        told, found, records = make("verdicts"), make("resolved_records"), make("placed_records")
    rows = doubtful(found, records, limit=limit)
    if told is not None:
        judged = {frozenset(pair) for pair in zip(told["a"], told["b"], strict=True)}
        pairs = zip(rows["a"], rows["b"], strict=True)
        rows = rows[[frozenset(pair) not in judged for pair in pairs]]
    if out is not None:
        headings = [Heading(str(name)) for name in rows.columns]
        render(rows.to_dict("records"), Format.csv, headings=headings, out=out)
        say(f"{len(rows):,} pairs in {out}")
        return
    render(rows.to_dict("records"), fmt, title=f"{len(rows):,} doubtful pairs")
