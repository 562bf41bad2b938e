"""One set of definitions, scored on vintages of the data that did not build it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.editions.definitions.scoring import (
    cross_scores,
    derivable,
    recipe_of,
    set_scores,
)
from clusteratlas.editions.flow.judgments import METHOD as REVIEW

AS_IT_STANDS, NOT_BUILT = "recipe", "none"
"""What a set was built on: the recipe's own files, or no linkages of ours at all."""


def scores_of_set(
    settings: Mapping[str, Any], of: Mapping[str, str], others: Mapping[str, Linkages]
) -> pd.DataFrame:
    """Score one set on each vintage: as it is and, if it was derived, built on each.

    Parameters
    ----------
    settings
        Of the set in the recipe.
    of
        Its cluster of each traded industry, by code; scores are over the industries that it has.
    others
        Linkages of the traded industries by vintage.

    Returns
    -------
    Columns of ``evaluations`` but ``definition``.
    """
    built = derivable(settings) or settings["method"] == REVIEW
    rows = []
    for name, linkages in others.items():
        codes = [c for c in linkages.codes if c in of]
        scores = set_scores(linkages.subset(codes), [of[c] for c in codes])
        rows.append(
            {
                "built_on": AS_IT_STANDS if built else NOT_BUILT,
                "scored_on": name,
                "out_of_sample": None,
                "industries": len(codes),
                "agreement": None,
                **scores,
            }
        )
    out = pd.DataFrame(rows)
    if derivable(settings):
        crossed = cross_scores(recipe_of(settings), others)
        count = len(next(iter(others.values())).codes)
        out = pd.concat(
            [out.astype(object), crossed.assign(industries=count).astype(object)],
            ignore_index=True,
        )
    return out.convert_dtypes()
