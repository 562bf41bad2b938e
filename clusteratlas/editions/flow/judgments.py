"""The reviewed set: judged moves on top of a derived one, each with its reason in the open."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions, memberships
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.partitions import cluster_labels
from clusteratlas.analysis.scores.validation import score_table
from clusteratlas.errors import InputError

METHOD = "review"
"""Method of a set that is another set with judged moves."""

LARGEST_SHARE = 0.1
"""Share of the industries that a review may move at most: beyond it, it is another method."""


@dataclass(frozen=True, slots=True)
class Judgment:
    """One judged move.

    Attributes
    ----------
    codes
        Industries that move together.
    to
        An industry of the cluster that they move to; None: they form a cluster of their own.
    reason
        Why, in one line.
    """

    codes: tuple[str, ...]
    to: str | None
    reason: str


Review = tuple[Judgment, ...]


@dataclass(frozen=True)
class Reviewed:
    """A reviewed set.

    Attributes
    ----------
    derived
        The set after the moves.
    moved
        Industries whose cluster the review changed.
    """

    derived: DerivedDefinitions
    moved: frozenset[str]


def read_review(name: str, recipe: Path | None = None) -> list[dict[str, Any]]:
    """Read the judged moves of a review file.

    Parameters
    ----------
    name
        File beside the recipe; where there is none, the packaged file of that name.
    recipe
        The recipe's own file; None for the packaged one.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    packaged = files("clusteratlas.editions") / "recipes" / name
    beside = None if recipe is None else recipe.parent / name
    path = (
        beside if beside is not None and (beside.is_file() or not packaged.is_file()) else packaged
    )
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise InputError(f"review {name} cannot be read: {exc}") from exc
    return list(raw.get("judged", []))


def judgments(settings: Mapping[str, Any]) -> Review:
    """Parse the judged moves in a set's entry of a recipe.

    Raises
    ------
    InputError
        If one lacks its codes or its reason, or has an unknown entry.
    """
    return tuple(_judgment(str(settings["file"]), entry) for entry in settings["judged"])


def _judgment(name: str, entry: Mapping[str, Any]) -> Judgment:
    unknown = sorted(set(entry) - {"codes", "with", "reason"})
    codes, reason = entry.get("codes", []), str(entry.get("reason", "")).strip()
    if unknown or not codes or not reason:
        raise InputError(
            f"review {name}: {unknown[0]!r} is no entry"
            if unknown
            else f"review {name}: the judgment of {', '.join(codes) or 'nothing'} is not whole",
            hint="each [[judged]] has codes, reason, and with (an industry of the cluster to join;"
            " left out: the codes form a cluster of their own)",
        )
    return Judgment(tuple(codes), entry.get("with"), reason)


def review(
    linkages: Linkages, base: DerivedDefinitions, judged: Review, recipe: Recipe
) -> Reviewed:
    """Make the judged moves, one after the other.

    A cluster is split by moving a part of it away, merged by moving all of it to another. Each move
    is logged with the industry's mean relatedness to its old cluster and to the new one, both at
    the time of the move and by the combined matrix, so that a reader sees what it cost.

    Parameters
    ----------
    linkages
        Of the traded industries.
    base
        The derived set.
    judged
        Moves, in order.
    recipe
        Of the derived set; its delta and core_margin mark the members.

    Returns
    -------
    The set after the moves. Its log is the base's, with the moves after those of the outlier pass
    and column ``reason`` (None for moves that nobody judged).

    Raises
    ------
    InputError
        If a judgment names an unknown industry, moves one where it is, moves one twice, or all
        together move more than :data:`LARGEST_SHARE` of the industries.
    """
    at = {code: i for i, code in enumerate(base.codes)}
    labels = list(base.labels)
    combined = linkages.matrices["combined"]
    lines: list[dict[str, Any]] = []
    step = int(base.outliers["step"].max()) + 1 if len(base.outliers) else 0
    step = max(step, 0)
    seen: set[str] = set()
    for number, judgment in enumerate(judged):
        for code in (*judgment.codes, *([judgment.to] if judgment.to else [])):
            if code not in at:
                raise InputError(f"the review names {code}, which is no traded industry here")
        if twice := sorted(seen.intersection(judgment.codes)):
            raise InputError(f"the review moves {twice[0]} twice")
        seen.update(judgment.codes)
        target = f"judged-{number:02d}" if judgment.to is None else labels[at[judgment.to]]
        moving = [at[code] for code in judgment.codes]
        idle = [base.codes[i] for i in moving if labels[i] == target]
        if idle:
            raise InputError(
                f"the review moves {idle[0]} to the cluster that it is in",
                hint="drop it from the review: the derived set has changed",
            )
        after = list(labels)
        for i in moving:
            after[i] = target
        for i in moving:
            lines.append(
                {
                    "step": step,
                    "naics": base.codes[i],
                    "from_cluster": labels[i],
                    "to_cluster": target,
                    "relatedness": _mean(combined, labels, i, labels[i]),
                    "other_relatedness": _mean(combined, after, i, target),
                    "moved": True,
                    "reason": judgment.reason,
                }
            )
            step += 1
        labels = after
    if len(seen) > LARGEST_SHARE * len(labels):
        raise InputError(
            f"the review moves {len(seen)} of {len(labels)} industries",
            hint=f"at most {LARGEST_SHARE:.0%}: change the recipe instead",
        )
    return _rebuilt(linkages, base, recipe, labels, lines, frozenset(seen))


def _rebuilt(
    linkages: Linkages,
    base: DerivedDefinitions,
    recipe: Recipe,
    labels: Sequence[str],
    lines: list[dict[str, Any]],
    seen: frozenset[str],
) -> Reviewed:
    final = cluster_labels(labels)
    known = dict(zip(labels, final, strict=True))
    log = pd.concat(
        [base.outliers.assign(reason=None), pd.DataFrame(lines)] if lines else
        [base.outliers.assign(reason=None)], ignore_index=True
    )  # fmt: skip
    # Close calls of the derived set are no longer those of this one.
    log = log[log["step"] >= 0]
    for column in ("from_cluster", "to_cluster"):
        log[column] = [
            known.get(c, c if c.startswith("gone-") else f"gone-{c}") for c in log[column]
        ]
    earlier = set(base.memberships.loc[base.memberships["moved"].astype(bool), "naics"])
    table = memberships(
        linkages,
        final,
        delta=recipe.delta,
        core_margin=recipe.core_margin,
        moved=earlier | seen,
    )
    derived = replace(
        base,
        labels=tuple(final),
        memberships=table,
        outliers=log.reset_index(drop=True),
        scores=score_table(linkages, final),
    )
    return Reviewed(derived, seen)


def _mean(matrix: np.ndarray[Any, Any], labels: Sequence[str], i: int, label: str) -> float:
    """Mean link of an industry to the other members of a cluster; 0 where there are none."""
    mates = [j for j, own in enumerate(labels) if own == label and j != i]
    return float(matrix[i, mates].mean()) if mates else 0.0
