"""``clusteratlas derive``: definitions by themselves, one set or hundreds of candidates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.options import NoCacheOption, QuietOption
from clusteratlas.cli.output.rows import FormatOption, render
from clusteratlas.errors import InputError


def derive(
    out: Annotated[Path, typer.Option("--out", help="CSV file to write; with --sweep a folder.")],
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Folder that holds the public files."),
    ] = None,
    from_store: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="In place of --data: find the communities of the ties that a store holds.",
        ),
    ] = None,
    recipe: Annotated[
        Path | None,
        typer.Option(help="TOML file with other parameters than the packaged recipe."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--set", metavar="NAME", help="A set of the recipe. Default: its default."),
    ] = None,
    sweep: Annotated[
        bool, typer.Option("--sweep", help="Try hundreds of candidates and show the frontier.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Definitions (naics, cluster) to score beside it."),
    ] = None,
    in_sample_only: Annotated[
        bool, typer.Option("--in-sample-only", help="Leave the other vintages out: faster.")
    ] = False,
    runs: Annotated[
        int,
        typer.Option(
            min=0, help="Derive it so often on resampled areas, for each cluster's Jaccard."
        ),
    ] = 0,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Candidates at the same time. Default: all cores.")
    ] = None,
    no_cache: NoCacheOption = False,
    quiet: QuietOption = False,
    fmt: FormatOption = None,
) -> None:
    """Derive cluster definitions from the public files, and score them in and out of sample.

    Out of sample: built on one vintage of the linkages and scored on another one. Read a score
    beside the largest cluster, the singletons and the effective number of clusters. Beside the
    members' file comes one with the stability of each cluster, named ...-clusters.csv.
    """
    if from_store is not None:
        from clusteratlas.cli.commands.derive_store import derive_from_store

        if data or sweep or against or in_sample_only or runs or processes or no_cache:
            raise InputError("--from-store goes with --out, --set and --recipe only")
        derive_from_store(from_store, out, recipe=recipe, name=name, quiet=quiet, fmt=fmt)
        return
    if data is None:
        raise InputError("derive needs --data or --from-store", hint="--data DIR, the public files")
    from platformdirs import user_cache_path

    from clusteratlas.editions.targets.candidates import sweep_recipe
    from clusteratlas.editions.targets.one_set import derive_set
    from clusteratlas.progress import reporting

    if sweep and (against or in_sample_only or runs):
        raise InputError("--sweep takes none of --against, --in-sample-only and --runs")
    cache = None if no_cache else user_cache_path("clusteratlas") / "build"
    with reporting(quiet=quiet) as progress:
        if sweep:
            table = sweep_recipe(
                data,
                out,
                recipe=recipe,
                name=name,
                processes=processes,
                progress=progress,
                cache=cache,
            )
        else:
            derived = derive_set(
                data,
                recipe=recipe,
                name=name,
                against=against,
                evaluate=not in_sample_only,
                runs=runs,
                progress=progress,
                cache=cache,
            )
    if sweep:
        columns = ["candidate", "method", "choices", "worst", "clusters", "largest"]
        best = table[table["pareto"]].sort_values("worst", ascending=False)
        shown = best[[*columns, "singletons", "effective_number", "jaccard", "agreement", "chosen"]]
        title = f"{len(table):,} candidates, {len(best)} on the frontier"
        render(shown.to_dict("records"), fmt, title=title, notes=(f"all of them: {out}",))
        return
    try:
        derived.members.to_csv(out, index=False, float_format="%.6g")
        beside = out.with_name(f"{out.stem}-clusters.csv")
        derived.clusters.to_csv(beside, index=False, float_format="%.6g")
    except OSError as exc:
        raise InputError(f"{out} cannot be written: {exc}") from exc
    scores = derived.scores.astype(object).where(derived.scores.notna(), None)
    render(
        scores.to_dict("records"),
        fmt,
        title=f"Definitions {derived.name}: {len(derived.members):,} industries in {out}",
        notes=derived.notes,
    )
