"""Counties of records from ZIP codes, cities and coordinates."""

from __future__ import annotations

import pandas as pd
import pytest

from clusteratlas.analysis.organizations.placing import (
    KnownPlaces,
    learn_places,
    place_records,
    place_remaining,
)

STATES = {"25": "MA", "36": "NY", "02": "AK", "09": "CT"}


def records(*rows: tuple[str, str, str, str, float | None, float | None]) -> pd.DataFrame:
    columns = ["county", "zip", "city", "state", "longitude", "latitude"]
    return pd.DataFrame(list(rows), columns=columns).replace("", pd.NA)


@pytest.fixture
def places() -> KnownPlaces:
    known = records(
        *[("25017", "02139", "Cambridge", "MA", -71.10, 42.36)] * 5,
        *[("25025", "02139", "Boston", "MA", -71.06, 42.35)] * 2,
        *[("25025", "02110", "BOSTON", "MA", -71.05, 42.36)] * 4,
        *[("36061", "10001", "New York", "NY", -73.99, 40.75)] * 3,
        ("", "10001", "Manhattan", "NY", None, None),
        ("02261", "99686", "Valdez", "AK", -146.3, 61.1),
    )
    return learn_places(
        known,
        valid=["25017", "25025", "36061", "02261", "09001"],
        states=STATES,
        renamed={"02063": "02261"},
    )


@pytest.mark.parametrize(
    ("row", "county", "placement"),
    [
        (("25017", "10001", "New York", "NY", None, None), "25017", "county"),
        (("02063", "", "", "AK", None, None), "02261", "county"),
        (("", "02139", "Cambridge", "MA", None, None), "25017", "zip"),
        (("", "02139-1234", "BOSTON", "MA", None, None), "25025", "zip"),
        (("", "", "boston", "MA", None, None), "25025", "city"),
        (("", "", "Manhattan", "NY", None, None), "36061", "city"),
        (("", "", "", "", -73.98, 40.76), "36061", "coordinates"),
        (("", "02112", "Nowhere", "MA", None, None), "25025", "zip"),
        (("", "10001", "Boston", "MA", None, None), "25025", "city"),
        (("09110", "", "", "CT", None, None), None, "state"),
        (("", "10001", "Ness Ziona", "", None, None), None, "none"),
        (("", "", "Toronto", "ON", None, None), None, "none"),
    ],
)
def test_each_way_to_a_county(
    places: KnownPlaces,
    row: tuple[str, str, str, str, float | None, float | None],
    county: str | None,
    placement: str,
) -> None:
    found = place_records(records(row), places).iloc[0]
    assert (None if pd.isna(found["county"]) else found["county"]) == county
    assert found["placement"] == placement
    assert 0.0 <= found["sureness"] <= 1.0


def test_the_state_is_filled_in_from_coordinates(places: KnownPlaces) -> None:
    found = place_records(records(("", "", "", "", -71.05, 42.36)), places).iloc[0]
    assert found["state"] == "MA"


def test_the_order_of_the_records_does_not_matter(places: KnownPlaces) -> None:
    rows = records(("", "02139", "Boston", "MA", None, None), ("", "", "boston", "MA", None, None))
    turned = place_records(rows.iloc[::-1], places).iloc[::-1]
    pd.testing.assert_frame_equal(place_records(rows, places), turned)


def test_cities_of_other_registers_and_slips_of_the_pen(places: KnownPlaces) -> None:
    rows = records(
        ("", "02112", "Woods Hole", "MA", None, None),
        ("", "", "WOODS HOLE", "MA", None, None),
        ("", "", "Cambrigde", "MA", None, None),
        ("", "02139", "Cambridge", "MA", None, None),
        ("", "", "Elsewhere", "MA", None, None),
    )
    found = place_remaining(place_records(rows, places))
    assert found["county"].fillna("").tolist() == ["25025", "25025", "25017", "25017", ""]
    assert found["placement"].tolist() == ["zip", "city", "city", "zip", "state"]
    assert found.loc[2, "sureness"] == 0.5
