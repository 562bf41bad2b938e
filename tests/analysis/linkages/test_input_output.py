"""Input-output accounts: two sectors by hand, and the published tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.linkages.input_output import (
    flow_table,
    flows_between_clusters,
    industry_flows,
    io_links,
    sector_links,
    sector_weights,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.loaders.source.declaration import all_sources
from tests.analysis.worked import io_tables


def test_flows_by_hand() -> None:
    flows = industry_flows(*io_tables())
    assert flows.codes == ("X", "Y")
    assert np.allclose(flows.Z, [[14, 32], [20, 10]])
    assert flows.output.tolist() == [100, 100]
    assert flows.unproduced.tolist() == [1, 2]


def test_inputs_and_value_added_make_up_output() -> None:
    flows = industry_flows(*io_tables())
    assert np.allclose(flows.Z.sum(0) + flows.unproduced + flows.value_added, flows.output)


def test_consumer_share_leaves_imports_and_totals_out() -> None:
    # X: 30 + 60/6 of 80 + 130/6; Y: 60 * 5/6 of 130 * 5/6.
    share = industry_flows(*io_tables()).consumer_share
    assert share == pytest.approx([40 / (80 + 130 / 6), 50 / (130 * 5 / 6)])


def test_the_link_is_the_largest_of_four_shares() -> None:
    flows = industry_flows(*io_tables())
    links = sector_links(flows)
    # in[X,Y] 32/42, in[Y,X] 20/34, out[X,Y] 32/46, out[Y,X] 20/30.
    assert links[0, 1] == links[1, 0] == pytest.approx(32 / 42)
    assert links[0, 0] == pytest.approx(14 / 34)
    assert links[1, 1] == pytest.approx(10 / 30)


def test_industries_of_one_sector_take_its_own_share_and_unknown_ones_nothing() -> None:
    codes = ["111", "112", "221", "999"]
    sector = pd.Series({"111": "X", "112": "X", "221": "Y"})
    links = io_links(industry_flows(*io_tables()), codes, sector)
    assert links[0, 1] == pytest.approx(14 / 34)
    assert links[0, 2] == links[1, 2] == pytest.approx(32 / 42)
    assert np.isnan(links[3]).all()
    assert np.isnan(links[:, 3]).all()


def test_flow_table_drops_what_is_small_for_both() -> None:
    flows = industry_flows(*io_tables())
    assert len(flow_table(flows)) == 4
    kept = flow_table(flows, smallest_share=0.5)
    assert list(zip(kept["seller"], kept["buyer"], strict=True)) == [("X", "Y"), ("Y", "X")]
    assert kept["input_share"].tolist() == pytest.approx([32 / 42, 20 / 34])


def test_cluster_flows_split_sectors_by_jobs() -> None:
    # Cluster p holds three quarters of X, q the rest of X and all of Y.
    sector = pd.Series({"1": "X", "2": "X", "3": "Y"})
    weights = sector_weights(["1", "2", "3"], sector, ["p", "q", "q"], [30, 10, 5])
    assert weights["weight"].tolist() == [0.75, 0.25, 1.0]
    table = flows_between_clusters(industry_flows(*io_tables()), weights).set_index(
        ["seller", "buyer"]
    )
    assert table.loc[("p", "p"), "usd"] == pytest.approx(0.75 * 14 * 0.75)
    assert table.loc[("p", "q"), "usd"] == pytest.approx(0.75 * (14 * 0.25 + 32))
    assert table["usd"].sum() == pytest.approx(76)
    assert table.loc[("p", "q"), "output_share"] == pytest.approx((3.5 + 32) / 46)


def test_a_sector_without_jobs_is_shared_equally() -> None:
    sector = pd.Series({"1": "X", "2": "X"})
    assert sector_weights(["1", "2"], sector, ["p", "q"], [0, 0])["weight"].tolist() == [0.5, 0.5]


def test_a_buyer_that_makes_nothing_is_refused() -> None:
    use, make = io_tables()
    with pytest.raises(AnalysisError, match="'Y'"):
        industry_flows(use, make[make["row"] == "X"])


@pytest.mark.data
@pytest.mark.parametrize("year", [2012, 2017])
def test_the_accounts_balance(data_dir: Path, year: int) -> None:
    sources = all_sources()
    use, make = (
        sources[name].load(sources[name].find(data_dir, year), year)
        for name in ("bea-use", "bea-make")
    )
    flows = industry_flows(use, make)
    gap = flows.Z.sum(0) + flows.unproduced + flows.value_added - flows.output
    assert len(flows.codes) > 400
    assert np.abs(gap).max() < 25  # million USD of rounding, in sectors of billions
    share = flows.consumer_share[flows.total_sales > 0]
    assert share.min() >= 0
    assert share.max() <= 1
