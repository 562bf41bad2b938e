"""What the report says of the sets: recipe, candidates, scores, stability, judged moves, limits."""

from __future__ import annotations

import csv
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from clusteratlas.analysis.linkages.combined import COMBINED
from clusteratlas.analysis.scores.validation import mean_validation_score
from clusteratlas.analysis.scores.weak_points import weak_points
from clusteratlas.analysis.stability.summary import counted, median_of_known
from clusteratlas.analysis.traded.industry_types import count_buyers, count_types
from clusteratlas.errors import InputError
from clusteratlas.queries.draw.bars import WORDS
from clusteratlas.report.tables import Row, Tables, plain_rows

MATRICES = {
    "lc_emp": "LC-Emp",
    "lc_est": "LC-Est",
    "io": "IO",
    "occ": "Occ",
    "coi": "COI",
    "combined": "combined",
}
"""Words of each matrix."""
MARKS = ("core", "usual", "marginal")
"""Marks of a member, the surest first."""

CHOICES = {
    "method": "clustering function",
    "clusters": "clusters asked for, before the outlier pass",
    "resolution": "resolution of the community detection, in place of a number of clusters",
    "neighbors": "strongest links kept of each industry",
    "mutual": "a link is kept only if both ends keep it",
    "weights": "weight of each linkage; _root: of square roots; naics: the tree of codes, a prior",
    "transform": "how linkages are put on one scale: z (standardized) or rank (normal scores)",
    "cap": "links are cut off beyond so many standard deviations",
    "hubs_removed": "each industry's mean link is taken off its links first",
    "delta": "gain in similarity that moves an industry in the outlier pass, standard deviations",
    "largest": "clusters of that many industries take in no outliers",
    "core_margin": "margin in relatedness that makes a member core, standard deviations",
    "seed": "seed of the random steps",
    "trials": "starts, of which the best counts",
    "digits": "digits of the code that industries of one group share",
}
"""What each choice of a recipe means."""

NUMBERS = (
    "vs4_a_b",
    "vs4_b_a",
    "worst",
    "clusters",
    "largest",
    "singletons",
    "effective_number",
    "agreement",
    "jaccard",
)
TRUTHS = ("pareto", "shipped", "balanced")


def choices(tables: Tables) -> list[Row]:
    """List every choice of the set that was derived, with its meaning."""
    rows = []
    for name, value in tables.parameters[tables.base].items():
        if name in CHOICES:
            text = (
                ", ".join(f"{k} {v:g}" for k, v in sorted(value.items()))
                if isinstance(value, dict)
                else str(value)
            )
            rows.append({"name": name, "value": text, "means": CHOICES[name]})
    return sorted(rows, key=lambda r: list(CHOICES).index(r["name"]))


def read_candidates(tables: Tables, path: Path | None) -> list[Row]:
    """Read the candidates that the recipe was chosen from.

    Parameters
    ----------
    path
        CSV file as ``derive --sweep`` writes it; None for the file beside the edition's recipe,
        which need not be there.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column, or has something else for a number.

    Returns
    -------
    Those that could be built, the best in its worse direction first.
    """
    try:
        if path is None:
            name = f"{tables.edition.key}-candidates.csv"
            found = files("clusteratlas.editions") / "recipes" / name
            if not found.is_file():
                return []
            text = found.read_text("utf-8")
        else:
            text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{path} cannot be read as candidates: {exc}") from exc
    rows: list[Row] = [dict(r) for r in csv.DictReader(text.splitlines())]
    wanted = {"candidate", "method", *NUMBERS[:7]}
    if not rows or not wanted <= set(rows[0]):
        lacking = sorted(wanted - set(rows[0] if rows else ()))
        raise InputError(
            f"{path or name} lacks the columns {', '.join(lacking)}",
            hint="`clusteratlas derive --sweep` writes candidates.csv",
        )
    for row in rows:
        for number in NUMBERS:
            row[number] = _figure(row.get(number), f"{path or name}: {row['candidate']}, {number}")
        for truth in TRUTHS:
            row[truth] = str(row.get(truth, "")).lower() in {"true", "1", "yes"}
    # One that could not be built has no figures.
    built = [r for r in rows if r["worst"] is not None]
    return sorted(built, key=lambda r: (-r["worst"], r["candidate"]))


