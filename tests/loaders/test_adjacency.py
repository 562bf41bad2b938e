from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.errors import SourceError
from clusteratlas.loaders.places.adjacency import (
    county_neighbors,
    neighboring_regions,
    region_centroids,
)
from clusteratlas.loaders.places.boundaries import BOUNDARIES
from clusteratlas.loaders.places.counties import (
    BEA_COMBINED,
    COUNTY_CHANGES,
    HOSTS,
    STATES,
    modern,
    modernize,
)
from clusteratlas.loaders.places.geography import CBSA_DELINEATION, CENTROIDS
from clusteratlas.loaders.places.population import POPULATION


def _topology(shapes: dict[str, list[object]]) -> str:
    geometries = [{"type": "Polygon", "id": i, "arcs": arcs} for i, arcs in shapes.items()]
    objects = {"counties": {"type": "GeometryCollection", "geometries": geometries}}
    return json.dumps({"type": "Topology", "objects": objects, "arcs": []})


def test_shared_arcs_are_borders_whatever_their_direction(tmp_path: Path) -> None:
    path = tmp_path / "counties_eas_cbsas.topojson"
    # 1 and 2 share arcs 0 and 1, run through in opposite directions (~0 = -1); 3 is an island;
    # 4 has two rings and uses arc 5 twice, which is no border with itself.
    shapes: dict[str, list[object]] = {
        "01001": [[0, 1, 2]],
        "01003": [[-2, -1, 3]],
        "01005": [[4]],
        "01007": [[5, 6], [[-6, 3]]],
    }
    path.write_text(_topology(shapes))
    assert BOUNDARIES.load(path).to_numpy().tolist() == [
        ["01001", "01003", 2],
        ["01003", "01007", 1],
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type": "FeatureCollection"}', "is not TopoJSON"),
        ('{"type": "Topology", "objects": {"states": {}}}', r"has no object 'counties'.*states"),
        ('{"type": "Topolo', "cannot be read: JSONDecodeError"),
    ],
)
def test_boundaries_that_are_none(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "counties_eas_cbsas.topojson"
    path.write_text(text)
    with pytest.raises(SourceError, match=message):
        BOUNDARIES.load(path)


def test_changes_of_codes() -> None:
    assert modern("25025") == ("25025",)
    assert modern("46113") == ("46102",)
    assert modern("46113", 2014) == ("46113",)
    assert modern("02231", 2000) == ("02232", "02282")
    assert modern("02231") == ("02105", "02230", "02282")
    assert modern("02261") == ("02261",)
    assert modern("02261", 2020) == ("02063", "02066")


@given(st.sampled_from(COUNTY_CHANGES), st.integers(min_value=1980, max_value=2030))
def test_modern_codes_are_stable(change: object, year: int) -> None:
    old = getattr(change, "old", "")
    for code in modern(old, year):
        assert modern(code, year) == (code,)
        assert code[:2] == old[:2]


def test_modernize_prefers_rows_that_are_still_valid() -> None:
    frame = pd.DataFrame(
        {"county": ["12025", "12086", "02280", "25025"], "ea": ["old", "new", "8", "19"]}
    )
    out = modernize(frame, "county")
    assert out.to_numpy().tolist() == [
        ["02195", "8"],
        ["02275", "8"],
        ["12086", "new"],
        ["25025", "19"],
    ]
    both = modernize(frame, "county", key=["county", "ea"])
    assert both.loc[both["county"] == "12086", "ea"].tolist() == ["new", "old"]
    assert frame["county"].tolist() == ["12025", "12086", "02280", "25025"]


def test_tables_of_codes_are_consistent() -> None:
    members = [c for parts in BEA_COMBINED.values() for c in parts]
    assert len(members) == len(set(members))
    assert len(STATES) == 52
    assert all(city not in BEA_COMBINED for city in HOSTS)
    assert all(host[:2] == city[:2] for city, host in HOSTS.items())


BORDERS = pd.DataFrame({"a": ["02270", "11001", "25017"], "b": ["02290", "24031", "25025"]})


def test_county_neighbors_in_current_codes_with_enclosed_cities() -> None:
    pairs = set(county_neighbors(BORDERS).itertuples(index=False, name=None))
    assert ("02158", "02290") in pairs
    assert ("25017", "25025") in pairs
    assert ("11001", "51013") in pairs
    assert all(a < b for a, b in pairs)
    # Albemarle has no outline in this file, so nothing is known of the city inside it.
    assert not any("51540" in pair for pair in pairs)
    more = pd.concat([BORDERS, pd.DataFrame({"a": ["51003"], "b": ["51065"]})])
    assert ("51003", "51540") in set(county_neighbors(more).itertuples(index=False, name=None))


def test_cities_with_an_outline_keep_their_own_borders() -> None:
    borders = pd.DataFrame({"a": ["51003", "51540"], "b": ["51540", "51065"]})
    pairs = county_neighbors(borders)
    city = pairs[(pairs["a"] == "51540") | (pairs["b"] == "51540")]
    assert city.to_numpy().tolist() == [["51003", "51540"], ["51065", "51540"]]


def test_parts_of_a_divided_county_are_neighbors() -> None:
    borders = pd.DataFrame({"a": ["02261"], "b": ["02290"]})
    got = county_neighbors(borders, year=2020)
    alaska = got[got["a"].str.startswith("02")]
    assert alaska.to_numpy().tolist() == [
        ["02063", "02066"],
        ["02063", "02290"],
        ["02066", "02290"],
    ]


def test_regions_are_neighbors_when_counties_are() -> None:
    counties = pd.DataFrame({"a": ["1", "2", "3", "4"], "b": ["2", "3", "4", "5"]})
    membership = pd.DataFrame({"county": ["1", "2", "3", "4"], "region": ["X", "X", "Y", "Z"]})
    assert neighboring_regions(counties, membership).to_numpy().tolist() == [["X", "Y"], ["Y", "Z"]]
    with pytest.raises(ValueError, match="county 1 is twice"):
        neighboring_regions(counties, pd.concat([membership, membership]))
    assert neighboring_regions(counties, membership.head(0)).empty


def test_centroids_are_weighted_means() -> None:
    centroids = pd.DataFrame(
        {
            "kind": ["county", "county", "ea"],
            "code": ["01001", "01003", "001"],
            "lon": [-80.0, -90.0, 0.0],
            "lat": [30.0, 40.0, 0.0],
        }
    )
    membership = pd.DataFrame({"county": ["01001", "01003", "01005"], "region": ["A", "A", "B"]})
    people = pd.Series({"01001": 300, "01003": 100})
    # lon = (300 * -80 + 100 * -90) / 400
    assert region_centroids(centroids, membership, people).to_numpy().tolist() == [
        ["A", -82.5, 32.5]
    ]
    assert region_centroids(centroids, membership).to_numpy().tolist() == [["A", -85.0, 35.0]]


@pytest.mark.data
def test_real_borders(data_dir: Path) -> None:
    counties = county_neighbors(BOUNDARIES.load(BOUNDARIES.find(data_dir, 2010)))
    neighbors: dict[str, set[str]] = {}
    for a, b in zip(counties["a"], counties["b"], strict=True):
        neighbors.setdefault(a, set()).add(b)
        neighbors.setdefault(b, set()).add(a)
    assert neighbors["25025"] == {"25009", "25017", "25021", "25023"}
    assert neighbors["51013"] == {"11001", "51059", "51510", "51610"}
    people = POPULATION.load(POPULATION.find(data_dir, 2019))
    known = sorted(c for c in people["fips"].unique() if len(c) == 5)
    # Of all counties only three of Hawaii's islands have no neighbor.
    assert [c for c in known if c not in neighbors] == ["15001", "15003", "15007"]
    assert {c for c in neighbors if not c.startswith("72")} <= set(known)
    states = neighboring_regions(
        counties, pd.DataFrame({"county": known, "region": [c[:2] for c in known]})
    )
    tennessee = {*states.loc[states["a"] == "47", "b"], *states.loc[states["b"] == "47", "a"]}
    assert {STATES[s][0] for s in tennessee} == {"AL", "AR", "GA", "KY", "MS", "MO", "NC", "VA"}


@pytest.mark.data
def test_real_centroids(data_dir: Path) -> None:
    centroids = CENTROIDS.load(CENTROIDS.find(data_dir, 2010))
    cbsa = CBSA_DELINEATION.load(CBSA_DELINEATION.find(data_dir, 2020))
    people = POPULATION.load(POPULATION.find(data_dir, 2019))
    weight = people[people["year"] == 2019].set_index("fips")["population"]
    got = region_centroids(centroids, cbsa.rename(columns={"cbsa": "region"}), weight)
    boston = got.set_index("region").loc["14460"]
    assert (boston["lon"], boston["lat"]) == pytest.approx((-71.1, 42.4), abs=0.1)
    mainland = cbsa[~cbsa["county"].str.startswith("72")]
    assert set(got["region"]) == set(mainland["cbsa"])
