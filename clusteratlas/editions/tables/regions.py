"""Regions of an edition: which there are, what lies in what, who borders on whom."""

from __future__ import annotations

import pandas as pd

from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step, table
from clusteratlas.editions.linkages.cbsas import cbsa_changes
from clusteratlas.editions.linkages.planning_regions import people_of_counties
from clusteratlas.loaders.places.adjacency import (
    county_neighbors,
    neighboring_regions,
    region_centroids,
)
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.places.population import income_by_county
from clusteratlas.vocabulary.keys import NATION, codes_of, is_region, region_key

INCOME_COVERED = 0.9
"""Income a head of an area is given where counties with 90 % of its people report income."""

_AREA_TYPES = ("state", "cbsa", "ea")


@step(keep=True)
def county_facts(population: DataFile, income: DataFile, centroids: DataFile) -> pd.DataFrame:
    """Rows of the counties in the table ``regions``, and their ``income``.

    Counties are those of the population estimates, in the year that these are of; Connecticut has
    its old counties, since the files of economic areas, borders and centroids know no others.
    """
    year, people = population.vintage, people_of_counties(population)
    frame = people[(people["year"] == year) & (people["fips"].str.len() == 5)]
    fips = frame["fips"].astype("string").reset_index(drop=True)
    postal = fips.str[:2].map({code: names[0] for code, names in STATES.items()})
    money = income_by_county(income.table, people)
    money = money[money["year"] == year].set_index("fips")
    own = pd.DataFrame({"county": fips, "region": fips})
    place = region_centroids(centroids.table, own).set_index("region")
    return pd.DataFrame(
        {
            "key": region_key("county", fips),
            "type": "county",
            "code": fips,
            "name": frame["name"].reset_index(drop=True) + ", " + postal,
            "kind": None,
            "states": postal,
            "population": frame["population"].reset_index(drop=True),
            "income_per_capita": fips.map(money["per_capita"]),
            "longitude": fips.map(place["lon"]).round(4),
            "latitude": fips.map(place["lat"]).round(4),
            "source": population.key,
            "income": fips.map(money["income"]),
        }
    )


@table(keep=True)
def region_parts(
    county_facts: pd.DataFrame,
    ea_of_county: pd.Series,
    cbsas: DataFile,
    economic_areas: DataFile,
    population: DataFile,
) -> pd.DataFrame:
    """Which region lies in which."""
    dropped = _dropped_cbsas(cbsas.vintage)
    # A dropped CBSA keeps its counties: the figures published under it are theirs, and the area
    # that took them in later was measured without them.
    kept = cbsas.table[~cbsas.table["county"].isin(dropped["counties"])]
    code = county_facts["code"]
    county = [code, kept["county"], dropped["counties"], ea_of_county.index.to_series()]
    wholes = [
        region_key("state", code.str[:2]),
        region_key("cbsa", kept["cbsa"]),
        region_key("cbsa", dropped["code"]),
        ea_of_county,
    ]
    sources = [population.key, cbsas.key, cbsas.key, economic_areas.key]
    frames = [
        _pairs(region_key("county", c), whole, source)
        for c, whole, source in zip(county, wholes, sources, strict=True)
    ]
    states = region_key("state", pd.Series(sorted(set(code.str[:2])), dtype="string"))
    frames.append(_pairs(states, pd.Series(NATION, index=states.index), population.key))
    frame = pd.concat(frames, ignore_index=True)
    known = set(county_facts["key"]) | set(states)
    return frame[frame["part"].isin(known)].reset_index(drop=True)


def _pairs(part: pd.Series, whole: pd.Series, source: str) -> pd.DataFrame:
    return pd.DataFrame({"part": part.to_numpy(), "whole": whole.to_numpy(), "source": source})


def _dropped_cbsas(delineation: int) -> pd.DataFrame:
    changes = cbsa_changes(delineation)
    return changes[changes["now"] == ""]


@table(keep=True)
def regions(
    county_facts: pd.DataFrame,
    region_parts: pd.DataFrame,
    centroids: DataFile,
    cbsas: DataFile,
    economic_areas: DataFile,
    population: DataFile,
) -> pd.DataFrame:
    """Regions of every type.

    Areas above the county get their population as the sum of their counties, and their centroid as
    the population-weighted mean. CBSAs under which the employment files publish but which the
    delineation lacks are in ``cbsa_changes.csv``.
    """
    sums = _sums(county_facts, region_parts, centroids.table)
    areas = _named_areas(cbsas, economic_areas, population)
    areas = areas.merge(sums, left_on="key", right_index=True).reset_index(drop=True)
    nation = _nation(county_facts, population.key)
    counties = county_facts.drop(columns="income")
    return pd.concat([nation, areas, counties], ignore_index=True)


