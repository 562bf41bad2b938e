"""Whether there is anything to find: a recipe held against the same links, shuffled.

A clustering function finds clusters in noise, too. The test is ours: a permutation test in the
manner of Edgington 1969, on a null that keeps hubs (as the configuration model keeps degrees).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from clusteratlas.analysis.clustering.derivation import partition_by_recipe, weighted_similarity
from clusteratlas.analysis.clustering.recipes import NAICS, Recipe
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class StructureTest:
    """How far a set is above what its recipe finds in shuffled links.

    Attributes
    ----------
    margin
        Mean over the industries of the similarity to their own cluster less that to the nearest
        other one, standard deviations.
    null
        The same figure of each shuffled copy.
    """

    margin: float
    null: tuple[float, ...]

    @property
    def found(self) -> bool:
        """Whether the data are above every copy: with 19 of them, at the level of 5 %."""
        return self.margin > max(self.null)

    @property
    def strength(self) -> float:
        """Standard deviations of the copies between their mean and the data (0: all alike)."""
        spread = float(np.std(self.null))
        return (self.margin - float(np.mean(self.null))) / spread if spread > 0 else 0.0

    @property
    def note(self) -> str:
        """One line for a report."""
        verdict = "the data show clusters" if self.found else "the data show no structure"
        return (
            f"{verdict}: members are {self.margin:.2f} sd nearer to their own cluster than to the "
            f"next one, against {min(self.null):.2f} to {max(self.null):.2f} in {len(self.null)} "
            "copies with shuffled links"
        )


def structure_test(
    linkages: Linkages, recipe: Recipe, *, shuffles: int = 19, seed: int = 1
) -> StructureTest:
    """Hold a recipe against the same recipe on shuffled links.

    The NAICS prior is left out: it would be found in any data. Of the similarity of the other
    matrices each copy keeps the part that hubs explain, the least squares of ``s_ij = a_i + a_j``,
    and shuffles what is left over all pairs: who goes with whom is then chance. Data and copies are
    clustered by the recipe, outlier pass included.

    Parameters
    ----------
    linkages
        Of the traded industries alone.
    recipe
        Every choice.
    shuffles, seed
        Number of copies, and the seed of the shuffles.

    Returns
    -------
    The margin of the data and of each copy.

    Raises
    ------
    AnalysisError
        There is no copy, or the recipe weights the NAICS prior alone.
    """
    weights = {k: w for k, w in recipe.weights.items() if k != NAICS and w > 0}
    if shuffles < 1 or not weights:
        raise AnalysisError(
            "nothing to shuffle", hint="one copy or more, and a recipe that weights a linkage"
        )
    bare = replace(recipe, weights=weights)
    similar = np.round(weighted_similarity(linkages, bare), 9)
    rng = np.random.default_rng(seed)
    copies = (_shuffled(similar, rng) for _ in range(shuffles))
    found = [
        _margin(s, partition_by_recipe(s, linkages.codes, bare)[0].labels)
        for s in (similar, *copies)
    ]
    return StructureTest(found[0], tuple(found[1:]))


def _shuffled(similar: FloatArray, rng: np.random.Generator) -> FloatArray:
    n = len(similar)
    upper = np.triu_indices(n, 1)
    off = similar.copy()
    np.fill_diagonal(off, 0.0)
    # Least squares of s_ij = a_i + a_j over the pairs i != j.
    sums = off.sum(axis=1)
    part = (sums - sums.sum() / (2 * (n - 1))) / (n - 2)
    hubs = part[:, None] + part[None, :]
    mixed = np.zeros_like(similar)
    mixed[upper] = hubs[upper] + rng.permutation((off - hubs)[upper])
    return np.round(mixed + mixed.T, 9)


def _margin(similar: FloatArray, labels: Sequence[str]) -> float:
    near = cluster_relatedness(similar, labels)
    if len(near.clusters) < 2:
        return 0.0
    # One alone is 0 from itself, the mean pair, as in the outlier pass.
    own = np.nan_to_num(near.wcr, nan=0.0)
    return float((own - np.nanmax(near.others, axis=1)).mean())
