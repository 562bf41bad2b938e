"""Purchases from domestic sectors: a use table with the imports taken out.

A use table says what an industry buys, wherever it was made. Links within regions are links to
plants in the country, so a share of imports is no link.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from clusteratlas.errors import AnalysisError


@dataclass(frozen=True, slots=True, eq=False)
class DomesticUse:
    """A use table without imports, and what became of the imports.

    Of every cell: ``use = domestic + taken``, and ``imports = taken + beyond``.

    Attributes
    ----------
    use
        The long table of :func:`~clusteratlas.analysis.linkages.input_output.industry_flows`;
        only what industries buy has changed.
    taken
        Imports taken out, by buying industry, million USD.
    beyond
        Imports beyond what the cell of the use table holds, by buying industry, million USD: the
        two tables treat secondary products differently. They are in no cell.
    """

    use: pd.DataFrame
    taken: pd.Series
    beyond: pd.Series


def domestic_use(use: pd.DataFrame, imports: pd.DataFrame) -> DomesticUse:
    """Take imports out of what industries buy: ``max(use - imports, 0)`` of every cell.

    A cell of the use table that is negative stays as it is.

    Parameters
    ----------
    use
        Long use table: ``row`` (commodity), ``column``, ``value`` (million USD), ``row_kind``,
        ``column_kind``.
    imports
        The same of imports, by buying industry; final uses are not read.

    Raises
    ------
    AnalysisError
        The tables have no buyer in common, or imports are negative.
    """
    bought = imports[imports["column_kind"].eq("industry")]
    industries = use["column_kind"].eq("industry")
    if not set(bought["column"]) & set(use.loc[industries, "column"]):
        raise AnalysisError(
            "use table and imports have no buyer in common", hint="take both from one vintage"
        )
    if (bought["value"] < 0).any():
        wrong = bought[bought["value"] < 0].iloc[0]
        raise AnalysisError(
            f"imports of {wrong['row']} by {wrong['column']} are negative",
            hint="industries cannot import less than nothing; check the file",
        )
    cell = ["row", "column"]
    known = bought.set_index(cell)["value"].astype("float64")
    values = use["value"].astype("float64")
    wanted = pd.Series(
        known.reindex(pd.MultiIndex.from_frame(use[cell])).to_numpy(), index=use.index
    ).where(industries, 0.0)
    taken = wanted.fillna(0.0).clip(upper=values.clip(lower=0.0))
    out = taken.groupby(use["column"]).sum()
    buyers = sorted(set(bought["column"]))
    out = out.reindex(buyers, fill_value=0.0)
    beyond = known.groupby(level="column").sum().reindex(buyers, fill_value=0.0) - out
    return DomesticUse(use.assign(value=values - taken), out, beyond)
