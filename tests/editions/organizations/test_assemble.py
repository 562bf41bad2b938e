"""Sizes of organizations, and what stands for them in a curated list."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.editions.organizations.anatomies import packaged_anatomies
from clusteratlas.editions.organizations.assemble import organization_table, ranked_sizes
from clusteratlas.editions.organizations.curated import curated_records
from clusteratlas.loaders.organizations.records import RECORD


def test_sizes_rank_within_their_register_and_lists_by_their_order() -> None:
    records = pd.DataFrame(
        {
            "register": ["tri", "tri", "sec", "list", "list"],
            "size": [5.0, 1.0, 1.0, np.nan, np.nan],
            "standing": [np.nan, np.nan, np.nan, 1.0, 0.5],
        }
    )
    assert ranked_sizes(records).tolist() == [1.0, 0.5, 1.0, 1.0, 0.5]
    assert ranked_sizes(records.drop(columns="standing"))[3:].isna().all()


def test_a_role_of_a_list_begins_at_one_and_falls_with_every_row() -> None:
    regions = pd.DataFrame({"key": ["county:25017"]})
    found = curated_records(anatomies=packaged_anatomies(), regions=regions)
    boston = found[found["id"].str.startswith("boston-biopharmaceuticals/")]
    companies = boston["standing"].to_numpy()[:30]
    assert np.allclose(companies, 1 - np.arange(30) / 30)
    assert (boston["standing"] == 1.0).sum() == 7  # one for each role


def test_a_place_in_a_list_takes_no_size_away() -> None:
    columns: dict[str, list[object]] = {
        "organization": ["a", "a"],
        "key": ["anatomies:a", "tri:a"],
        "register": ["anatomies", "tri"],
        "name": ["A", "A"],
        "kind": ["company", "company"],
        "basis": ["register", "register"],
        "source": ["s", "s"],
        "status": ["active", "active"],
        "rank": [0, 1],
        "size": [np.nan, 7.0],
        "standing": [1.0, np.nan],
        "place": [None, None],
        "placement": ["none", "none"],
        "first_seen": [2020, 2020],
        "last_seen": [2026, 2020],
    }
    records = pd.DataFrame({c.name: [None, None] for c in RECORD} | columns)
    smaller = records.iloc[[1]].assign(organization="b", key="tri:b", size=9.0)
    table = organization_table(
        named_records=pd.concat([records, smaller], ignore_index=True),
        organization_industries=pd.DataFrame(
            columns=["organization", "industry", "confidence", "records"]
        ),
        size_units=pd.Series({"tri": "pounds"}),
    ).set_index("key")
    assert (table.loc["a", "size"], table.loc["a", "size_unit"]) == (7.0, "pounds")
    assert table["size_rank"].to_dict() == {"a": 1.0, "b": 1.0}
