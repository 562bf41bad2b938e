"""Roles of industries around a cluster, on accounts and links that can be checked by eye."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.analysis.linkages.input_output import SectorFlows
from clusteratlas.analysis.scores.cluster_roles import (
    APART,
    COLUMNS,
    LIMIT,
    RoleInputs,
    flow_kind,
    roles_of_industries,
)

CODES = ["325412", "325998", "336611", "424210", "541110", "541714", "551114"]
SECTORS = ["chem", "chem", "ship", "trade", "law", "rd", "hq"]
CLUSTER = {"325412": "drugs", "336611": "ships", "541714": "science", "424210": "trade"}


def _inputs(flows: dict[tuple[str, str], float]) -> RoleInputs:
    n = len(CODES)
    links = np.zeros((n, n))
    for a, b, value in (
        ("325412", "541714", 0.8),
        ("325412", "541110", 0.5),
        ("325412", "325998", 0.2),
    ):
        i, j = CODES.index(a), CODES.index(b)
        links[i, j] = links[j, i] = value
    np.fill_diagonal(links, 1.0)
    every = combine_linkages(
        CODES, dict.fromkeys(("lc_emp", "lc_est", "coi", "io", "occ"), links), SECTORS, CODES
    )
    names = tuple(sorted(set(SECTORS)))
    Z = np.zeros((len(names), len(names)))
    for (seller, buyer), usd in flows.items():
        Z[names.index(seller), names.index(buyer)] = usd
    one = np.ones(len(names))
    accounts = SectorFlows(names, Z, one, one, one, one, one)
    cluster_of = pd.Series(CLUSTER)
    return RoleInputs(
        cluster_of,
        every.subset(list(cluster_of.index)),
        every,
        accounts,
        pd.Series(SECTORS, index=CODES),
        pd.Series([60.0, 40, 10, 20, 30, 5, 7], index=CODES),
    )


def _rows(table: pd.DataFrame, cluster: str, role: str) -> pd.DataFrame:
    return table[(table["cluster"] == cluster) & (table["role"] == role)].set_index("naics")


def test_flows_are_shared_out_by_jobs_on_both_sides() -> None:
    table = roles_of_industries(
        _inputs({("law", "chem"): 100.0, ("chem", "ship"): 50.0, ("chem", "chem"): 10.0})
    )
    assert list(table.columns) == list(COLUMNS)
    # The cluster holds 60 of the 100 jobs of the buying sector.
    law = _rows(table, "drugs", "service provider").loc["541110"].to_dict()
    assert law["usd"] == pytest.approx(60.0)
    assert law["flow_share"] == pytest.approx(100 / 110)
    assert law["flow"] == "services"
    assert law["lc"] == pytest.approx(0.5)
    # Its neighbor in the sector has 40 of 100 jobs, and sells that part of what the sector buys
    # of itself, 60 % of it to the cluster.
    assert _rows(table, "drugs", "supplier").at["325998", "usd"] == pytest.approx(10 * 0.4 * 0.6)
    ships = _rows(table, "drugs", "customer").loc["336611"].to_dict()
    assert (ships["usd"], ships["flow"], ships["flow_share"]) == (
        pytest.approx(30.0),
        "goods",
        pytest.approx(0.6),
    )
    assert _rows(table, "ships", "supplier").at["325412", "usd"] == pytest.approx(30.0)


def test_an_industry_adjoins_where_all_kinds_of_links_speak_for_it() -> None:
    table = roles_of_industries(_inputs({}))
    near = table[table["role"] == "adjoining"]
    assert near[["cluster", "naics"]].to_numpy().tolist() == [
        ["drugs", "541714"],
        ["science", "325412"],
    ]
    assert near["usd"].isna().all()
    assert near["flow"].isna().all()


def test_purchases_that_are_unknown_speak_not_against_an_industry() -> None:
    inputs = _inputs({})

    def masked(links: Linkages) -> Linkages:
        matrices = {k: m.copy() for k, m in links.matrices.items() if k != "combined"}
        at = links.codes.index("541714")
        matrices["io"][at] = matrices["io"][:, at] = np.nan
        return combine_linkages(links.codes, matrices, links.sector_of, links.profile_of)

    table = roles_of_industries(
        replace(inputs, traded=masked(inputs.traded), every=masked(inputs.every))
    )
    near = table[table["role"] == "adjoining"]
    assert ["drugs", "541714"] in near[["cluster", "naics"]].to_numpy().tolist()


def test_margins_and_headquarters_are_named_and_come_last() -> None:
    table = roles_of_industries(
        _inputs({("trade", "chem"): 900.0, ("hq", "chem"): 800.0, ("ship", "chem"): 1.0})
    )
    supplies = _rows(table, "drugs", "supplier")
    assert supplies["flow"].to_dict() == {"336611": "goods", "424210": "margin"}
    assert supplies["rank"].tolist() == [1, 2]
    assert _rows(table, "drugs", "service provider")["flow"].to_dict() == {"551114": "headquarters"}


def test_of_two_equal_flows_the_one_found_nearby_comes_first() -> None:
    inputs = _inputs({("law", "chem"): 10.0, ("rd", "chem"): 10.0})
    ranked = _rows(roles_of_industries(inputs), "drugs", "service provider")
    assert ranked["rank"].to_dict() == {"541714": 1, "541110": 2}


def test_members_have_no_role_in_their_own_cluster() -> None:
    table = roles_of_industries(_inputs({("chem", "chem"): 10.0, ("ship", "ship"): 5.0}))
    own = pd.Series(CLUSTER)
    assert not (table["naics"].map(own) == table["cluster"]).any()


@pytest.mark.parametrize(
    ("naics", "kind"),
    [
        ("325412", "goods"),
        ("238210", "goods"),
        ("484121", "margin"),
        ("541110", "services"),
        ("551114", "headquarters"),
        ("551112", "services"),
    ],
)
def test_what_an_industry_sells(naics: str, kind: str) -> None:
    assert flow_kind(naics) == kind


def test_each_role_is_a_short_list() -> None:
    codes = [f"3254{i:02d}" for i in range(60)]
    inputs = _inputs({})
    every = combine_linkages(
        codes,
        {k: np.eye(60) for k in ("lc_emp", "lc_est", "coi", "io", "occ")},
        ["chem"] * 60,
        codes,
    )
    Z = np.zeros_like(inputs.flows.Z)
    Z[0, 0] = 100.0
    one = inputs.flows.output
    flows = SectorFlows(inputs.flows.codes, Z, one, one, one, one, one)
    cluster_of = pd.Series({codes[0]: "drugs", codes[1]: "other", codes[2]: "third"})
    table = roles_of_industries(
        RoleInputs(
            cluster_of,
            every.subset(codes[:3]),
            every,
            flows,
            pd.Series("chem", index=codes),
            pd.Series(1.0, index=codes),
        )
    )
    counts = table.groupby(["cluster", "role"]).size()
    assert counts.max() == LIMIT
    assert LIMIT + APART == 25
