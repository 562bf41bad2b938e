"""``clusteratlas derive --from-store``: communities of the ties that a store holds."""

from __future__ import annotations

from pathlib import Path

from clusteratlas.cli.output.rows import Format, render
from clusteratlas.errors import InputError


def derive_from_store(
    url: str, out: Path, *, recipe: Path | None, name: str | None, quiet: bool, fmt: Format | None
) -> None:
    """Find the communities, write their members, and show how they compare with the store's set.

    Raises
    ------
    InputError
        If the store has no such set, or the file cannot be written.
    """
    from clusteratlas.analysis.scores.validation import size_balance
    from clusteratlas.graph import open_store
    from clusteratlas.progress import reporting
    from clusteratlas.queries.communities import store_communities

    with reporting(quiet=quiet) as progress, open_store(url, read_only=True) as store:
        progress.start(f"communities of the ties in {store.engine}")
        found = store_communities(store, name, recipe=recipe)
        progress.finish(f"{found.tie_count:,} ties")
        where = f"{store.engine} at {store.url}"
    try:
        found.members.to_csv(out, index=False, float_format="%.6g")
    except OSError as exc:
        raise InputError(f"{out} cannot be written: {exc}") from exc
    sizes = size_balance(list(found.members["cluster"]))
    row = {
        "set": f"{found.edition}/{found.name}",
        "method": found.method,
        "industries": len(found.members),
        "ties": found.tie_count,
        "clusters": sizes.clusters,
        "largest": sizes.largest,
        "singletons": sizes.singletons,
        "effective_number": sizes.effective_number,
        "resolution": found.resolution,
        "agreement": found.agreement,
    }
    notes = (
        f"members in {out}",
        "agreement: adjusted mutual information with the set as the store has it, which was "
        "derived from all pairs and has passed the outlier pass",
    )
    render([row], fmt, title=f"Communities of the ties in {where}", notes=notes)
