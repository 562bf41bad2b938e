"""The reviewed set: judged moves on top of a derived one, each logged with its price."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions, grade_memberships
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.heirs import lists_of_heirs, main_heir
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.partitions import cluster_labels
from clusteratlas.analysis.scores.validation import score_table
from clusteratlas.editions.flow.judgments import METHOD, Review, judgments
from clusteratlas.editions.flow.step import step
from clusteratlas.errors import InputError
from clusteratlas.vocabulary.arrays import FloatArray

LARGEST_SHARE = 0.2
"""Share of the industries that a review may move at most: beyond it, it is another method."""


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


@step(over="sets")
def set_review(
    set_settings: Mapping[str, Any],
    traded_codes: Sequence[str],
    recipe_parts: pd.DataFrame,
    listed_codes: frozenset[str],
) -> Review:
    """List the judged moves of a reviewed set, in the codes of the edition."""
    if set_settings["method"] != METHOD:
        return ()
    judged = judgments(set_settings)
    if recipe_parts.empty:
        return judged
    return carried_review(judged, traded_codes, recipe_parts, listed_codes)


def carried_review(
    judged: Review, traded: Collection[str], parts: pd.DataFrame, known: Collection[str]
) -> Review:
    """Carry the judged moves of a review to the codes of another NAICS.

    The industries that move are those that come mostly from the judged ones; of these the ones that
    are not clustered stay out.

    Parameters
    ----------
    judged
        Moves, in order.
    traded
        Industries that are clustered.
    parts, known
        As of :func:`~clusteratlas.analysis.heirs.labels_of_heirs`.

    Raises
    ------
    InputError
        If nothing came from an industry that others move to.
    """
    lists = lists_of_heirs([judgment.codes for judgment in judged], parts, known)
    found = []
    for judgment, codes in zip(judged, lists, strict=True):
        to = judgment.to and main_heir(judgment.to, parts, known)
        if judgment.to and to not in traded:
            raise InputError(
                f"the review moves industries to that of {judgment.to}, and no traded industry "
                "of the edition came from it",
                hint="name another one there, or leave the move out",
            )
        if moving := tuple(code for code in codes if code in traded):
            found.append(replace(judgment, codes=moving, to=to))
    return tuple(found)


def open_moves(judged: Review, base: DerivedDefinitions) -> Review:
    """Leave out what a set has done already of a review that was written for another one."""
    labels = dict(zip(base.codes, base.labels, strict=True))
    found = []
    for number, judgment in enumerate(judged):
        target = f"judged-{number:02d}" if judgment.to is None else labels[judgment.to]
        moving = tuple(code for code in judgment.codes if labels[code] != target)
        labels |= dict.fromkeys(moving, target)
        if moving:
            found.append(replace(judgment, codes=moving))
    return tuple(found)


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
    parts = [base.outliers.assign(reason=None)]
    if lines:
        parts.append(pd.DataFrame(lines))
    log = pd.concat(parts, ignore_index=True)
    # Close calls of the derived set are no longer those of this one.
    log = log[log["step"] >= 0]
    for column in ("from_cluster", "to_cluster"):
        log[column] = [
            known.get(c, c if c.startswith("gone-") else f"gone-{c}") for c in log[column]
        ]
    earlier = set(base.memberships.loc[base.memberships["moved"].astype(bool), "naics"])
    table = grade_memberships(
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


def _mean(matrix: FloatArray, labels: Sequence[str], i: int, label: str) -> float:
    """Mean link of an industry to the other members of a cluster; 0 where there are none."""
    mates = [j for j, own in enumerate(labels) if own == label and j != i]
    return float(matrix[i, mates].mean()) if mates else 0.0
