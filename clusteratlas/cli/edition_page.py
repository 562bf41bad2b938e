"""Reference page of the shipped edition: every figure on it is read from the edition's tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL

if TYPE_CHECKING:
    import pandas as pd

    from clusteratlas.editions.store.edition import Edition

_MATRICES = ("lc_emp", "lc_est", "io", "occ", "coi", "combined")

_READING = """\
A score is the mean of four shares, in percent: of clusters, and of industries, that are more
related within than to the other clusters on average, and than to 95 % of them (Delgado, Porter &
Stern 2016). The scores are *in sample*: the same matrices built the sets. A giant cluster with many
single ones around it can raise them, so read them beside the sizes. Where many industries share one
occupation profile or one input-output sector, Occ and IO are near 100 by construction: the rows
*distinct* leave such pairs out."""

_LABELS = """\
The thresholds of the traded score were fitted once to the labels of the published benchmark
definitions, and the judged exceptions in the recipe were chosen where rule and labels differ: both
have seen those labels. The grouping is not computed from the published set, but its recipe was
picked by hand among well over a hundred settings, with the published set's scores and a minimum of
agreement with it as thresholds: margins over it are optimistic. The set `reviewed` adds judged
moves, each with its reason and the relatedness before and after (table `outliers`)."""


_NAMES = """\
What people call clusters of the default set, in `find` and in every question; one and many (`chip`,
`chips`) are the same name. A name of several clusters asks which one is meant. A local cluster is
meant where the words say local (`local restaurants`); else the answer is an error that names it."""


def edition_page() -> str:
    """Give the page of the shipped edition."""
    from clusteratlas.editions.store.edition import open_edition

    edition = open_edition()
    parts = [
        f"# The shipped edition: {edition.key}",
        "Rebuilt from the publishers' files, to the same digest, by "
        "`clusteratlas build --data DIR --out EDITION`.\n\n"
        f"Digest `{edition.digest}`.",
        "## Sets of definitions",
        _table(*_definitions(edition)),
        "## Validation scores",
        _READING,
        _table(*_scores(edition)),
        "## Traded and local",
        _LABELS,
        _table(*_kinds(edition)),
        "## Traded clusters of the default set",
        _table(*_clusters(edition)),
        *names_section(edition),
        "## Files",
        _table(*_files(edition)),
    ]
    return "\n\n".join(parts)


def _definitions(edition: Edition) -> tuple[Sequence[str], list[Sequence[str]]]:
    heads = (
        "set",
        "method",
        "traded clusters",
        "local",
        "largest",
        "singletons",
        "effective number",
    )
    counts = ("traded_clusters", "local_clusters", "largest", "singletons")
    rows: list[Sequence[str]] = []
    for row in edition.table("definitions").to_dict("records"):
        name = f"`{row['name']}`" + (" (default)" if row["is_default"] else "")
        figures = [str(row[c]) for c in counts]
        rows.append([name, str(row["title"]), *figures, f"{row['effective_number']:.1f}"])
    return heads, rows


def _scores(edition: Edition) -> tuple[Sequence[str], list[Sequence[str]]]:
    from clusteratlas.analysis.scores.validation import mean_validation_score

    names = edition.table("definitions").set_index("key")["name"].to_dict()
    scores = edition.table("scores")
    rows: list[Sequence[str]] = []
    for (key, pairs), group in scores.groupby(["definition", "pairs"]):
        by_matrix = group.set_index("matrix")["vs"]
        four = mean_validation_score(group, str(pairs))
        values = [f"{by_matrix[m]:.1f}" for m in _MATRICES]
        rows.append([f"`{names[str(key)]}`", str(pairs), f"{four:.1f}", *values])
    return ("set", "pairs", "VS4", *_MATRICES), rows


def _kinds(edition: Edition) -> tuple[Sequence[str], list[Sequence[str]]]:
    from clusteratlas.analysis.traded.industry_types import count_kinds

    industries = edition.table("industries")
    counts = count_kinds(industries[industries["kind"].notna()]).sort_index()
    rows: list[Sequence[str]] = [
        [str(row.Index), str(row.industries), f"{row.jobs:,}"] for row in counts.itertuples()
    ]
    return ("kind", "six-digit industries", "jobs"), rows


def _clusters(edition: Edition) -> tuple[Sequence[str], list[Sequence[str]]]:
    clusters = edition.table("clusters")
    sets = edition.table("definitions")
    default = sets.loc[sets["is_default"].astype(bool), "key"].iloc[0]
    shown = clusters[
        (clusters["definition"] == default)
        & (clusters["kind"] == "traded")
        & (clusters["level"] == CLUSTER_LEVEL)
    ]
    largest = _largest_members(edition)
    rows: list[Sequence[str]] = [
        [
            str(row["name"]),
            f"`{row['id']}`",
            str(row["industries"]),
            f"{int(row['jobs']):,}",
            f"{row['wcr']:.2f}",
            "; ".join(largest[str(row["key"])]),
        ]
        for row in shown.sort_values("name").to_dict("records")
    ]
    return ("cluster", "id", "industries", "jobs", "relatedness within", "largest members"), rows


def names_section(edition: Edition) -> list[str]:
    """Give the section of the names that people use; none of an edition without them."""
    sets = edition.table("definitions")
    default = sets.loc[sets["is_default"].astype(bool), "key"].iloc[0]
    aliases = edition.table("aliases")
    own = aliases[aliases["definition"] == default].sort_values(["alias", "rank"])
    if own.empty:
        return []
    names = edition.table("clusters").set_index("key")["name"]
    meanings = own["cluster"].map(names).groupby(own["alias"]).agg(" *or* ".join)
    called = meanings.index.to_series().groupby(meanings).agg(", ".join).sort_index()
    rows = [(str(means), str(names)) for means, names in called.items()]
    return ["## Names that people use", _NAMES, _table(("means", "called"), rows)]


def _largest_members(edition: Edition) -> dict[str, list[str]]:
    industries = edition.table("industries").set_index("key")[["title", "jobs"]]
    members = edition.table("memberships").join(industries, on="industry")
    ordered: pd.DataFrame = members.sort_values(["jobs", "naics"], ascending=[False, True])
    return {str(k): [str(t) for t in g["title"].head(3)] for k, g in ordered.groupby("cluster")}


def _files(edition: Edition) -> tuple[Sequence[str], list[Sequence[str]]]:
    rows: list[Sequence[str]] = [
        [
            f"`{row['key']}`",
            *(str(row[c]) for c in ("title", "publisher", "licence")),
            f"`{str(row['sha256'])[:12]}`",
        ]
        for row in edition.table("sources").to_dict("records")
    ]
    return ("file", "title", "publisher", "licence", "SHA-256 begins"), rows


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)
