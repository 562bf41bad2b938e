"""The District of Columbia, which files of business patterns lack: QCEW of the nearest year."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.cells.suppression import fill_top_down
from clusteratlas.editions.flow.files import DataFile, in_naics
from clusteratlas.editions.flow.step import step
from clusteratlas.loaders.economy.qcew_as_cbp import private_rows_as_cbp
from clusteratlas.vocabulary.naics import TOTAL

DISTRICT = "11"
"""State code; its one county is 11001."""

_ROUNDING = 0.5
"""QCEW figures are averages over the year, rounded: published parts may miss their sum."""


@step()
def district_cells(district_employment: DataFile, naics: DataFile) -> pd.DataFrame:
    """Private industries of the district, withheld figures estimated from the top down.

    Where the total itself is withheld, that of all private industries closes its open bound.

    Returns
    -------
    DataFrame
        naics (six digits, and 99), and of establishments, jobs and payroll (thousand USD) each the
        point, ``_low`` and ``_high``, whole numbers.
    """
    table = in_naics(district_employment, naics)
    rows = private_rows_as_cbp(table, DISTRICT)
    own = table["area"].eq(DISTRICT) & table["ownership"].eq(5) & table["naics"].eq(TOTAL)
    private = table[own].iloc[0]
    out = rows[["naics", "establishments"]].copy()
    for figure, most in (("jobs", private["jobs"]), ("payroll", private["wages"] / 1000)):
        cells = rows[["area", "naics", "establishments"]].assign(jobs=rows[figure])
        known = cells[cells["jobs"].notna()].set_index("naics")
        # Of the district itself: its establishments are those of a capital.
        ratio = (known["jobs"].astype(float) / known["establishments"].astype(float)).dropna()
        ratio[TOTAL] = float(most) / float(private["establishments"])
        filled = fill_top_down(cells, ratio, ceilings={DISTRICT: float(most)}, rounding=_ROUNDING)
        out[figure] = filled["jobs"].round()
        out[f"{figure}_low"] = filled["jobs_low"].round().clip(upper=out[figure])
        out[f"{figure}_high"] = filled["jobs_high"].round().clip(lower=out[figure])
    for end in ("low", "high"):
        out[f"establishments_{end}"] = out["establishments"]
    leaves = out[rows["level"].eq(6) | rows["naics"].eq("99")].reset_index(drop=True)
    figures = leaves.columns.drop("naics")
    return leaves.astype(dict.fromkeys(figures, "int64"))
