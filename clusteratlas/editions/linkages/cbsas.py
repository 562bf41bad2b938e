"""CBSAs under which the employment file publishes and which the delineation lacks."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pandas as pd

CHANGES_OF = 2020
"""Vintage of the only delineation that ``cbsa_changes.csv`` is about."""


def cbsa_changes(delineation: int = CHANGES_OF) -> pd.DataFrame:
    """CBSAs that the employment file has and the delineation lacks.

    Parameters
    ----------
    delineation
        Vintage of the delineation. There are rows for that of :data:`CHANGES_OF` alone: another
        one lacks other areas, and has some of these.

    Returns
    -------
    DataFrame
        code, name, kind, now (the code that took its place, or empty), counties, note.
    """
    path = files("clusteratlas.editions.linkages") / "cbsa_changes.csv"
    with path.open(encoding="utf-8") as handle:
        changes = pd.read_csv(handle, dtype=str, keep_default_na=False)
    return changes if delineation == CHANGES_OF else changes.iloc[:0]


def dropped_cbsas(delineation: int = CHANGES_OF) -> pd.DataFrame:
    """Counties of the areas that a delineation no longer has: cbsa, county.

    Each is of one county. Whether it is the area's has to be seen in the figures.
    """
    changes = cbsa_changes(delineation)
    dropped = changes.loc[changes["now"] == "", ["code", "counties"]]
    return dropped.set_axis(["cbsa", "county"], axis=1).astype("string")


def current_cbsa(codes: pd.Series[Any], delineation: int = CHANGES_OF) -> pd.Series[Any]:
    """Bring renumbered CBSA codes to those of a delineation; codes of dropped areas stay."""
    changes = cbsa_changes(delineation)
    renamed = changes[changes["now"] != ""].set_index("code")["now"]
    return codes.where(~codes.isin(renamed.index), codes.map(renamed.to_dict().get))
