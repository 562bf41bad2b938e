"""``clusteratlas edition``: look into editions, check them, compare them, take tables out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.options import (
    ClusterFileOption,
    EditionArgument,
    QuietOption,
    RankAmongOption,
    RankedAmong,
    RegionFileOption,
)
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import Format, FormatOption, Heading, OutOption, render
from clusteratlas.errors import EditionError, InputError

if TYPE_CHECKING:
    from clusteratlas.editions.store.edition import Edition

app = typer.Typer(
    cls=LightGroup, help="Show, check, compare and export editions.", no_args_is_help=True
)

TABLE_HEADINGS = (Heading("table"), Heading("rows"), Heading("bytes", "bytes"), Heading("note"))


def table_rows(edition: Edition) -> list[dict[str, Any]]:
    """One row per table of an edition: its name, size and meaning."""
    from clusteratlas.vocabulary.tables import TABLES

    facts = edition.manifest["tables"]
    return [
        {
            "table": name,
            "rows": facts[name]["rows"],
            "bytes": facts[name]["bytes"],
            "note": table.note,
        }
        for name, table in TABLES.items()
        if name in facts
    ]


@app.command("show")
def show_edition(
    edition: EditionArgument = None, fmt: FormatOption = None, out: OutOption = None
) -> None:
    """Show what an edition holds, and what it was made with."""
    from clusteratlas.editions.store.edition import open_edition

    opened = open_edition(edition)
    render(
        table_rows(opened),
        fmt,
        title=f"Edition {opened.key}, built with clusteratlas {opened.manifest['package']}",
        headings=TABLE_HEADINGS,
        notes=(f"folder {opened.path}", f"digest {opened.digest}"),
        out=out,
    )


@app.command("verify")
def verify_edition(
    edition: EditionArgument = None, fmt: FormatOption = None, out: OutOption = None
) -> None:
    """Check every table against the manifest. Exit code 6 if something is wrong."""
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.editions.store.verify import verify

    opened = open_edition(edition)
    problems = verify(opened)
    columns = [Heading("table"), Heading("problem")]
    if not problems:
        sound = f"edition {opened.key} is what its manifest says"
        render([], fmt, title="Problems", headings=columns, notes=(sound,), out=out)
        return
    render(problems, fmt, title="Problems", headings=columns, out=out)
    raise EditionError(
        f"{opened.path} is not what its manifest says: {len(problems)} problems",
        hint="build it again, or install the package again if it is the shipped one",
    )


@app.command("diff")
def compare_editions(
    old: Annotated[
        str, typer.Argument(help="Folder of an edition, or the name of the shipped one.")
    ],
    new: Annotated[str, typer.Argument(help="Folder of the edition to compare it with.")],
    rows: Annotated[
        bool, typer.Option("--rows", help="Name each row that was added, removed or changed.")
    ] = False,
    fmt: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Compare two editions: parameters, files, tables, and which industries changed cluster."""
    from clusteratlas.editions.store.diff import diff
    from clusteratlas.editions.store.edition import open_edition

    before, after = open_edition(old), open_edition(new)
    found = diff(before, after, rows=rows)
    note = f"{len(found)} differences" if found else "both editions have the same content"
    columns = [Heading(name) for name in ("where", "what", "before", "after")]
    title = f"{before.path} -> {after.path}"
    render(found, fmt, title=title, headings=columns, notes=(note,), out=out)


@app.command("extend")
def extend(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write it into.")],
    edition: EditionArgument = None,
    region_file: RegionFileOption = None,
    rank_among: RankAmongOption = RankedAmong.ea,
    cluster_file: ClusterFileOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write an edition with regions and clusters of your own in it.

    Regions are sums of their counties, clusters of their industries. `clusteratlas load DIR --store
    URL` loads it, in the place of the edition that it was made from; all questions then know them.
    """
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.editions.targets.extended import write_extended
    from clusteratlas.editions.wishes import Wishes

    wishes = Wishes(tuple(region_file or ()), rank_among, tuple(cluster_file or ()))
    if not wishes:
        raise InputError(
            "there is nothing to extend by",
            hint="give a file with --region-file or --cluster-file",
        )
    made = write_extended(open_edition(edition), wishes, out)
    if not quiet:
        say(f"{made.key}, extended, in {made.path}: digest {made.digest[:12]}", err=True)


@app.command("export")
def export_from_edition(
    edition: EditionArgument = None,
    table: Annotated[
        str, typer.Option("--table", help="Table to export; `edition show` names them.")
    ] = "memberships",
    definition: Annotated[
        str | None,
        typer.Option(
            help="Only this set of definitions, by name. Memberships default to the default set.",
            show_default=False,
        ),
    ] = None,
    all_columns: Annotated[
        bool, typer.Option("--all-columns", help="Memberships with all their columns.")
    ] = False,
    fmt: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Write one table of an edition, for other programs.

    Memberships have the columns naics, cluster, cluster_name and traded.
    """
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.editions.store.export import export_table
    from clusteratlas.vocabulary.tables import TABLES

    frame = export_table(
        open_edition(edition), table, definition=definition, all_columns=all_columns
    )
    fields = {f.name: f.unit for f in TABLES[table].columns}
    render(
        frame.astype(object).where(frame.notna(), None).to_dict("records"),
        fmt,
        title=TABLES[table].note,
        headings=[Heading(str(name), fields.get(str(name))) for name in frame.columns],
        out=out,
        default=Format.csv,
    )
