"""Regions of an edition: which there are, what lies in what, who borders on whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

_COVERED = 0.9
"""Income a head of an area is given where counties with 90 % of its people report income."""


@dataclass(frozen=True)
class RegionInputs:
    """Tidy tables that regions are made from; each one as its loader gives it."""

    counties: pd.DataFrame
    """fips, name, state (2-digit)."""
    states: pd.DataFrame
    """fips, name, postal."""
    cbsas: pd.DataFrame
    """cbsa, title, kind, county."""
    economic_areas: pd.DataFrame
    """ea, name, county; county codes brought up to date."""
    neighbors: pd.DataFrame
    """County pairs a, b."""
    centroids: pd.DataFrame
    """County fips, longitude, latitude."""
    population: pd.DataFrame
    """fips, population of one year; counties and states."""
    income: pd.DataFrame
    """fips, income (thousand USD), population of one year; counties and states."""
    sources: Mapping[str, str]
    """Key of the source for: counties, cbsas, economic_areas, neighbors."""


def regions(inputs: RegionInputs) -> dict[str, pd.DataFrame]:
    """Assemble the tables ``regions``, ``region_parts`` and ``region_neighbors``.

    Areas above the county get their population as the sum of their counties, their centroid as the
    population-weighted mean of the counties' centroids, and border on each other when any of their
    counties do: one rule for every type of region. CBSAs under which the employment files publish
    but which the delineation no longer has stand in ``cbsa_changes.csv``.
    """
    counties = _counties(inputs)
    parts = _parts(inputs, counties)
    areas = _areas(inputs, counties, parts)
    nation = _nation(inputs, counties, areas)
    frame = pd.concat([nation, areas, counties], ignore_index=True)
    return {
        "regions": frame.drop(columns=["income", "income_population"]),
        "region_parts": parts,
        "region_neighbors": _neighbors(inputs, parts),
    }


def cbsa_changes() -> pd.DataFrame:
    """CBSAs that the employment file has and the delineation lacks: code, name, kind, now, counties."""
    path = files("clusteratlas.editions") / "cbsa_changes.csv"
    with path.open(encoding="utf-8") as handle:
        return pd.read_csv(handle, dtype=str, keep_default_na=False)


def current_cbsa(codes: pd.Series[Any]) -> pd.Series[Any]:
    """Bring renumbered CBSA codes up to date; codes of dropped areas stay."""
    changes = cbsa_changes()
    renamed = changes[changes["now"] != ""].set_index("code")["now"]
    return codes.map(renamed).fillna(codes)


def _counties(inputs: RegionInputs) -> pd.DataFrame:
    postal = inputs.states.set_index("fips")["postal"]
    people = inputs.population.set_index("fips")["population"]
    frame = inputs.counties[inputs.counties["fips"].isin(people.index)].copy()
    state = frame["state"].map(postal)
    place = inputs.centroids.set_index("fips")
    income = inputs.income.set_index("fips")
    fips = frame["fips"]
    return pd.DataFrame(
        {
            "key": "county:" + fips,
            "type": "county",
            "code": fips,
            "name": frame["name"] + ", " + state,
            "kind": None,
            "states": state,
            "population": fips.map(people),
            "income_per_capita": fips.map(income["income"] * 1000 / income["population"]),
            "longitude": fips.map(place["longitude"]),
            "latitude": fips.map(place["latitude"]),
            "source": inputs.sources["counties"],
            "income": fips.map(income["income"]),
            "income_population": fips.map(income["population"]),
        }
    ).reset_index(drop=True)


def _parts(inputs: RegionInputs, counties: pd.DataFrame) -> pd.DataFrame:
    known = set(counties["code"])
    changes = cbsa_changes()
    dropped = changes[changes["now"] == ""]
    # A dropped CBSA keeps its counties: the figures published under it are theirs, and the area
    # that took them in later was measured without them.
    kept = inputs.cbsas[~inputs.cbsas["county"].isin(dropped["counties"])]
    pairs = [
        _pairs("county", counties["code"], "state", counties["code"].str[:2], "counties", inputs),
        _pairs("county", kept["county"], "cbsa", kept["cbsa"], "cbsas", inputs),
        _pairs("county", dropped["counties"], "cbsa", dropped["code"], "cbsas", inputs),
        _pairs(
            "county",
            inputs.economic_areas["county"],
            "ea",
            inputs.economic_areas["ea"].str.lstrip("0"),
            "economic_areas",
            inputs,
        ),
        pd.DataFrame(
            {
                "part": "state:" + inputs.states["fips"],
                "whole": "us",
                "source": inputs.sources["counties"],
            }
        ),
    ]
    frame = pd.concat(pairs, ignore_index=True)
    is_county = frame["part"].str.startswith("county:")
    real = ~is_county | frame["part"].str.removeprefix("county:").isin(known)
    return frame[real].drop_duplicates(["part", "whole"]).reset_index(drop=True)


def _pairs(
    kind: str,
    parts: pd.Series[Any],
    whole_kind: str,
    wholes: pd.Series[Any],
    source: str,
    inputs: RegionInputs,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "part": (kind + ":" + parts).to_numpy(),
            "whole": (whole_kind + ":" + wholes).to_numpy(),
            "source": inputs.sources[source],
        }
    )


def _areas(inputs: RegionInputs, counties: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    changes = cbsa_changes()
    dropped = changes[changes["now"] == ""]
    named = pd.concat(
        [
            _named("state", inputs.states["fips"], inputs.states["name"], None, "counties", inputs),
            _named(
                "cbsa", inputs.cbsas["cbsa"], inputs.cbsas["title"], inputs.cbsas["kind"], "cbsas",
                inputs,
            ),
            _named("cbsa", dropped["code"], dropped["name"], dropped["kind"], "cbsas", inputs),
            _named(
                "ea", inputs.economic_areas["ea"].str.lstrip("0"), inputs.economic_areas["name"],
                None, "economic_areas", inputs,
            ),
        ],
        ignore_index=True,
    ).drop_duplicates("key")  # fmt: skip
    members = parts.merge(counties, left_on="part", right_on="key", suffixes=("", "_county"))
    sums = _sums(members)
    joined = named.merge(sums, left_on="key", right_index=True, how="inner")
    return joined.reset_index(drop=True)


def _named(
    kind: str,
    codes: pd.Series[Any],
    names: pd.Series[Any],
    sort: pd.Series[Any] | None,
    source: str,
    inputs: RegionInputs,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "key": (kind + ":" + codes).to_numpy(),
            "type": kind,
            "code": codes.to_numpy(),
            "name": names.to_numpy(),
            "kind": None if sort is None else sort.to_numpy(),
            "source": inputs.sources[source],
        }
    )


def _sums(members: pd.DataFrame) -> pd.DataFrame:
    weight = members["population"].astype(float)
    located = members["longitude"].notna()
    frame = pd.DataFrame(
        {
            "whole": members["whole"],
            "population": members["population"],
            "income": members["income"],
            "income_population": members["income_population"],
            "weight": weight.where(located, 0.0),
            "x": (members["longitude"].astype(float) * weight).where(located, 0.0),
            "y": (members["latitude"].astype(float) * weight).where(located, 0.0),
        }
    )
    total = frame.groupby("whole").sum(min_count=1)
    states = members.groupby("whole")["states"].agg(lambda s: " ".join(sorted(set(s))))
    covered = total["income_population"] >= _COVERED * total["population"]
    per_head = (total["income"] * 1000 / total["income_population"]).where(covered)
    return pd.DataFrame(
        {
            "states": states,
            "population": total["population"],
            "income_per_capita": per_head,
            "longitude": (total["x"] / total["weight"]).round(4),
            "latitude": (total["y"] / total["weight"]).round(4),
            "income": total["income"],
            "income_population": total["income_population"],
        }
    )


def _nation(inputs: RegionInputs, counties: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    states = areas[areas["type"] == "state"]
    return pd.DataFrame(
        {
            "key": ["us"],
            "type": ["nation"],
            "code": ["us"],
            "name": ["United States"],
            "kind": [None],
            "states": [" ".join(sorted(states["states"]))],
            "population": [counties["population"].sum()],
            "income_per_capita": [
                states["income"].sum() * 1000 / states["income_population"].sum()
            ],
            "longitude": [None],
            "latitude": [None],
            "source": [inputs.sources["counties"]],
            "income": [None],
            "income_population": [None],
        }
    )


def _neighbors(inputs: RegionInputs, parts: pd.DataFrame) -> pd.DataFrame:
    known = set(parts["part"])
    pairs = inputs.neighbors.assign(
        a="county:" + inputs.neighbors["a"], b="county:" + inputs.neighbors["b"]
    )[["a", "b"]]
    pairs = pairs[pairs["a"].isin(known) & pairs["b"].isin(known)]
    wholes = parts[parts["part"].str.startswith("county:")].set_index("part")["whole"]
    frames = [pairs]
    for kind in ("state", "cbsa", "ea"):
        of = wholes[wholes.str.startswith(f"{kind}:")]
        up = pd.DataFrame({"a": pairs["a"].map(of), "b": pairs["b"].map(of)}).dropna()
        frames.append(up[up["a"] != up["b"]])
    both = pd.concat(frames, ignore_index=True)
    ordered = np.sort(both[["a", "b"]].to_numpy(dtype=str), axis=1)
    frame = pd.DataFrame(ordered, columns=["a", "b"]).drop_duplicates()
    return frame.assign(source=inputs.sources["neighbors"]).reset_index(drop=True)
