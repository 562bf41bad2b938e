"""What a review answers: objections to the set, and the checklist of its clusters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusteratlas.analysis.scores.checklist import COLUMNS, checklist
from clusteratlas.editions.definitions.scoring import recipe_of
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.editions.flow.judgments import objections_to
from clusteratlas.editions.flow.step import table
from clusteratlas.errors import InputError
from clusteratlas.vocabulary.keys import industry_key
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.tables.clusters import FAMILY_LEVEL


@table(over="sets")
def objections(
    set_settings: Mapping[str, Any],
    set_key: str,
    memberships: pd.DataFrame,
    naics: DataFile,
    county_employment: DataFile,
    recipe_parts: pd.DataFrame,
) -> pd.DataFrame:
    """Objections to a reviewed set that were considered, each with its answer.

    In an edition of another NAICS than the recipe is written in there are none: they were about the
    clusters of that one.

    Raises
    ------
    InputError
        If one is about an industry that is in no cluster, or does not say what the set does: a
        changed one must be in the cluster of its anchor, another one must not.
    """
    cluster_of = dict(zip(memberships["naics"], memberships["cluster"], strict=True))
    rows = []
    for one in objections_to(set_settings) if recipe_parts.empty else []:
        for code in (one.naics, *([one.with_] if one.with_ else [])):
            if code not in cluster_of:
                raise InputError(f"the objection to {one.naics} names {code}, which is nowhere")
        target = cluster_of[one.with_] if one.with_ else None
        there = target == cluster_of[one.naics]
        if there != (one.decision == "changed"):
            place = f"the cluster of {one.with_}" if one.with_ else "the cluster of an anchor"
            raise InputError(
                f"the objection to {one.naics} is {one.decision}, and the industry is "
                f"{'' if there else 'not '}in {place}",
                hint="change the decision, or the review",
            )
        rows.append(
            {
                "definition": set_key,
                "naics": one.naics,
                "cluster": cluster_of[one.naics],
                "proposed": one.proposed,
                "anchor": one.with_,
                "target": target,
                "decision": one.decision,
                "reason": one.reason.strip(),
            }
        )
    found = pd.DataFrame(rows, columns=list(TABLES["objections"].names))
    codes = found["naics"].astype("string")
    key = industry_key(naics.vintage, codes)
    return found.assign(industry=key, source=county_employment.key)


@table(over="sets")
def findings(
    set_settings: Mapping[str, Any],
    base_settings: Mapping[str, Any],
    memberships: pd.DataFrame,
    clusters: pd.DataFrame,
    name_checks: pd.DataFrame,
    objections: pd.DataFrame,
) -> pd.DataFrame:
    """Run the checklist over every cluster of a reviewed set; see :func:`checklist`."""
    if set_settings["method"] != REVIEW:
        return pd.DataFrame(columns=list(COLUMNS))
    traded = memberships[memberships["traded"]]
    inner = traded.dropna(subset=["subcluster"]).drop_duplicates("subcluster")
    parents = dict(zip(inner["subcluster"], inner["cluster"], strict=True))
    # Members and names of families are those of their clusters, and local clusters are declared.
    asked = clusters[(clusters["kind"] == "traded") & (clusters["level"] != FAMILY_LEVEL)]
    known = asked.set_index("key")[["level", "industries", "stability", "jaccard"]]
    named = name_checks.join(known, how="inner").rename_axis("key").reset_index()
    moved = traded.dropna(subset=["moved_because"])
    answers = {
        **dict(zip(moved["naics"], moved["moved_because"], strict=True)),
        **dict(zip(objections["naics"], objections["reason"], strict=True)),
    }
    found = checklist(
        named.assign(parent=named["key"].map(parents)),
        traded,
        delta=recipe_of(base_settings).delta,
        answers=answers,
    )
    return found.assign(what=found["what"].fillna(""))
