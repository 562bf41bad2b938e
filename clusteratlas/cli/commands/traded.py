"""``clusteratlas traded``: the traded rule checked, its judged exceptions, types and jobs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import EditionArgument, NoCacheOption, QuietOption
from clusteratlas.cli.output.rows import FormatOption, Heading, OutOption, render
from clusteratlas.errors import EditionError

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer(
    cls=LightGroup,
    help="Traded, regional and local industries: the rule, its exceptions, its check.",
    no_args_is_help=True,
)

CHECKED = (
    "section",
    "halves",
    "repeats",
    "method",
    "areas",
    "fitted",
    "judged",
    "statistic",
    "c50",
    "s5",
    "gini",
    "industries",
    "accuracy",
    "kappa",
    "low",
    "high",
    "both",
    "only_predicted",
    "only_labels",
    "neither",
    "judged_accuracy",
    "judged_kappa",
    "same",
    "correlation",
)
"""Columns of ``traded check``; each section uses some of them."""


@app.command("check")
def check_rule(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Folder that holds the public files.")
    ],
    against: Annotated[
        Path,
        typer.Option(
            metavar="FILE", help="Labels of your own: CSV with naics and traded or traded_local."
        ),
    ],
    recipe: Annotated[
        Path | None,
        typer.Option(help="TOML file with other parameters than the packaged recipe."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the split halves and the intervals.")] = 1,
    no_cache: NoCacheOption = False,
    quiet: QuietOption = False,
    fmt: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Compare the traded rule with labels: in sample, held out by NAICS-3, and on split halves.

    Each classification is given before and after the judged exceptions. Those were judged with
    published labels in sight, so agreement with such labels after them proves nothing.
    """
    from platformdirs import user_cache_path

    from clusteratlas.editions.targets.traded_check import check_traded
    from clusteratlas.progress import reporting

    cache = None if no_cache else user_cache_path("clusteratlas") / "build"
    with reporting(quiet=quiet) as progress:
        found = check_traded(
            data, against, recipe=recipe, seed=seed, progress=progress, cache=cache
        )
    sections = {
        "classifications": found.figures,
        "thresholds over held-out groups": found.thresholds,
        "split halves": found.halves,
    }
    rows = [{"section": name, **row} for name, table in sections.items() for row in _rows(table)]
    render(
        rows,
        fmt,
        title=f"The traded rule against {against.name}: {found.industries:,} industries",
        notes=(
            f"{found.unlabeled} industries have no label, {found.unknown} labels no data",
            f"halves and intervals are drawn with seed {found.seed}; low and high are the middle "
            "95 % over groups drawn again",
        ),
        headings=[Heading(name) for name in CHECKED],
        out=out,
    )


@app.command()
def exceptions(
    edition: EditionArgument = None, fmt: FormatOption = None, out: OutOption = None
) -> None:
    """List the industries that were judged against their score, each with measures and reason."""
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.editions.targets.traded_types import judged_exceptions

    opened = open_edition(edition)
    table = judged_exceptions(opened)
    render(
        _rows(table),
        fmt,
        title=f"Edition {opened.key}: {len(table)} judged exceptions to the traded rule",
        headings=[Heading(str(name)) for name in table.columns],
        out=out,
    )


@app.command()
def types(edition: EditionArgument = None, fmt: FormatOption = None, out: OutOption = None) -> None:
    """Count industries and jobs by type (the scores alone), kind (as clustered) and buyer."""
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.editions.targets.traded_types import type_counts

    opened = open_edition(edition)
    table = type_counts(opened)
    if table.empty:
        raise EditionError(
            f"edition {opened.key} was built before industries had a type",
            hint="`clusteratlas build --data DIR --out EDITION` makes one that has them",
        )
    units = {"jobs": "jobs", "share": "share", "wage": "thousand USD"}
    render(
        _rows(table),
        fmt,
        title=f"Edition {opened.key}: industries by type, kind and buyer",
        headings=[Heading(str(name), units.get(str(name))) for name in table.columns],
        out=out,
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with None for what is not known."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]
