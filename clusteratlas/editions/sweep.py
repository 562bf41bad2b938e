"""Many candidate definitions, each built and scored on every vintage: a frontier, not a number."""

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

from clusteratlas.analysis.definitions import Recipe, partition, similarity
from clusteratlas.analysis.linkages import Linkages
from clusteratlas.editions.evaluation import score_across
from clusteratlas.editions.steps import Steps
from clusteratlas.errors import AnalysisError
from clusteratlas.progress import Progress, Silent

CLUSTERS = (36, 40, 44, 48, 52, 56)
PRIORS = (0.0, 0.25, 0.5)
LOCATION = (1.0, 1.5)
GRAPHS = (12, 20)


@dataclass(frozen=True)
class _Unit:
    """Candidates that share one similarity, so that it is computed once."""

    number: int
    recipes: tuple[Recipe, ...]


def candidates(base: Recipe) -> list[Recipe]:
    """List the candidates of a sweep: inputs x methods x numbers of clusters.

    Inputs: z-scores and ranks, hub correction, weights of location and of the NAICS prior. Methods:
    Ward, complete, k-means, k-median, spectral (two graphs), leiden by modularity, consensus at
    each number of clusters; label propagation once. Other choices are those of ``base``.

    Returns
    -------
    Recipes, those with the same similarity together.
    """
    found = []
    inputs = product(("z", "rank"), (False, True), LOCATION, PRIORS)
    for transform, hubs, location, prior in inputs:
        if hubs and (transform == "rank" or prior == 0.5):
            continue
        weights = {"lc_emp": location, "lc_est": location, "io": 1.0, "occ": 1.0, "naics": prior}
        same = replace(
            base, weights=weights, transform=transform, hubs_removed=hubs, resolution=0.0, trials=3
        )
        for clusters in CLUSTERS:
            for method in ("ward", "complete", "k-means", "k-median"):
                found.append(replace(same, method=method, clusters=clusters))
            for neighbors in GRAPHS:
                found.append(
                    replace(same, method="spectral", clusters=clusters, neighbors=neighbors)
                )
        for method in ("leiden-modularity", "louvain", "leiden"):
            for resolution in (0.3, 0.5) if method == "leiden" else (2.0, 4.0):
                found.append(replace(same, method=method, resolution=resolution, trials=1))
        found.append(replace(same, method="label-propagation"))
        found.append(replace(same, method="consensus", clusters=44, trials=1))
    return found


