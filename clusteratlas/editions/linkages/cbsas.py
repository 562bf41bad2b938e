"""CBSAs under which the employment file publishes and which the delineation lacks."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pandas as pd


def cbsa_changes() -> pd.DataFrame:
    """CBSAs that the employment file has and the delineation lacks.

    Returns
    -------
    DataFrame
        code, name, kind, now (the code that took its place, or empty), counties, note.
    """
    path = files("clusteratlas.editions.linkages") / "cbsa_changes.csv"
    with path.open(encoding="utf-8") as handle:
        return pd.read_csv(handle, dtype=str, keep_default_na=False)


def current_cbsa(codes: pd.Series[Any]) -> pd.Series[Any]:
    """Bring renumbered CBSA codes up to date; codes of dropped areas stay."""
    changes = cbsa_changes()
    renamed = changes[changes["now"] != ""].set_index("code")["now"]
    return codes.map(renamed).fillna(codes)
