"""Where figures come from and how they hold: the files read, and sets tried on other vintages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.editions.definitions.scoring import scores_of_set
from clusteratlas.editions.flow.files import DataFile, RecipeFiles
from clusteratlas.editions.flow.step import table
from clusteratlas.editions.flow.user_sets import Supplied, user_set_rows
from clusteratlas.vocabulary.arrays import IntArray
from clusteratlas.vocabulary.tables import TABLES


@table(over="sets", fixed=["vintage_linkages"], keep=True)
def evaluations(
    set_settings: Mapping[str, Any],
    set_key: str,
    memberships: pd.DataFrame,
    judged_vintages: Mapping[str, IntArray],
    vintage_linkages: Mapping[str, Linkages],
) -> pd.DataFrame:
    """Scores of each set on each vintage of a recipe's ``evaluation``.

    A derived set is built on each vintage and scored on each; of a reviewed set the judged moves
    are made there, too, and they were judged by one who had seen all data. Every set is also scored
    on each as it is in the edition; that is neither in nor out of sample, since the recipe's own
    files are in part those of the vintages.
    """
    columns = list(TABLES["evaluations"].names)
    if not vintage_linkages:
        return pd.DataFrame(columns=columns)
    own = memberships[memberships["traded"]]
    of = {str(c): str(k) for c, k in zip(own["naics"], own["cluster"], strict=True)}
    built = {name: [str(g) for g in groups] for name, groups in judged_vintages.items()}
    found = scores_of_set(set_settings, of, vintage_linkages, built)
    return found.assign(definition=set_key).reindex(columns=columns)


@table()
def sources(
    recipe_files: RecipeFiles,
    user_sets: Mapping[str, Supplied],
    naics: DataFile,
    curated_tables: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    """Every file that the edition was computed from; those of its vintages are not defining."""
    own = pd.DataFrame(recipe_files.rows(evaluation=True))
    given = user_set_rows(user_sets.values(), naics.vintage)
    return pd.concat([own, given, curated_tables["sources"]], ignore_index=True)
