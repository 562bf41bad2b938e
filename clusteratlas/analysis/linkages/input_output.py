"""Input-output accounts: who sells to whom, as a linkage between industries and clusters.

References: BEA benchmark input-output accounts (make and use tables, after redefinitions,
producers' prices); Miller & Blair 2009, section 5 (``Z = D U``, industry technology); Delgado,
Porter & Stern 2016 (IO linkage); Delgado & Mills 2020 (consumer share).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.products import product
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

PRODUCTS = ("commodity", "scrap_noncomparable")


@dataclass(frozen=True, slots=True, eq=False)
class SectorFlows:
    """Sales between input-output sectors.

    Attributes
    ----------
    codes
        Sectors, sorted.
    Z
        Shape (sellers, buyers): intermediate sales, million USD a year.
    output
        Output of each sector, million USD a year.
    value_added
        Value added of each sector, million USD a year.
    unproduced
        Purchases of products that no domestic sector makes (noncomparable imports, rest of the
        world), million USD a year; with them ``Z.sum(0) + unproduced + value_added = output``.
    consumer_sales
        Sales to personal consumption, million USD a year. Households also sell used goods and
        scrap; where that leaves less than nothing, 0.
    total_sales
        Sales to all buyers, intermediate and final, imports not taken off, million USD a year.
    """

    codes: tuple[str, ...]
    Z: FloatArray
    output: FloatArray
    value_added: FloatArray
    unproduced: FloatArray
    consumer_sales: FloatArray
    total_sales: FloatArray

    @property
    def input_shares(self) -> FloatArray:
        """Shape (sellers, buyers): ``Z_ij / sum_k Z_kj``; 0 for a buyer without inputs."""
        return _share(self.Z, self.Z.sum(axis=0, keepdims=True))

    @property
    def output_shares(self) -> FloatArray:
        """Shape (sellers, buyers): ``Z_ij / sum_k Z_ik``; 0 for a seller without such sales."""
        return _share(self.Z, self.Z.sum(axis=1, keepdims=True))

    @property
    def consumer_share(self) -> FloatArray:
        """``PCE_i`` = sales to personal consumption / sales to all buyers; NaN without sales.

        Delgado & Mills 2020 call a sector below about 0.35 a supply-chain sector.
        """
        nothing = np.full_like(self.total_sales, np.nan)
        return np.divide(
            self.consumer_sales, self.total_sales, out=nothing, where=self.total_sales > 0
        )


def _share(part: FloatArray, whole: FloatArray) -> FloatArray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def industry_flows(
    use: pd.DataFrame,
    make: pd.DataFrame,
    *,
    consumption: str = "F01000",
    imports: str = "F05000",
) -> SectorFlows:
    """Turn a make and a use table into sales between industries.

    ``Z = D U`` with market shares ``D = V diag(q)^-1``: a buyer of a commodity buys from each
    sector in proportion to its share in making that commodity (industry technology; Miller & Blair
    2009). Scrap and used goods are commodities like any other; what no sector makes
    (noncomparable imports, S00300; rest of the world adjustment, S00900) is kept apart.

    Parameters
    ----------
    use, make
        Long tables: ``row``, ``column``, ``value`` (million USD), ``row_kind``, ``column_kind``.
        In the use table commodities are rows and industries columns, in the make table the other
        way round. Kinds: commodity, industry, scrap_noncomparable, value_added, final_use, total.
        Totals are not read.
    consumption, imports
        Final-use columns of personal consumption and of imports (negative, left out of sales).

    Returns
    -------
    Sales between the sectors, with the totals of each.

    Raises
    ------
    AnalysisError
        A table has no such rows, or a buyer of the use table makes nothing.
    """
    made = make[make["row_kind"].eq("industry") & make["column_kind"].isin(PRODUCTS)]
    bought = use[use["row_kind"].isin(PRODUCTS) & use["column_kind"].eq("industry")]
    final = use[use["row_kind"].isin(PRODUCTS) & use["column_kind"].eq("final_use")]
    added = use[use["row_kind"].eq("value_added") & use["column_kind"].eq("industry")]
    codes = tuple(sorted(made["row"].unique()))
    # A sector may buy nothing (private households), but no buyer may be without output.
    odd = set(bought["column"]) - set(codes)
    if odd or bought.empty:
        raise AnalysisError(
            f"make and use tables do not fit: {sorted(odd)[:5] or 'no purchases'}",
            hint="take both tables from one vintage, after redefinitions",
        )
    products = tuple(sorted(set(bought["row"]) | set(made["column"]) | set(final["row"])))
    V = _matrix(made, codes, products)
    U = _matrix(bought, products, codes)
    q = V.sum(axis=0)
    D = _share(V, q[None, :])
    orphan = q <= 0
    buyers = tuple(sorted(set(final["column"]) - {imports}))
    F = _matrix(final[final["column"].isin(buyers)], products, buyers)
    pce = F[:, buyers.index(consumption)] if consumption in buyers else np.zeros(len(products))
    va = _matrix(added, tuple(sorted(set(added["row"]))), codes)
    return SectorFlows(
        codes=codes,
        Z=product(D, U),
        output=V.sum(axis=1),
        value_added=va.sum(axis=0),
        unproduced=U[orphan].sum(axis=0),
        consumer_sales=np.clip(product(D, pce), 0.0, None),
        total_sales=product(D, U.sum(axis=1) + F.sum(axis=1)),
    )


def _matrix(long: pd.DataFrame, rows: Sequence[str], columns: Sequence[str]) -> FloatArray:
    out = np.zeros((len(rows), len(columns)))
    i = pd.Index(rows).get_indexer(pd.Index(long["row"]))
    j = pd.Index(columns).get_indexer(pd.Index(long["column"]))
    np.add.at(out, (i, j), long["value"].to_numpy(dtype=np.float64, na_value=0.0))
    return out


def sector_links(flows: SectorFlows, *, floor: float = 0.0) -> FloatArray:
    """IO linkage between sectors: the largest of the four input and output shares.

    ``IO_st = max(in[s,t], in[t,s], out[s,t], out[t,s])``; final demand is in no denominator
    (Delgado, Porter & Stern 2016). The diagonal is the larger share that a sector trades with
    itself.

    A sector that sells next to nothing to other producers (light trucks: 0.02 % of output) has
    large shares of next to nothing. With a floor a flow counts only if
    ``Z_st >= floor min(x_s, x_t)``, x the output of a sector; below it, its shares are 0, for that
    the two hardly trade is known. Denominators stay.

    Parameters
    ----------
    flows
        Sales between sectors.
    floor
        Share of the smaller sector's output.

    Returns
    -------
    Symmetric array (sectors, sectors) in [0, 1]; negative entries of the accounts count as 0.
    """
    either = np.maximum(flows.input_shares, flows.output_shares)
    least = floor * np.minimum.outer(flows.output, flows.output)
    either[least > flows.Z] = 0.0
    return np.clip(np.maximum(either, either.T), 0.0, 1.0)


def io_links(
    flows: SectorFlows,
    codes: Sequence[str],
    sector_of: pd.Series,
    *,
    masked: Sequence[str] = (),
    floor: float = 0.0,
    own_trade: bool = True,
) -> FloatArray:
    """IO linkage between six-digit industries.

    Each industry takes its sector's links; two industries of one sector take the share that the
    sector trades with itself (not 1, and not missing), or nothing is known of them.

    Parameters
    ----------
    flows
        Sales between sectors.
    codes
        Six-digit industries, in the order of the result.
    sector_of
        Index NAICS code, value sector code. Industries without a sector get NaN.
    masked
        First digits of sectors whose flows are no supply: what wholesalers are paid is a margin on
        goods that others make, what head offices are paid comes from their own plants. Every pair
        with such an industry is unknown (NaN), not 0; no other entry changes.
    floor
        As of :func:`sector_links`.
    own_trade
        False: two industries of one sector are unknown to each other, for the accounts do not say
        which of them the sector's trade with itself is between.

    Returns
    -------
    Symmetric array (industries, industries) in [0, 1]; NaN where unknown.

    Raises
    ------
    AnalysisError
        No sector begins with the digits of a mask.
    """
    for digits in masked:
        if not any(code.startswith(digits) for code in flows.codes):
            raise AnalysisError(
                f"no input-output sector begins with {digits!r}",
                hint='mask sectors by their first digits, for example ["42", "55"]',
            )
    at = pd.Index(flows.codes).get_indexer(pd.Index(sector_of.reindex(list(codes)).fillna("")))
    between = sector_links(flows, floor=floor)[np.ix_(at, at)]
    hidden = np.array([code.startswith(tuple(masked)) for code in flows.codes], dtype=bool)
    missing = (at < 0) | hidden[at]
    between[missing, :] = np.nan
    between[:, missing] = np.nan
    if not own_trade:
        between[at[:, None] == at[None, :]] = np.nan
    return between


def flow_table(flows: SectorFlows, *, smallest_share: float = 0.0) -> pd.DataFrame:
    """List sales between sectors: ``seller, buyer, usd, input_share, output_share``.

    Parameters
    ----------
    smallest_share
        Keep a flow only if it makes up this share of the buyer's inputs or of the seller's sales.

    Returns
    -------
    Positive flows sorted by seller and buyer, million USD a year.
    """
    inputs, outputs = flows.input_shares, flows.output_shares
    keep = (flows.Z > 0) & (np.maximum(inputs, outputs) >= smallest_share)
    i, j = np.nonzero(keep)
    names = np.array(flows.codes, dtype=object)
    return pd.DataFrame(
        {
            "seller": names[i],
            "buyer": names[j],
            "usd": flows.Z[i, j],
            "input_share": inputs[i, j],
            "output_share": outputs[i, j],
        }
    )


def sector_weights(
    codes: Sequence[str], sector_of: pd.Series, labels: Sequence[str], jobs: Sequence[float]
) -> pd.DataFrame:
    """Share of each sector that each cluster holds, by employment.

    No account splits a sector's sales among its six-digit industries; that each takes its share of
    the sector's jobs is our proposal. ``jobs`` has to cover all industries of a sector, also those
    outside the clusters, or the clusters would be given the sales of the others.

    Parameters
    ----------
    codes
        Six-digit industries.
    sector_of
        Index NAICS code, value sector; industries without one are passed over.
    labels
        Cluster of each industry, "" outside the clusters.
    jobs
        National employment of each industry.

    Returns
    -------
    Columns ``sector, cluster, weight``, weights in [0, 1], summing to 1 over a sector; industries
    of a sector without any jobs share it equally. Sorted.
    """
    table = pd.DataFrame(
        {
            "sector": sector_of.reindex(list(codes)).to_numpy(),
            "cluster": list(labels),
            "jobs": np.asarray(jobs, dtype=np.float64),
        }
    ).dropna(subset=["sector"])
    total = table.groupby("sector")["jobs"].transform("sum")
    count = table.groupby("sector")["jobs"].transform("size")
    table["weight"] = np.where(total > 0, table["jobs"] / total.where(total > 0, 1.0), 1.0 / count)
    summed = table.groupby(["sector", "cluster"], sort=True)["weight"].sum()
    return summed.reset_index()


def flows_between_clusters(flows: SectorFlows, weights: pd.DataFrame) -> pd.DataFrame:
    """Sales between clusters: sector sales split by the clusters' weights in the sectors.

    ``Z_cd = sum_st w_sc Z_st w_td``. Wholesale margins and companies' own headquarters are sectors
    like any other here.

    Parameters
    ----------
    weights
        As given by :func:`sector_weights`.

    Returns
    -------
    Columns ``seller, buyer, usd, input_share, output_share``; shares are of *all* intermediate
    inputs of the buyer and intermediate sales of the seller, also those outside the clusters.
    Positive flows, sorted.
    """
    clusters = sorted(weights["cluster"].unique())
    W = np.zeros((len(flows.codes), len(clusters)))
    s = pd.Index(flows.codes).get_indexer(pd.Index(weights["sector"]))
    c = pd.Index(clusters).get_indexer(pd.Index(weights["cluster"]))
    known = s >= 0
    W[s[known], c[known]] = weights["weight"].to_numpy(dtype=np.float64)[known]
    between = product(product(W.T, flows.Z), W)
    bought = product(W.T, flows.Z.sum(axis=0))
    sold = product(W.T, flows.Z.sum(axis=1))
    i, j = np.nonzero(between > 0)
    names = np.array(clusters, dtype=object)
    return pd.DataFrame(
        {
            "seller": names[i],
            "buyer": names[j],
            "usd": between[i, j],
            "input_share": _share(between, bought[None, :])[i, j],
            "output_share": _share(between, sold[:, None])[i, j],
        }
    )
