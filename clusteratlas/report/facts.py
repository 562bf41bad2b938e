"""What the report says of the sets: recipe, candidates, scores, stability, judged moves, limits."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files
from pathlib import Path

from clusteratlas.errors import InputError
from clusteratlas.queries.draw.bars import WORDS
from clusteratlas.report.tables import Row, Tables, middle

MATRICES = {
    "lc_emp": "LC-Emp",
    "lc_est": "LC-Est",
    "io": "IO",
    "occ": "Occ",
    "coi": "COI",
    "combined": "combined",
}
"""Words of each matrix."""
FOUR = ("lc_emp", "lc_est", "io", "occ")

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
    rows = tables.rows("scores")
    for one in tables.sets:
        for row in rows:
            if row["definition"] == one["key"]:
                by_pairs = out.setdefault(one["name"], {"all": {}, "distinct": {}})
                by_pairs[row["pairs"]][row["matrix"]] = row["vs"]
    for by_pairs in out.values():
        for by_matrix in by_pairs.values():
            if all(m in by_matrix for m in FOUR):
                by_matrix["vs4"] = sum(by_matrix[m] for m in FOUR) / len(FOUR)
    return out


def evaluations_by_set(tables: Tables) -> list[Row]:
    """Scores on other vintages, in the order of the sets."""
    order = {one["key"]: i for i, one in enumerate(tables.sets)}
    rows = [{**r, "set": tables.name_of_set[r["definition"]]} for r in tables.rows("evaluations")]
    return sorted(rows, key=lambda r: (order[r["definition"]], r["built_on"], r["scored_on"]))


def stability(tables: Tables) -> Row:
    """Jaccard of the clusters, by Hennig's words, and the marks of the members."""
    known = [r for r in tables.own if r["jaccard"] is not None]
    best = sorted(known, key=lambda r: (-r["jaccard"], r["name"]))
    words = Counter(r["stability"] for r in known)
    medians = []
    for one in tables.sets:
        values = [
            float(r["jaccard"])
            for r in tables.clusters
            if r["definition"] == one["key"] and r["jaccard"] is not None
        ]
        if values:
            medians.append({"set": one["name"], "clusters": len(values), "median": middle(values)})
    traded = [m for m in tables.members if m["traded"]]
    marks = Counter(m["mark"] for m in traded)
    runs = [float(m["stability"]) for m in traded if m["stability"] is not None]
    return {
        "clusters": best,
        "words": [(w, words.get(w, 0)) for w in WORDS],
        "medians": medians,
        "median": middle([float(r["jaccard"]) for r in known]),
        "marks": [(m, marks.get(m, 0)) for m in ("core", "usual", "marginal")],
        "runs": middle(runs),
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
    """Count what limits the definitions."""
    traded = [tables.industries[m["industry"]] for m in tables.members if m["traded"]]
    ties = tables.edition.table("relatedness")
    cells = tables.edition.table("presence")
    close = [
        r for r in tables.rows("outliers") if r["definition"] == tables.base and not r["moved"]
    ]
    judged = [i for m in moves(tables) for i in m["industries"]]
    return {
        "industries": len(traded),
        "profiles": len({i["occupation_profile"] for i in traded if i["occupation_profile"]}),
        "sectors": len({i["sector"] for i in traded if i["sector"]}),
        "ties": len(ties),
        "same_sector": float(ties["same_sector"].mean()) if len(ties) else None,
        "same_profile": float(ties["same_profile"].mean()) if len(ties) else None,
        "estimated": float(cells["estimated"].mean()) if len(cells) else None,
        "close": len(close),
        "judged": len(judged),
        "judged_share": len(judged) / max(len(traded), 1),
        "lost": sum(1 for i in judged if i["after"] < i["before"]),
    }


def counts_by_type(tables: Tables) -> list[Row]:
    """Count industries and jobs by kind and type, and whom they sell to; none in older editions."""
    out: dict[tuple[str, str], Row] = {}
    for industry in tables.six.values():
        if industry["type"] is None:
            continue
        key = (industry["kind"], industry["type"])
        row = out.setdefault(
            key,
            {"kind": key[0], "type": key[1], "industries": 0, "jobs": 0, "buyers": Counter()},
        )
        row["industries"] += 1
        row["jobs"] += industry["jobs"] or 0
        row["buyers"][industry["buyer"]] += 1
    order = ("traded", "regional", "local")
    return sorted(out.values(), key=lambda r: (order.index(r["kind"]), order.index(r["type"])))