def _nation(counties: pd.DataFrame, source: str) -> pd.DataFrame:
    reporting = counties[counties["income"].notna()]
    people = reporting["population"].sum()
    income = reporting["income"].sum() * 1000 / people if people else float("nan")
    return pd.DataFrame(
        {
            "key": [NATION],
            "type": ["nation"],
            "code": [NATION],
            "name": ["United States"],
            "kind": [None],
            "states": [" ".join(sorted(set(counties["states"])))],
            "population": [counties["population"].sum()],
            "income_per_capita": [income],
            "longitude": [None],
            "latitude": [None],
            "source": [source],
        }
    )


def _named_areas(cbsas: DataFile, economic_areas: DataFile, population: DataFile) -> pd.DataFrame:
    """Key, type, code, name, kind and source of the states, CBSAs and economic areas."""
    dropped, now, ea = _dropped_cbsas(cbsas.vintage), cbsas.table, economic_areas.table
    state = pd.Series(sorted(STATES), dtype="string")
    names = state.map({code: name for code, (_, name) in STATES.items()})
    frames = [
        _named("state", state, names, None, population.key),
        _named("cbsa", now["cbsa"], now["title"], now["kind"], cbsas.key),
        _named("cbsa", dropped["code"], dropped["name"], dropped["kind"], cbsas.key),
        _named("ea", ea["ea"].str.lstrip("0"), ea["name"], None, economic_areas.key),
    ]
    return pd.concat(frames, ignore_index=True).drop_duplicates("key")


def _named(
    type_: str, codes: pd.Series, names: pd.Series, kinds: pd.Series | None, source: str
) -> pd.DataFrame:
    without: list[str | None] = [None] * len(codes)
    return pd.DataFrame(
        {
            "key": region_key(type_, codes).to_numpy(),
            "type": type_,
            "code": codes.to_numpy(),
            "name": names.to_numpy(),
            "kind": without if kinds is None else list(kinds),
            "source": source,
        }
    )


def _sums(counties: pd.DataFrame, parts: pd.DataFrame, centroids: pd.DataFrame) -> pd.DataFrame:
    members = parts.merge(counties, left_on="part", right_on="key", suffixes=("", "_county"))
    whole = members["whole"]
    covered = members["income"].notna()
    people = members["population"].astype(float)
    money = members["income"].astype(float).groupby(whole).sum() * 1000
    reporting = people.where(covered, 0.0).groupby(whole).sum()
    total = people.groupby(whole).sum()
    place = region_centroids(
        centroids,
        pd.DataFrame({"county": members["code"], "region": whole}),
        counties.set_index("code")["population"],
    ).set_index("region")
    return pd.DataFrame(
        {
            "states": members.groupby("whole")["states"].agg(lambda s: " ".join(sorted(set(s)))),
            "population": total.astype("int64"),
            "income_per_capita": (money / reporting).where(reporting >= INCOME_COVERED * total),
            "longitude": place["lon"].astype(float).round(4),
            "latitude": place["lat"].astype(float).round(4),
        }
    )


@table(keep=True)
def region_neighbors(boundaries: DataFile, region_parts: pd.DataFrame) -> pd.DataFrame:
    """Regions of one type that share a border.

    Areas border on each other when any of their counties do: one rule for every type of region.
    """
    counties = county_neighbors(boundaries.table)
    known = codes_of(region_parts.loc[is_region(region_parts["part"], "county"), "part"])
    real = counties["a"].isin(known) & counties["b"].isin(known)
    frames = [pd.DataFrame({c: region_key("county", counties.loc[real, c]) for c in "ab"})]
    for type_ in _AREA_TYPES:
        of = region_parts[is_region(region_parts["whole"], type_)]
        inside = pd.DataFrame({"county": codes_of(of["part"]), "region": of["whole"]})
        frames.append(neighboring_regions(counties, inside))
    return pd.concat(frames, ignore_index=True).assign(source=boundaries.key)
