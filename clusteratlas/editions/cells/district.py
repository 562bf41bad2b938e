"""The District of Columbia, which files of business patterns lack: QCEW of the nearest year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.completion import IndustryTree
from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.analysis.cells.suppression import fill_top_down
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.carried import recoded_industries
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge, find_bridge
from clusteratlas.loaders.economy.qcew_as_cbp import private_rows_as_cbp
from clusteratlas.vocabulary.naics import TOTAL

DISTRICT = "11"
"""State code; its one county is 11001."""

_ROUNDING = 0.5
"""QCEW figures are averages over the year, rounded: published parts may miss their sum."""


@step()
def district_bridge(
    district_employment: DataFile,
    naics: DataFile,
    bridge: DataFile,
    later_bridge: DataFile | None,
    state_employment: DataFile,
) -> NaicsBridge:
    """Find what brings the codes of the district's file to those of the edition."""
    return find_bridge(
        district_employment.naics,
        naics.vintage,
        (bridge, later_bridge),
        (state_employment,),
        what=district_employment.key,
        near=district_employment.vintage,
    )


@step()
def district_cells(district_employment: DataFile, district_bridge: NaicsBridge) -> pd.DataFrame:
    """Private industries of the district, withheld figures estimated from the top down.

    Where the total itself is withheld, that of all private industries closes its open bound.

    Returns
    -------
    DataFrame
        naics (six digits, and 99), and of establishments, jobs and payroll (thousand USD) each the
        point, ``_low`` and ``_high``, whole numbers.
    """
    table = district_employment.table
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
    if district_bridge.changes:
        leaves = _recoded(leaves, district_bridge.shares)
    figures = leaves.columns.drop("naics")
    return leaves.astype(dict.fromkeys(figures, "int64"))


def _recoded(cells: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Bring the cells of one area to other codes; what is surely nothing has no row."""
    tree = IndustryTree(sorted(cells["naics"]))
    by_code = cells.set_index("naics").loc[[tree.codes[leaf] for leaf in tree.leaves]]
    grids = {
        str(name): tree.add_up(by_code[[name]].to_numpy(dtype=np.float64).T) for name in by_code
    }
    new, found = recoded_industries([f"{DISTRICT}001"], tree, grids, shares, FIGURES)
    out = pd.DataFrame({name: grid[0, new.leaves] for name, grid in found.items()})
    out.insert(0, "naics", [new.codes[leaf] for leaf in new.leaves])
    return out[out["establishments_high"] > 0].reset_index(drop=True)
