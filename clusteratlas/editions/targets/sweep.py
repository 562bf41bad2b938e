"""Many candidate definitions, each built and scored on every vintage: a frontier, not a number.

The table of the shipped recipe is ``recipes/us-2021-candidates.csv``: the columns of :func:`sweep`,
and ``shipped``, true for the candidate that is the set ``algorithm``.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import partition_by_recipe, weighted_similarity
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import COMBINED, Linkages
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.analysis.stability.resampling import (
    AreaLevels,
    cluster_jaccard,
    resampled_similarity,
)
from clusteratlas.editions.definitions.scoring import score_across, set_scores
from clusteratlas.editions.flow.cache import Cache, key_of
from clusteratlas.editions.flow.threads import hold_to_one_thread
from clusteratlas.errors import AnalysisError
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.arrays import FloatArray

CLUSTERS = (38, 42, 46, 50, 54, 58)
FEW = (46,)
MIDDLE = 46
COMMUNITIES = (
    ("leiden", 0.2),
    ("leiden", 0.3),
    ("leiden-modularity", 5.0),
    ("leiden-modularity", 8.0),
    ("louvain", 6.0),
)
LOCATION = (1.0, 1.3)
PRIORS = (0.2, 0.4)
GRAPHS = (16, 24)
LEVELS = ("lc_emp", "lc_est")
ROOTS = ("lc_emp_root", "lc_est_root")
MAIN = "main"
"""Name of the recipe's own linkages beside those of its vintages."""
STEADY = 0.75
"""Smallest median Jaccard of a candidate that may be chosen: *stable* in Hennig's words."""
GRAIN = 1.5
"""Points of VS4 that say nothing: neighboring settings differ by as much."""


@dataclass(frozen=True)
class Trial:
    """Data on which candidates are tried."""

    main: Linkages
    """As the recipe has them: their areas are resampled."""
    levels: Mapping[str, AreaLevels]
    """What the co-location matrices of ``main`` are computed from."""
    others: Mapping[str, Linkages]
    """The same industries by vintage; two or more."""
    runs: int = 5
    """Resamples of the areas for each balanced candidate."""
    seed: int = 1


@dataclass(frozen=True)
class _Unit:
    """Candidates that share one similarity, so that it is computed once."""

    number: int
    recipes: tuple[Recipe, ...]


def sweep_candidates(base: Recipe) -> list[Recipe]:
    """List the candidates of a sweep: inputs x methods x numbers of clusters.

    Inputs: co-location over levels or their square roots and its weight, z-scores or ranks, the
    weight of the NAICS prior (none, for ranks and co-location at weight 1), hub correction (of
    z-scores and co-location at weight 1). Input-output links and occupations weigh 1. Methods:
    Ward, k-means and spectral (two graphs) at each number of clusters, complete linkage and
    k-median at one; leiden and leiden by modularity at two resolutions, Louvain at one; consensus
    and label propagation once. Other choices are those of ``base``.

    Returns
    -------
    Recipes, those with the same similarity together.
    """
    found = []
    places, priors = (ROOTS, LEVELS), PRIORS
    inputs = [(*one, False) for one in product(places, ("rank", "z"), LOCATION, priors)]
    inputs += [(located, "rank", 1.0, 0.0, False) for located in places]
    inputs += [(located, "z", 1.0, priors[0], True) for located in places]
    for located, transform, weight, prior, hubs in inputs:
        weights = {**dict.fromkeys(located, weight), "io": 1.0, "occ": 1.0, "naics": prior}
        same = replace(
            base,
            weights=weights,
            transform=transform,
            hubs_removed=hubs,
            resolution=0.0,
            clusters=MIDDLE,
            neighbors=GRAPHS[-1],
            trials=1,
        )
        for clusters in CLUSTERS:
            at = replace(same, clusters=clusters)
            found.append(replace(at, method="ward"))
            found.append(replace(at, method="k-means"))
            found += [replace(at, method="spectral", neighbors=n) for n in GRAPHS]
        for clusters in FEW:
            at = replace(same, clusters=clusters)
            found += [replace(at, method=method) for method in ("complete", "k-median")]
        for method, resolution in COMMUNITIES:
            found.append(replace(same, method=method, resolution=resolution))
        found.append(replace(same, method="label-propagation"))
        found.append(replace(same, method="consensus"))
    return found


