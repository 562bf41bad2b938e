"""Regions of an edition: which there are, what lies in what, who borders on whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pandas as pd

from clusteratlas.loaders.places.adjacency import (
    county_neighbors,
    region_centroids,
    region_neighbors,
)
from clusteratlas.loaders.places.counties import STATES, modernize
from clusteratlas.loaders.places.population import income_by_county

_COVERED = 0.9
"""Income a head of an area is given where counties with 90 % of its people report income."""

_AREA_TYPES = ("state", "cbsa", "ea")


@dataclass(frozen=True)
class RegionInputs:
    """Tidy tables that regions are made from, each one as its loader gives it."""

    cbsas: pd.DataFrame
    economic_areas: pd.DataFrame
    boundaries: pd.DataFrame
    centroids: pd.DataFrame
    population: pd.DataFrame
    income: pd.DataFrame
    year: int
    """Year of population and income."""
    sources: Mapping[str, str]
    """Key of the source by name of the table."""


def regions(inputs: RegionInputs) -> dict[str, pd.DataFrame]:
    """Assemble the tables ``regions``, ``region_parts`` and ``region_neighbors``.

    Counties are those of the population estimates. Areas above the county get their population as
    the sum of their counties, their centroid as the population-weighted mean, and border on each
    other when any of their counties do: one rule for every type of region. CBSAs under which the
    employment files publish but which the delineation lacks stand in ``cbsa_changes.csv``.
    """
    counties = _counties(inputs)
    parts = _parts(inputs, counties)
    areas = _areas(inputs, counties, parts)
    nation = _nation(inputs, counties)
    frame = pd.concat([nation, areas, counties.drop(columns="income")], ignore_index=True)
    return {
        "regions": frame,
        "region_parts": parts,
        "region_neighbors": _neighbors(inputs, parts),
    }


def _nation(inputs: RegionInputs, counties: pd.DataFrame) -> pd.DataFrame:
    reporting = counties[counties["income"].notna()]
    return pd.DataFrame(
        {
            "key": ["us"],
            "type": ["nation"],
            "code": ["us"],
            "name": ["United States"],
            "kind": [None],
            "states": [" ".join(sorted(set(counties["states"])))],
            "population": [counties["population"].sum()],
            "income_per_capita": [reporting["income"].sum() * 1000 / reporting["population"].sum()],
            "longitude": [None],
            "latitude": [None],
            "source": [inputs.sources["population"]],
        }
    )


def cbsa_changes() -> pd.DataFrame:
    """CBSAs that the employment file has and the delineation lacks.

    Returns
    -------
    DataFrame
        code, name, kind, now (the code that took its place, or empty), counties, note.
    """
    path = files("clusteratlas.editions.tables") / "cbsa_changes.csv"
    with path.open(encoding="utf-8") as handle:
        return pd.read_csv(handle, dtype=str, keep_default_na=False)


def current_cbsa(codes: pd.Series[Any]) -> pd.Series[Any]:
    """Bring renumbered CBSA codes up to date; codes of dropped areas stay."""
    changes = cbsa_changes()
    renamed = changes[changes["now"] != ""].set_index("code")["now"]
    return codes.map(renamed).fillna(codes)


def _counties(inputs: RegionInputs) -> pd.DataFrame:
    people = inputs.population
    frame = people[(people["year"] == inputs.year) & (people["fips"].str.len() == 5)]
    fips = frame["fips"].astype("string").reset_index(drop=True)
    postal = fips.str[:2].map({code: names[0] for code, names in STATES.items()})
    money = income_by_county(inputs.income, inputs.population)
    money = money[money["year"] == inputs.year].set_index("fips")
    own = pd.DataFrame({"county": fips, "region": fips})
    place = region_centroids(inputs.centroids, own).set_index("region")
    return pd.DataFrame(
        {
            "key": "county:" + fips,
            "type": "county",
            "code": fips,
            "name": frame["name"].reset_index(drop=True) + ", " + postal,
            "kind": None,
            "states": postal,
            "population": frame["population"].reset_index(drop=True),
            "income_per_capita": fips.map(money["per_capita"]),
            "longitude": fips.map(place["lon"]).round(4),
            "latitude": fips.map(place["lat"]).round(4),
            "source": inputs.sources["population"],
            "income": fips.map(money["income"]),
        }
    )


def _parts(inputs: RegionInputs, counties: pd.DataFrame) -> pd.DataFrame:
    changes = cbsa_changes()
    dropped = changes[changes["now"] == ""]
    # A dropped CBSA keeps its counties: the figures published under it are theirs, and the area
    # that took them in later was measured without them.
    kept = inputs.cbsas[~inputs.cbsas["county"].isin(dropped["counties"])]
    areas = modernize(inputs.economic_areas, "county")
    code = counties["code"]
    frames = [
        ("county:" + code, "state:" + code.str[:2], "population"),
        ("county:" + kept["county"], "cbsa:" + kept["cbsa"], "cbsas"),
        ("county:" + dropped["counties"], "cbsa:" + dropped["code"], "cbsas"),
        ("county:" + areas["county"], "ea:" + areas["ea"].str.lstrip("0"), "economic_areas"),
    ]
    states = pd.Series(sorted(set(code.str[:2])), dtype="string")
    frames.append(("state:" + states, pd.Series("us", index=states.index), "population"))
    frame = pd.concat(
        [
            pd.DataFrame({"part": p.to_numpy(), "whole": w.to_numpy(), "source": inputs.sources[s]})
            for p, w, s in frames
        ],
        ignore_index=True,
    )
    known = set(counties["key"]) | set("state:" + states)
    return frame[frame["part"].isin(known)].reset_index(drop=True)


def _areas(inputs: RegionInputs, counties: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    changes = cbsa_changes()
    dropped = changes[changes["now"] == ""]
    state = pd.Series(sorted(STATES), dtype="string")
    ea = inputs.economic_areas
    without: list[str | None] = [None]
    rows = [
        (
            "state",
            state,
            state.map({c: n[1] for c, n in STATES.items()}),
            without * len(state),
            "population",
        ),
        ("cbsa", inputs.cbsas["cbsa"], inputs.cbsas["title"], list(inputs.cbsas["kind"]), "cbsas"),
        ("cbsa", dropped["code"], dropped["name"], list(dropped["kind"]), "cbsas"),
        ("ea", ea["ea"].str.lstrip("0"), ea["name"], without * len(ea), "economic_areas"),
    ]
    named = pd.concat(
        [
            pd.DataFrame(
                {
                    "key": (kind + ":" + codes).to_numpy(),
                    "type": kind,
                    "code": codes.to_numpy(),
                    "name": names.to_numpy(),
                    "kind": kinds,
                    "source": inputs.sources[source],
                }
            )
            for kind, codes, names, kinds, source in rows
        ],
        ignore_index=True,
    ).drop_duplicates("key")
    joined = named.merge(_sums(inputs, counties, parts), left_on="key", right_index=True)
    return joined.reset_index(drop=True)


def _sums(inputs: RegionInputs, counties: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    members = parts.merge(counties, left_on="part", right_on="key", suffixes=("", "_county"))
    whole = members["whole"]
    covered = members["income"].notna()
    people = members["population"].astype(float)
    money = members["income"].astype(float).groupby(whole).sum() * 1000
    reporting = people.where(covered, 0.0).groupby(whole).sum()
    total = people.groupby(whole).sum()
    place = region_centroids(
        inputs.centroids,
        pd.DataFrame({"county": members["code"], "region": whole}),
        counties.set_index("code")["population"],
    ).set_index("region")
    return pd.DataFrame(
        {
            "states": members.groupby("whole")["states"].agg(lambda s: " ".join(sorted(set(s)))),
            "population": total.astype("int64"),
            "income_per_capita": (money / reporting).where(reporting >= _COVERED * total),
            "longitude": place["lon"].astype(float).round(4),
            "latitude": place["lat"].astype(float).round(4),
        }
    )


def _neighbors(inputs: RegionInputs, parts: pd.DataFrame) -> pd.DataFrame:
    counties = county_neighbors(inputs.boundaries)
    known = parts.loc[parts["part"].str.startswith("county:"), "part"].str.removeprefix("county:")
    real = counties["a"].isin(known) & counties["b"].isin(known)
    frames = [pd.DataFrame({c: "county:" + counties.loc[real, c] for c in "ab"})]
    for kind in _AREA_TYPES:
        of = parts[parts["whole"].str.startswith(f"{kind}:")]
        membership = pd.DataFrame(
            {"county": of["part"].str.removeprefix("county:"), "region": of["whole"]}
        )
        frames.append(region_neighbors(counties, membership))
    return pd.concat(frames, ignore_index=True).assign(source=inputs.sources["boundaries"])
