"""Counties of records that give a ZIP code, a city or coordinates only.

What belongs where is learned from the records that do give their county: plants, hospitals and
colleges name county, ZIP code, city and coordinates together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne
from scipy.spatial import KDTree

from clusteratlas.analysis.organizations.names import town_form
from clusteratlas.vocabulary.arrays import FloatArray

_EARTH_KM = 6371.0
_NEIGHBORS = 5
_FAR_KM = 25.0
"""Coordinates say nothing when no known place is within this distance."""
_DOUBT = 1.0
"""A share found in that many records counts half."""
_SPELLED = 9
"""Letters of state and city from which on one slip is forgiven."""
_NEAR_ZIP = 15
"""ZIP codes that far apart in number may stand for each other, within one state."""


@dataclass(frozen=True)
class KnownPlaces:
    """What is known about where ZIP codes, cities and coordinates are."""

    votes: pd.DataFrame
    """kind (zip, zip and city, city), at (the ZIP code, city or both), county, share of the known
    records there that are in the county, and weight: share, less where the records are few."""
    zips: pd.DataFrame
    """Index zip; county, share and state: the county with most records."""
    points: FloatArray
    """Known places, unit vectors."""
    counties: NDArray[Any]
    """County of each point."""
    states: Mapping[str, str]
    """Two digits of a county code -> postal code of the state."""
    renamed: Mapping[str, str]
    """Code of a county that another now holds -> that one, for counties that changed."""
    valid: frozenset[str]
    """County codes that exist."""


def learn_places(
    records: pd.DataFrame,
    *,
    valid: Sequence[str],
    states: Mapping[str, str],
    renamed: Mapping[str, str],
) -> KnownPlaces:
    """Learn places from records that give their county.

    Parameters
    ----------
    records
        county, zip, city, state, longitude and latitude, missing where not recorded. Records
        without a county teach which cities a ZIP code serves.
    valid
        Codes of the counties that exist.
    states
        Two digits of a county code -> postal code of the state.
    renamed
        Retired or too recent county code -> the valid one with most of its territory.

    Returns
    -------
    What the records teach; empty tables where none gives its county.
    """
    frame = _tidy(records, frozenset(valid), renamed)
    state_of = frame["county"].str[:2].map(states).fillna("")
    # A county of another state than the address is a slip of the register.
    known = frame[(frame["county"] != "") & ((frame["state"] == state_of) | (frame["state"] == ""))]
    located = known[known["latitude"].notna() & known["longitude"].notna()]
    zips = _majority(known[known["zip"] != ""])
    zips["state"] = zips["county"].str[:2].map(states)
    return KnownPlaces(
        votes=_votes(known, frame, zips),
        zips=zips,
        points=_vectors(located),
        counties=located["county"].to_numpy(dtype=object),
        states=dict(states),
        renamed=dict(renamed),
        valid=frozenset(valid),
    )


def place_records(records: pd.DataFrame, places: KnownPlaces) -> pd.DataFrame:
    """Give each record a county where its address says it.

    The register's own county is kept. Else ZIP code, city within the ZIP code, city and coordinates
    vote for counties: ZIP codes and cities cross borders, and each settles some of the other's
    doubts. A ZIP code that no known record has takes the county of one close by in number.

    Parameters
    ----------
    records
        As the loaders give them: county, zip, city, state, longitude and latitude, among others.
    places
        As :func:`learn_places` gives them.

    Returns
    -------
    DataFrame
        The records in their order with county and state filled in, and placement (county,
        coordinates, zip, city, state or none: the strongest vote) and sureness, the county's part
        of all votes.
    """
    frame = _tidy(records, places.valid, places.renamed)
    near = _nearest(frame, places)
    home = places.zips["state"].reindex(frame["zip"]).fillna("").to_numpy(dtype=object)
    state = frame["state"].to_numpy(dtype=object)
    state = np.where(state == "", _state_of(near, len(frame), places), state)
    cities = places.votes.loc[places.votes["kind"] == "city", "at"]
    # Without a state the ZIP code may be a foreign one; its state is taken if that has the city.
    fits = pd.Series(home + " " + frame["city"].to_numpy(dtype=object)).isin(cities).to_numpy()
    state = np.where((state == "") & (fits | (frame["city"] == "").to_numpy()), home, state)
    frame["state"] = state
    county, method, share = _elect(frame, near, places)
    close = _close_zip(frame, places)
    new = (county == "") & (close != "")
    county[new], method[new], share[new] = close[new], "zip", 0.5
    own = frame["county"].to_numpy(dtype=object)
    method = np.where(own != "", "county", method)
    share = np.where(own != "", 1.0, share)
    county = np.where(own != "", own, county)
    postal = frozenset(places.states.values())
    known_state = np.array([s in postal for s in state], dtype=bool)
    method = np.where(method != "", method, np.where(known_state, "state", "none"))
    settled = pd.Series(county).str[:2].map(places.states).fillna("").to_numpy(dtype=object)
    filled = np.where(state == "", settled, state)
    out = records.copy()
    for name, values in (("county", county), ("state", filled)):
        column = pd.Series(values, index=records.index, dtype="string")
        out[name] = column.mask(column == "")
    out["placement"] = pd.Series(method, index=records.index).astype("string")
    out["sureness"] = share.round(4)
    return out


def place_remaining(placed: pd.DataFrame) -> pd.DataFrame:
    """Place records of which only the state is known by the cities of the placed ones.

    Parameters
    ----------
    placed
        As :func:`place_records` gives it, for all registers: cities that are beside a ZIP code in
        one register are alone in another. A city spelled like one in the state alone is taken
        for it, with half the sureness.

    Returns
    -------
    The records in their order, more of them with a county.
    """
    towns = {c: town_form(c) for c in placed["city"].fillna("").unique()}
    city = placed["city"].fillna("").map(towns)
    key = (placed["state"].fillna("") + " " + city).where(city != "", "")
    done = placed["county"].notna().to_numpy() & (key != "").to_numpy()
    known = pd.DataFrame({"at": key[done], "county": placed.loc[done, "county"]})
    best = _shares(known, "city").sort_values(
        ["at", "share", "county"], ascending=[True, False, True]
    )
    best = best.drop_duplicates("at").set_index("at")
    lost = ((placed["placement"] == "state") & (key != "")).to_numpy()
    spelled = {k: _spelled_like(k, best.index) for k in key[lost].unique()}
    meant = key[lost].map(spelled).fillna("")
    found = best.reindex(meant)
    county = placed["county"].astype(object).to_numpy(copy=True)
    sure = placed["sureness"].to_numpy(dtype=float, copy=True)
    method = placed["placement"].astype(object).to_numpy(copy=True)
    hit = found["county"].notna().to_numpy()
    rows = np.flatnonzero(lost)[hit]
    exact = (meant == key[lost]).to_numpy()[hit]
    county[rows] = found["county"].to_numpy(dtype=object)[hit]
    sure[rows] = found["share"].to_numpy(dtype=float)[hit] * np.where(exact, 1.0, 0.5)
    method[rows] = "city"
    out = placed.copy()
    out["county"] = pd.Series(county, index=placed.index).astype("string")
    out["placement"] = pd.Series(method, index=placed.index).astype("string")
    out["sureness"] = sure.round(4)
    return out


def _spelled_like(key: str, known: pd.Index[Any]) -> str:
    if key in known:
        return key
    state = key.partition(" ")[0] + " "
    near = [str(k) for k in known if str(k).startswith(state)]
    # 'RALIEGH' is Raleigh; short names are too easily another town.
    if len(key) < _SPELLED:
        return ""
    found = extractOne(key, near, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return str(found[0]) if found else ""


def _elect(
    frame: pd.DataFrame, near: pd.DataFrame, places: KnownPlaces
) -> tuple[NDArray[Any], NDArray[Any], FloatArray]:
    keys = _keys(frame)
    keys["row"] = np.arange(len(frame))
    keys = keys[(frame["county"] == "").to_numpy()]
    ballots = []
    for kind in _WEIGHTS:
        voters = keys[["row", kind]].rename(columns={kind: "at"})
        ballots.append(voters.merge(places.votes[places.votes["kind"] == kind], on="at"))
    cast = pd.concat([*ballots, near], ignore_index=True)
    # A county of another state than the address: the ZIP code or the state is a slip.
    state = frame["state"].to_numpy(dtype=object)[cast["row"].to_numpy(dtype=np.int64)]
    cast = cast[(cast["county"].str[:2].map(places.states).to_numpy() == state)]
    county = np.full(len(frame), "", dtype=object)
    method = np.full(len(frame), "", dtype=object)
    share = np.zeros(len(frame))
    if len(cast) == 0:
        return county, method, share
    sums = cast.groupby(["row", "county"])["weight"].sum().reset_index()
    total = sums.groupby("row")["weight"].transform("sum")
    sums["share"] = sums["weight"] / total
    sums = sums.sort_values(["row", "weight", "county"], ascending=[True, False, True])
    best = sums.drop_duplicates("row")
    strongest = cast.merge(best[["row", "county"]], on=["row", "county"])
    strongest = strongest.sort_values(["row", "weight", "kind"], ascending=[True, False, False])
    strongest = strongest.drop_duplicates("row").set_index("row")["kind"]
    rows = best["row"].to_numpy(dtype=np.int64)
    county[rows] = best["county"].to_numpy(dtype=object)
    share[rows] = best["share"].to_numpy(dtype=float)
    kinds = strongest.reindex(rows).str.replace(" and city", "", regex=False)
    method[rows] = kinds.to_numpy(dtype=object)
    return county, method, share


_WEIGHTS = {"zip": 1.0, "zip and city": 1.0, "city": 0.6}


def _keys(frame: pd.DataFrame) -> pd.DataFrame:
    """Name the ZIP code, the city and both of each record; missing where there is none."""
    zips = frame["zip"].astype("string")
    towns = frame["city"].astype("string")
    state = frame["state"].astype("string")
    cities = (state + " " + towns).mask((state == "") | (towns == ""))
    zips = zips.mask(zips == "")
    return pd.DataFrame({"zip": zips, "zip and city": zips + " " + cities, "city": cities})


def _votes(known: pd.DataFrame, frame: pd.DataFrame, zips: pd.DataFrame) -> pd.DataFrame:
    keys = _keys(known).assign(county=known["county"])
    parts = []
    for kind in _WEIGHTS:
        parts.append(_shares(keys[[kind, "county"]].rename(columns={kind: "at"}), kind))
    # Cities beside a known ZIP code only.
    found = zips.reindex(frame["zip"]).reset_index(drop=True)
    beside = _keys(frame).assign(county=found["county"].to_numpy())
    beside = beside[(found["state"] == frame["state"]).to_numpy()]
    beside = beside[~beside["city"].isin(keys["city"])]
    parts.append(_shares(beside[["city", "county"]].rename(columns={"city": "at"}), "city"))
    return pd.concat(parts, ignore_index=True)


def _shares(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    sizes = frame.dropna().groupby(["at", "county"]).size()
    counts = sizes.rename("size").reset_index()
    total = counts.groupby("at")["size"].transform("sum")
    share = counts["size"] / total
    weight = _WEIGHTS[kind] * share * total / (total + _DOUBT)
    return counts[["at", "county"]].assign(kind=kind, share=share, weight=weight)


def _majority(frame: pd.DataFrame) -> pd.DataFrame:
    counts: pd.DataFrame = _shares(frame[["zip", "county"]].rename(columns={"zip": "at"}), "zip")
    # Ties go to the lower code, so that the order of the files does not matter.
    counts = counts.sort_values(["at", "share", "county"], ascending=[True, False, True])
    return counts.drop_duplicates("at").set_index("at")[["county", "share"]]


def _state_of(near: pd.DataFrame, count: int, places: KnownPlaces) -> NDArray[Any]:
    best = near.sort_values(["row", "weight", "county"], ascending=[True, False, True])
    county = best.drop_duplicates("row").set_index("row")["county"]
    found = county.reindex(np.arange(count)).str[:2].map(places.states)
    return found.fillna("").to_numpy(dtype=object)


def _tidy(records: pd.DataFrame, valid: frozenset[str], renamed: Mapping[str, str]) -> pd.DataFrame:
    cities = records["city"].fillna("").astype(object)
    towns = {c: town_form(c) for c in cities.unique()}
    county = records["county"].fillna("").astype(object)
    county = county.map({c: renamed.get(c, c) for c in county.unique()})
    zips = records["zip"].fillna("").astype(object).str[:5]
    return pd.DataFrame(
        {
            "county": county.where(county.isin(valid), ""),
            "zip": zips.where(zips.str.fullmatch(r"\d{5}").astype(bool), ""),
            "city": cities.map(towns),
            "state": records["state"].fillna("").astype(object).str.strip().str.upper(),
            "longitude": pd.to_numeric(records["longitude"], errors="coerce").astype(float),
            "latitude": pd.to_numeric(records["latitude"], errors="coerce").astype(float),
        }
    ).reset_index(drop=True)


def _vectors(frame: pd.DataFrame) -> FloatArray:
    lat = np.radians(frame["latitude"].to_numpy(dtype=float))
    lon = np.radians(frame["longitude"].to_numpy(dtype=float))
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _nearest(frame: pd.DataFrame, places: KnownPlaces) -> pd.DataFrame:
    """Let the nearest known places vote for their counties, the nearer the more."""
    located = frame["latitude"].notna() & frame["longitude"].notna() & (frame["county"] == "")
    rows = np.flatnonzero(located.to_numpy())
    if len(rows) == 0 or len(places.points) < _NEIGHBORS:
        empty = {"row": "int64", "county": "object", "weight": "float64", "share": "float64"}
        made = {name: pd.Series(dtype=kind) for name, kind in empty.items()}
        return pd.DataFrame({**made, "kind": pd.Series(dtype="object")})
    distance, index = KDTree(places.points).query(_vectors(frame.iloc[rows]), k=_NEIGHBORS)
    km = distance * _EARTH_KM
    weight = np.where(km <= _FAR_KM, 1.0 / (km + 0.2) ** 2, 0.0)
    votes = pd.DataFrame(
        {
            "row": np.repeat(rows, _NEIGHBORS),
            "county": places.counties[index.ravel()],
            "weight": weight.ravel(),
        }
    )
    votes = votes.groupby(["row", "county"])["weight"].sum().reset_index()
    total = votes.groupby("row")["weight"].transform("sum")
    share = votes["weight"] / total.where(total > 0, 1.0)
    # Both the nearness of the known places and their agreement count.
    votes = votes.assign(share=share, weight=share, kind="coordinates")
    return votes[total > 0]


def _close_zip(frame: pd.DataFrame, places: KnownPlaces) -> NDArray[Any]:
    known = places.zips.sort_index()
    county = np.full(len(frame), "", dtype=object)
    rows = np.flatnonzero(((frame["zip"] != "") & (frame["state"] != "")).to_numpy())
    if len(known) == 0:
        return county
    number = known.index.to_numpy().astype(int)
    wanted = frame["zip"].to_numpy(dtype=object)[rows].astype(int)
    above = np.clip(np.searchsorted(number, wanted), 0, len(number) - 1)
    below = np.clip(above - 1, 0, len(number) - 1)
    nearer = np.abs(number[below] - wanted) <= np.abs(number[above] - wanted)
    index = np.where(nearer, below, above)
    there = known["state"].to_numpy(dtype=object)[index]
    fits = np.abs(number[index] - wanted) <= _NEAR_ZIP
    fits &= there == frame["state"].to_numpy(dtype=object)[rows]
    county[rows[fits]] = known["county"].to_numpy(dtype=object)[index[fits]]
    return county
