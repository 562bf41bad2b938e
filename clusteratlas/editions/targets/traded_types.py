"""What an edition says of traded, regional and local industries, and of the judged exceptions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.analysis.traded.industry_types import count_types
from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import EditionError

MEASURES = ["traded_score", "c50", "s5", "gini"]
"""Columns behind the kind of an industry."""


def judged_exceptions(edition: Edition) -> pd.DataFrame:
    """List the industries whose kind was judged against their score, with the reason.

    Returns
    -------
    DataFrame
        naics, title, rule (what the score says), judged, reason, traded_score, c50, s5, gini, jobs;
        sorted by judgement, reason and code.

    Raises
    ------
    EditionError
        If the manifest has no such list.
    """
    parameters = edition.manifest.get("parameters", {})
    entries = parameters.get("traded", {}).get("judged")
    if entries is None:
        raise EditionError(
            f"the manifest of edition {edition.key} lists no judged exceptions",
            hint="`clusteratlas build --data DIR --out EDITION` writes them",
        )
    rows = [(code, e["kind"], e["reason"]) for e in entries for code in e["codes"]]
    judged = pd.DataFrame(rows, columns=["naics", "judged", "reason"])
    table = six_digits(edition).assign(
        rule=lambda t: np.where(t["traded_score"] >= 0.5, "traded", "local")
    )
    columns = ["naics", "title", "rule", *MEASURES, "jobs"]
    frame = judged.merge(table[columns], on="naics", how="left", validate="one_to_one")
    order = ["naics", "title", "rule", "judged", "reason", *MEASURES, "jobs"]
    found: pd.DataFrame = frame.sort_values(["judged", "reason", "naics"])[order]
    return found.reset_index(drop=True)


def type_counts(edition: Edition) -> pd.DataFrame:
    """Count industries and jobs by type, kind and buyer; see :func:`count_types`."""
    return count_types(six_digits(edition))


def six_digits(edition: Edition) -> pd.DataFrame:
    """Six-digit industries of the edition's own NAICS that were classed."""
    table = edition.table("industries")
    found: pd.DataFrame = table[(table["level"] == 6) & table["kind"].notna()]
    return found
