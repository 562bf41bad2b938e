"""``clusteratlas cypher``: one statement of the user's own."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from clusteratlas.cli.options import (
    AskedEditionOption,
    ClusterFileOption,
    RankAmongOption,
    RankedAmong,
    RegionFileOption,
    StoreOption,
    opened,
)
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import FormatOption, Heading, OutOption, render
from clusteratlas.errors import InputError


def cypher_command(
    text: Annotated[str, typer.Argument(help="The statement; `-` reads it from standard input.")],
    write: Annotated[
        bool, typer.Option("--write", help="Let the statement change the graph.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Give at most so many rows.")] = 1000,
    timeout: Annotated[
        float, typer.Option(min=0.001, help="Give up after so many seconds.")
    ] = 60.0,
    param: Annotated[
        list[str] | None,
        typer.Option(
            metavar="K=V",
            help="Value of $K. Read as JSON where it is JSON (3, true, [1, 2], '\"325414\"'), "
            "else as text. May be repeated.",
        ),
    ] = None,
    store: StoreOption = None,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    edition: AskedEditionOption = None,
    fmt: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Run a Cypher statement. It may only read, unless --write is given.

    $edition is the edition of --edition where the statement has it and no --param gives it.
    """
    statement = sys.stdin.read() if text == "-" else text
    params = parse_params(param or ())
    opening = (store, region_file, rank_among, cluster_file, edition)
    with opened(*opening, read_only=not write) as atlas:
        if edition is not None:
            params.setdefault("edition", edition)
        found = atlas.cypher(statement, params, write=write, limit=limit, timeout=timeout)
    for warning in found.warnings:
        say(f"warning: {warning}", err=True)
    if write and not found.columns:
        say("done", err=True)
        return
    notes = (f"the first {limit} rows: --limit gives more",) if found.truncated else ()
    render(found.rows, fmt, headings=[Heading(c) for c in found.columns], notes=notes, out=out)


def parse_params(pairs: Sequence[str]) -> dict[str, Any]:
    """Read ``K=V`` pairs.

    Raises
    ------
    InputError
        If one has no ``=`` or no name.
    """
    params: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise InputError(
                f"--param {pair!r} is not of the form K=V", hint="for example --param naics=325414"
            )
        try:
            params[name] = json.loads(value)
        except ValueError:
            params[name] = value
    return params
