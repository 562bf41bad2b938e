"""From county borders to neighbors of any regions, and from county centroids to theirs."""

from __future__ import annotations

import pandas as pd

from clusteratlas.loaders.places.counties import CURRENT, HOSTS, modern, modernize

_MORE_BORDERS = {
    "51013": ("11001", "51059", "51510", "51610"),
    "51510": ("11001", "51013", "51059"),
}
"""Borders of Arlington and Alexandria, which have no outline and are enclosed by no county."""


def county_neighbors(boundaries: pd.DataFrame, *, year: int = CURRENT) -> pd.DataFrame:
    """Pairs of counties that share a border, in the codes of ``year``.

    Parameters
    ----------
    boundaries
        Tidy table of source ``boundaries``: columns ``a``, ``b``.
    year
        Vintage of the county codes that are wanted.

    Returns
    -------
    DataFrame
        Columns ``a`` < ``b`` (string), each unordered pair once, sorted. A city without an outline
        of its own is a neighbor of the county that encloses it. The parts of a divided county
        are neighbors of each other and take all its borders.
    """
    outlined = {new for c in {*boundaries["a"], *boundaries["b"]} for new in modern(c, year)}
    pairs = {
        (x, y)
        for a, b in zip(boundaries["a"], boundaries["b"], strict=True)
        for x in modern(a, year)
        for y in modern(b, year)
    }
    for code in {*boundaries["a"], *boundaries["b"]}:
        parts = modern(code, year)
        pairs |= {(x, y) for x in parts for y in parts}
    for city in HOSTS:
        if city not in outlined:
            borders = _MORE_BORDERS.get(city, (HOSTS[city],))
            pairs |= {(city, b) for b in borders if b in outlined or b in HOSTS}
    return _pairs(pairs)


def neighboring_regions(counties: pd.DataFrame, membership: pd.DataFrame) -> pd.DataFrame:
    """Pairs of regions of one type that are neighbors: some of their counties are.

    One rule for states, economic areas and CBSAs of any vintage, so that no other outlines are
    needed.

    Parameters
    ----------
    counties
        Result of :func:`county_neighbors`.
    membership
        Columns ``county`` and ``region``; a county lies in one region at most.

    Returns
    -------
    DataFrame
        Columns ``a`` < ``b`` (string), each unordered pair once, sorted.
    """
    region = membership.set_index("county")["region"]
    if not region.index.is_unique:
        repeated = region.index[region.index.duplicated()][0]
        raise ValueError(f"county {repeated} is twice in the membership")
    a, b = counties["a"].map(region), counties["b"].map(region)
    both = a.notna() & b.notna() & (a != b)
    return _pairs(set(zip(a[both], b[both], strict=True)))


def region_centroids(
    centroids: pd.DataFrame,
    membership: pd.DataFrame,
    population: pd.Series | None = None,
    *,
    year: int = CURRENT,
) -> pd.DataFrame:
    """Centroids of regions: the mean of their counties', weighted by population.

    ``lon(r) = sum_c w(c) lon(c) / sum_c w(c)`` over the counties c of r with a known centroid, and
    likewise the latitude; w is the population, or 1 for all.

    Parameters
    ----------
    centroids
        Tidy table of source ``centroids``; its counties are used.
    membership
        Columns ``county`` and ``region``; with ``region`` = ``county`` it gives every county its
        centroid. A county without a centroid takes that of the county that encloses it.
    population
        Persons, indexed by county code; counties that it lacks weigh nothing.
    year
        Vintage of the county codes in ``membership``.

    Returns
    -------
    DataFrame
        Columns ``region``, ``lon``, ``lat`` (degrees), sorted; regions without any known county,
        or without population in them, are left out.
    """
    known = modernize(centroids[centroids["kind"] == "county"], "code", year=year)
    known = known.set_index("code")[["lon", "lat"]].astype("float64")
    county = membership["county"].astype("object")
    place = county.where(county.isin(known.index), county.map(HOSTS))
    weight = 1.0 if population is None else county.map(population).fillna(0).astype("float64")
    frame = pd.DataFrame({"region": membership["region"], "weight": weight})
    for axis in ("lon", "lat"):
        frame[axis] = place.map(known[axis]).astype("float64")
    frame = frame.dropna()
    frame["lon"] *= frame["weight"]
    frame["lat"] *= frame["weight"]
    sums = frame.groupby("region", sort=True)[["lon", "lat", "weight"]].sum()
    sums = sums[sums["weight"] > 0]
    means = sums[["lon", "lat"]].div(sums["weight"], axis="index").reset_index()
    return means.astype({"region": "string"})


def _pairs(pairs: set[tuple[str, str]]) -> pd.DataFrame:
    ordered = sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})
    return pd.DataFrame(ordered, columns=["a", "b"], dtype="string")