def _figure(text: str | None, where: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError as exc:
        raise InputError(f"{where}: {text!r} is not a number") from exc


def scores_by_set(tables: Tables) -> dict[str, dict[str, dict[str, float]]]:
    """Give the score of each set by pairs (all or distinct) and matrix, sets in their order."""
    out: dict[str, dict[str, dict[str, float]]] = {}
    scores = tables.frame("scores")
    for one in tables.sets:
        own = scores[scores["definition"] == one["key"]]
        if own.empty:
            continue
        by_pairs: dict[str, dict[str, float]] = {"all": {}, "distinct": {}}
        for row in plain_rows(own):
            by_pairs[row["pairs"]][row["matrix"]] = row["vs"]
        for pairs, by_matrix in by_pairs.items():
            if all(m in by_matrix for m in COMBINED):
                by_matrix["vs4"] = mean_validation_score(own, pairs)
        out[one["name"]] = by_pairs
    return out


def evaluations_by_set(tables: Tables) -> list[Row]:
    """Scores on other vintages, in the order of the sets."""
    order = {one["key"]: i for i, one in enumerate(tables.sets)}
    rows = [{**r, "set": tables.name_of_set[r["definition"]]} for r in tables.rows("evaluations")]
    return sorted(rows, key=lambda r: (order[r["definition"]], r["built_on"], r["scored_on"]))


def stability(tables: Tables) -> Row:
    """Jaccard of the clusters, by Hennig's words, and the marks of the members."""
    known = [r for r in tables.own if r["jaccard"] is not None]
    medians = []
    for one in tables.sets:
        values = [r["jaccard"] for r in tables.clusters if r["definition"] == one["key"]]
        if (middle := median_of_known(values)) is not None:
            count = sum(value is not None for value in values)
            medians.append({"set": one["name"], "clusters": count, "median": middle})
    traded = [m for m in tables.members if m["traded"]]
    return {
        "clusters": sorted(known, key=lambda r: (-r["jaccard"], r["name"])),
        "words": counted((r["stability"] for r in known), WORDS),
        "medians": medians,
        "median": median_of_known(r["jaccard"] for r in known),
        "marks": counted((m["mark"] for m in traded), MARKS),
        "runs": median_of_known(m["stability"] for m in traded),
        "bootstrap": tables.recipe.get("stability", {}),
    }


def moves(tables: Tables) -> list[Row]:
    """Judged moves of the default set, those that share a reason together, in their order.

    The clusters are named as the set under review and the default one have them.
    """
    out: list[Row] = []
    own = {m["naics"]: m["cluster_name"] for m in tables.members}
    was = {
        r["naics"]: r["cluster_name"]
        for r in tables.rows("memberships")
        if r["definition"] == tables.base
    }
    log = [r for r in tables.rows("outliers") if r["definition"] == tables.default and r["reason"]]
    for row in sorted(log, key=lambda r: (r["step"], r["naics"])):
        if not out or out[-1]["reason"] != row["reason"]:
            out.append({"reason": row["reason"], "industries": []})
        out[-1]["industries"].append(
            {
                "naics": row["naics"],
                "title": tables.six[row["naics"]]["title"],
                "was": was[row["naics"]],
                "now": own[row["naics"]],
                "before": row["relatedness"],
                "after": row["other_relatedness"],
            }
        )
    return out


def limits(tables: Tables) -> Row:
    """Say what limits the definitions, in counts and shares."""
    members, log = tables.frame("memberships"), tables.frame("outliers")
    traded = members[(members["definition"] == tables.default) & members["traded"].astype(bool)]
    shared = tables.frame("industries")[["key", "occupation_profile", "sector"]]
    found = weak_points(
        traded[["industry", "mark"]].merge(shared, left_on="industry", right_on="key"),
        tables.frame("relatedness"),
        tables.frame("presence"),
        log[log["definition"] == tables.base],
        log[(log["definition"] == tables.default) & log["reason"].fillna("").ne("")],
    )
    return asdict(found)


def counts_by_type(tables: Tables) -> list[Row]:
    """Count industries and jobs by kind and type, and whom they sell to; none in older editions."""
    return plain_rows(count_buyers(count_types(tables.classed)))
