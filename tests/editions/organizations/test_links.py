"""Links of records carried over to organizations."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusteratlas.editions.organizations.links import Linked, carried_links
from clusteratlas.loaders.organizations.records import LINK, shaped

# key, organization, scheme, id, name, state
_RECORDS = pd.DataFrame(
    [
        ("sbir:a", "cik:1", "sbir", "a", "Acme Corporation", "MA"),
        ("sec:1", "cik:1", "cik", "1", "ACME CORP", "MA"),
        ("tri:p", "tri:p", "tri", "p", "Acme Plant", "RI"),
        ("agency:nih", "agency:nih", "agency", "nih", "National Institutes of Health", "MD"),
        ("irs:x", "ein:x", "ein", "x", "Bolt Works", "OH"),
        ("irs:y", "ein:y", "ein", "y", "Bolt Works", "IN"),
    ],
    columns=["key", "organization", "scheme", "id", "name", "state"],
).assign(confidence=[0.9, 1.0, 1.0, 1.0, 1.0, 1.0])


def _links(*rows: dict[str, Any]) -> Linked:
    frame = shaped(pd.DataFrame(rows), LINK)
    register = [row["register"] for row in rows]
    return carried_links(frame.assign(register=register, source="s"), _RECORDS)


def test_an_end_is_found_by_id_by_key_and_by_name() -> None:
    found = _links(
        {"register": "tri", "id": "p", "type": "OWNED_BY", "to_name": "Acme Corp.", "share": 0.5},
        {
            "register": "sbir",
            "id": "a",
            "type": "FUNDED_BY",
            "to_key": "agency:nih",
            "usd": 5.0,
            "count": 2,
            "program": "SBIR",
        },
    ).table
    assert found[["start", "end", "type"]].to_numpy().tolist() == [
        ["cik:1", "agency:nih", "FUNDED_BY"],
        ["tri:p", "cik:1", "OWNED_BY"],
    ]
    # The award is as sure as the match of its record.
    assert found["confidence"].tolist() == [0.9, 1.0]
    assert found["usd"].iloc[0] == 5.0
    assert found["share"].iloc[1] == 0.5


def test_an_end_that_is_nobody_or_several_is_dropped_and_counted() -> None:
    found = _links(
        {"register": "tri", "id": "p", "type": "OWNED_BY", "to_name": "Nobody Inc"},
        {"register": "tri", "id": "p", "type": "OWNED_BY", "to_name": "Bolt Works"},
    )
    assert found.table.empty
    assert found.dropped == {"tri": 2}


def test_the_state_tells_two_of_a_name_apart() -> None:
    found = _links(
        {
            "register": "tri",
            "id": "p",
            "type": "OWNED_BY",
            "to_name": "Bolt Works",
            "to_state": "OH",
        }
    )
    assert found.table["end"].tolist() == ["ein:x"]


def test_links_within_one_organization_are_none() -> None:
    found = _links({"register": "sbir", "id": "a", "type": "OWNED_BY", "to_key": "cik:1"})
    assert found.table.empty
    assert found.within == 1


def test_awards_of_two_records_of_one_body_add_up() -> None:
    award = {"type": "FUNDED_BY", "to_key": "agency:nih", "program": "SBIR", "count": 1}
    rows = _RECORDS.assign(register=_RECORDS["key"].str.split(":").str[0])
    links = shaped(
        pd.DataFrame(
            [
                {"id": "a", "usd": 5.0, "first_seen": 1999, **award},
                {"id": "1", "usd": 7.0, "first_seen": 2003, **award},
            ]
        ),
        LINK,
    ).assign(register=["sbir", "sec"], source="s")
    found = carried_links(links, rows).table
    assert found[["usd", "count", "first_seen"]].to_numpy().tolist() == [[12.0, 2, 1999]]