def sweep(
    recipes: Sequence[Recipe],
    trial: Trial,
    *,
    processes: int = 1,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Build each candidate on each vintage, score it on the others, and resample its areas.

    The table does not depend on the number of processes. A candidate that cannot be built (more
    clusters than industries) has missing figures.

    Parameters
    ----------
    recipes
        Candidates.
    trial
        Data on which they are tried.
    processes
        How many at the same time.
    cache
        Folder that keeps finished candidates, so that an interrupted sweep goes on.

    Returns
    -------
    One row per candidate, in their order; columns

    - candidate, inputs (number of the similarity that it shares with others), choices (the main
      ones in words), method, wanted (clusters asked for), resolution, neighbors, transform,
      hubs_removed, trials and ``weight_...`` of each matrix; what is not among them is the base
      recipe's;
    - ``vs4_<built on>_<scored on>`` and ``distinct_...`` for each pair of vintages, out of sample
      only, and worst, the smallest of the former (percent);
    - ``in_<matrix>`` and in_vs4: scores in sample, of the set that ``main`` gives on ``main``;
    - clusters, largest, singletons (the largest over ``main`` and the vintages), effective_number
      (the smallest), balanced (in all of them);
    - makers_in_trade: manufacturers of ``main`` (NAICS 31-33) in a cluster in which half of the
      industries or more are wholesalers (42);
    - agreement: adjusted mutual information of the sets of the first two vintages;
    - jaccard: median over the clusters of the mean Jaccard under resampled areas of ``main``;
      missing where the candidate is not balanced;
    - pareto, see :func:`pareto`; chosen, see :func:`chosen`.
    """
    told = progress or Silent()
    units = _units(recipes)
    data = _digest(trial)
    rows: dict[int, dict[str, Any]] = {}
    told.start("sweep", len(recipes))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        max(processes, 1), context, initializer=_begin, initargs=(trial, data, cache)
    ) as pool:
        waiting = {pool.submit(_run, unit): unit for unit in units}
        for done in as_completed(waiting):
            unit = waiting[done]
            for offset, row in enumerate(done.result()):
                rows[unit.number + offset] = row
            told.advance(len(unit.recipes))
    told.finish(f"{len(recipes):,} candidates")
    inputs = {u.number + i: k for k, u in enumerate(units) for i in range(len(u.recipes))}
    table = pd.DataFrame([{"candidate": i, "inputs": inputs[i], **rows[i]} for i in sorted(rows)])
    best = chosen(table)
    return table.assign(pareto=pareto(table), chosen=table["candidate"] == best)


def pareto(table: pd.DataFrame) -> pd.Series:
    """Mark the balanced candidates that no other balanced one beats.

    One beats another if it is at least as good in worst, effective_number and jaccard, and better
    in one of them.
    """
    goals = table[["worst", "effective_number", "jaccard"]].to_numpy(dtype=float)
    able = table["balanced"].to_numpy(dtype=bool)
    best = np.zeros(len(table), dtype=bool)
    for i in np.flatnonzero(able):
        as_good = able & (goals >= goals[i]).all(axis=1)
        best[i] = not (as_good & (goals > goals[i]).any(axis=1)).any()
    return pd.Series(best, index=table.index)


def allowed(table: pd.DataFrame) -> pd.Series[bool]:
    """Which candidates may be shipped: steady ones whose score is as good as the best.

    Balanced, with a jaccard of :data:`STEADY` or more, and a worst score out of sample within
    :data:`GRAIN` of the best of such.
    """
    able = table["balanced"].astype(bool) & (table["jaccard"] >= STEADY)
    close: pd.Series[bool] = table["worst"] >= table.loc[able, "worst"].max() - GRAIN
    return able & close


def chosen(table: pd.DataFrame) -> int | None:
    """Choose one candidate by a rule that asks for steadiness.

    Of the :func:`allowed` ones the steadiest, the first of equal ones. None where there is none.
    """
    close = table[allowed(table)]
    if close.empty:
        return None
    first = int(np.argmax(close["jaccard"].to_numpy(dtype=float)))
    return int(close["candidate"].to_numpy()[first])


def _units(recipes: Sequence[Recipe]) -> list[_Unit]:
    units: list[_Unit] = []
    last: tuple[Any, ...] | None = None
    group: list[Recipe] = []
    for number, recipe in enumerate(recipes):
        inputs = (
            *sorted(recipe.weights.items()),
            recipe.transform,
            recipe.cap,
            recipe.hubs_removed,
        )
        if group and inputs != last:
            units.append(_Unit(number - len(group), tuple(group)))
            group = []
        group.append(recipe)
        last = inputs
    if group:
        units.append(_Unit(len(recipes) - len(group), tuple(group)))
    return units


def _digest(trial: Trial) -> str:
    digest = hashlib.sha256(f"{trial.runs} {trial.seed}".encode())
    for name, linkages in sorted({"": trial.main, **trial.others}.items()):
        digest.update(f"{name} {linkages.digest()}".encode())
    for name, levels in sorted(trial.levels.items()):
        digest.update(f"{name} {levels.areas}".encode())
        digest.update(np.ascontiguousarray(levels.levels).tobytes())
    return digest.hexdigest()


_STATE: dict[str, Any] = {}
"""What each process is given once."""


def _begin(trial: Trial, data: str, cache: Path | None) -> None:
    # One thread each: processes share the cores, and sums keep their order.
    _STATE.update(trial=trial, data=data, cache=Cache(cache), limit=hold_to_one_thread())


def _run(unit: _Unit) -> list[dict[str, Any]]:
    texts = [json.dumps(recipe.to_dict(), sort_keys=True) for recipe in unit.recipes]
    name = "sweep-" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]

    def compute() -> pd.DataFrame:
        return pd.DataFrame(_candidates(unit.recipes, _STATE["trial"]))

    key = key_of([name, _STATE["data"], texts], ("analysis", "editions"))
    kept = _STATE["cache"].get(name, key, compute)
    return [{str(k): v for k, v in row.items()} for row in kept.to_dict("records")]


def _candidates(recipes: Sequence[Recipe], trial: Trial) -> list[dict[str, Any]]:
    every = {MAIN: trial.main, **trial.others}
    similar = {name: weighted_similarity(linkages, recipes[0]) for name, linkages in every.items()}
    draw = resampled_similarity(trial.main, trial.levels, recipes[0], seed=trial.seed)
    drawn = [draw(b) for b in range(trial.runs)]
    rows = []
    for recipe in recipes:
        row = choices_of(recipe)
        try:
            built = {
                name: list(partition_by_recipe(similar[name], linkages.codes, recipe)[0].labels)
                for name, linkages in every.items()
            }
        except AnalysisError:
            rows.append({**row, "balanced": False})
            continue
        own = built.pop(MAIN)
        row |= _summary(score_across(built, trial.others), set_scores(trial.main, own))
        row["makers_in_trade"] = makers_in_trade(own, trial.main.codes)
        row["jaccard"] = float("nan")
        if row["balanced"]:
            row["jaccard"] = _jaccard(own, drawn, trial.main.codes, recipe)
        rows.append(row)
    return rows


def makers_in_trade(labels: Sequence[str], codes: Sequence[str]) -> int:
    """Count the manufacturers in clusters of which half or more are wholesalers."""
    sector = pd.Series([code[:2] for code in codes])
    trade = sector.eq("42").groupby(np.asarray(labels)).transform("mean")
    return int((sector.isin(["31", "32", "33"]) & (trade >= 0.5)).sum())


def supply_candidates(base: Recipe) -> list[Recipe]:
    """List the candidates on which ways of making input-output links are compared.

    The base recipe with spectral clustering at each number of clusters and on both graphs:
    differences of single candidates are noise.
    """
    same = replace(base, method="spectral", resolution=0.0, trials=1)
    return [replace(same, clusters=c, neighbors=n) for c in CLUSTERS for n in GRAPHS]


def choices_of(recipe: Recipe) -> dict[str, Any]:
    """Give the choices of a candidate as the table of a sweep has them."""
    all_of_them = recipe.to_dict()
    names = ("method", "clusters", "resolution", "neighbors", "transform", "hubs_removed", "trials")
    kept = {"wanted" if k == "clusters" else k: all_of_them[k] for k in names}
    weights = {
        k: float(recipe.weights.get(k, 0.0)) for k in (*LEVELS, *ROOTS, "io", "occ", "naics")
    }
    located = "roots" if weights[ROOTS[0]] else "levels"
    parts = [
        f"{located} {max(weights[k] for k in (*LEVELS, *ROOTS)):g}",
        f"prior {weights['naics']:g}",
        "ranks" if recipe.transform == "rank" else "z-scores",
        *(["hubs removed"] if recipe.hubs_removed else []),
        *([f"{recipe.neighbors} neighbors"] if recipe.method == "spectral" else []),
        f"resolution {recipe.resolution:g}" if recipe.resolution else f"{recipe.clusters} clusters",
    ]
    return {"choices": ", ".join(parts), **kept, **{f"weight_{k}": v for k, v in weights.items()}}


def _jaccard(
    own: Sequence[str], drawn: Sequence[FloatArray], codes: Sequence[str], recipe: Recipe
) -> float:
    """Median over the clusters of their mean Jaccard, each run seeded as in the bootstrap."""
    runs = [
        ordered_labels(
            partition_by_recipe(similar, codes, replace(recipe, seed=recipe.seed + 1 + b))[0].labels
        )
        for b, similar in enumerate(drawn)
    ]
    return float(np.median(list(cluster_jaccard(own, np.stack(runs)).values())))


def _summary(scores: pd.DataFrame, own: Mapping[str, Any]) -> dict[str, Any]:
    out = scores[scores["out_of_sample"]]
    pairs = out["built_on"] + "_" + out["scored_on"]
    return {
        **{f"vs4_{p}": float(v) for p, v in zip(pairs, out["vs4"], strict=True)},
        **{f"distinct_{p}": float(v) for p, v in zip(pairs, out["vs4_distinct"], strict=True)},
        "worst": float(out["vs4"].min(skipna=False)),
        **{f"in_{name}": float(own[name]) for name in (*COMBINED, "vs4")},
        "clusters": int(own["clusters"]),
        "largest": int(max(scores["largest"].max(), own["largest"])),
        "singletons": int(max(scores["singletons"].max(), own["singletons"])),
        "effective_number": float(min(scores["effective_number"].min(), own["effective_number"])),
        "balanced": bool(scores["balanced"].all()) and bool(own["balanced"]),
        "agreement": float(out["agreement"].min()),
    }