def sweep(
    recipes: Sequence[Recipe],
    others: Mapping[str, Linkages],
    *,
    processes: int = 1,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Build each candidate on each vintage and score it on the others.

    The table does not depend on the number of processes. A candidate that cannot be built (more
    clusters than industries) has missing figures.

    Parameters
    ----------
    recipes
        Candidates.
    others
        Linkages of the same industries by vintage; two or more.
    processes
        How many at the same time.
    cache
        Folder that keeps finished candidates, so that an interrupted sweep goes on.

    Returns
    -------
    One row per candidate, in their order: candidate, the recipe's choices, for each pair of
    vintages ``vs4_<built on>_<scored on>`` (out of sample only) and ``distinct_...``; worst (the
    smallest of them), clusters, largest, singletons (the largest over the vintages),
    effective_number (the smallest), balanced (in every vintage), agreement (adjusted mutual
    information of the sets of the first two vintages: stability over vintages), pareto.
    """
    told = progress or Silent()
    units = _units(recipes)
    data = _digest(others)
    rows: dict[int, dict[str, Any]] = {}
    told.start("sweep", len(recipes))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        max(processes, 1), context, initializer=_begin, initargs=(dict(others), data, cache)
    ) as pool:
        waiting = {pool.submit(_run, unit): unit for unit in units}
        for done in as_completed(waiting):
            unit = waiting[done]
            for offset, row in enumerate(done.result()):
                rows[unit.number + offset] = row
            told.advance(len(unit.recipes))
    told.finish(f"{len(recipes):,} candidates")
    table = pd.DataFrame([{"candidate": i, **rows[i]} for i in sorted(rows)])
    return table.assign(pareto=pareto(table))


def pareto(table: pd.DataFrame) -> pd.Series:
    """Mark the balanced candidates that no other balanced one beats.

    One beats another if it is at least as good in worst, effective_number and agreement, and better
    in one of them.
    """
    goals = table[["worst", "effective_number", "agreement"]].to_numpy(dtype=float)
    able = table["balanced"].to_numpy(dtype=bool)
    best = np.zeros(len(table), dtype=bool)
    for i in np.flatnonzero(able):
        as_good = able & (goals >= goals[i]).all(axis=1)
        best[i] = not (as_good & (goals > goals[i]).any(axis=1)).any()
    return pd.Series(best, index=table.index)


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


def _digest(others: Mapping[str, Linkages]) -> str:
    digest = hashlib.sha256()
    for name, linkages in sorted(others.items()):
        digest.update("\n".join([name, *linkages.codes]).encode())
        for key, matrix in sorted(linkages.matrices.items()):
            digest.update(key.encode())
            digest.update(np.ascontiguousarray(matrix).tobytes())
    return digest.hexdigest()


_STATE: dict[str, Any] = {}
"""What each process is given once."""


def _begin(others: dict[str, Linkages], data: str, cache: Path | None) -> None:
    from threadpoolctl import threadpool_limits

    # One thread each: processes share the cores, and sums keep their order.
    _STATE.update(others=others, data=data, steps=Steps(cache), limit=threadpool_limits(1))


def _run(unit: _Unit) -> list[dict[str, Any]]:
    texts = [json.dumps(recipe.to_dict(), sort_keys=True) for recipe in unit.recipes]
    name = "sweep-" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]

    def compute() -> dict[str, pd.DataFrame]:
        return {"rows": pd.DataFrame(_candidates(unit.recipes, _STATE["others"]))}

    inputs = {"data": _STATE["data"], "recipes": texts}
    kept = _STATE["steps"].run(name, inputs, compute, layers=("analysis", "editions"))["rows"]
    return [{str(k): v for k, v in row.items()} for row in kept.to_dict("records")]


def _candidates(recipes: Sequence[Recipe], others: Mapping[str, Linkages]) -> list[dict[str, Any]]:
    similar = {name: similarity(linkages, recipes[0]) for name, linkages in others.items()}
    rows = []
    for recipe in recipes:
        choices = recipe.to_dict()
        weights = choices.pop("weights")
        row = {
            **{k: choices[k] for k in ("method", "clusters", "resolution", "neighbors")},
            **{k: choices[k] for k in ("transform", "cap", "hubs_removed", "delta", "seed")},
            **{f"weight_{k}": v for k, v in sorted(weights.items())},
        }
        row["wanted"] = row.pop("clusters")
        try:
            built = {
                name: list(partition(similar[name], linkages.codes, recipe)[0].labels)
                for name, linkages in others.items()
            }
        except AnalysisError:
            rows.append({**row, "balanced": False})
            continue
        rows.append({**row, **_summary(score_across(built, others))})
    return rows


def _summary(scores: pd.DataFrame) -> dict[str, Any]:
    out = scores[scores["out_of_sample"]]
    pairs = out["built_on"] + "_" + out["scored_on"]
    return {
        **{f"vs4_{p}": float(v) for p, v in zip(pairs, out["vs4"], strict=True)},
        **{f"distinct_{p}": float(v) for p, v in zip(pairs, out["vs4_distinct"], strict=True)},
        "worst": float(out["vs4"].min()),
        "clusters": int(scores["clusters"].max()),
        "largest": int(scores["largest"].max()),
        "singletons": int(scores["singletons"].max()),
        "effective_number": float(scores["effective_number"].min()),
        "balanced": bool(scores["balanced"].all()),
        "agreement": float(out["agreement"].min()),
    }
