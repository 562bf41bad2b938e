"""Figures of many regions at once, as frames: sums over their parts, and places in their pools."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

LEAST_MISSED = 0.001
"""Share of the residents of an area whose counties may lack a figure: Kalawao, with 86 people, has
none of some, and Hawaii and the nation are as well known without it."""


def area_sums(
    figures: pd.DataFrame, members: pd.DataFrame, listed: Collection[str], people: pd.Series[Any]
) -> pd.DataFrame:
    """Sum figures of parts to the areas that they make up, where no part of size lacks one.

    Parameters
    ----------
    figures
        ``indicator``, ``part``, ``year``, ``value``, ``source``; a part has one row for each
        indicator and year.
    members
        ``part`` and ``whole``: every part of each area, known or not.
    listed
        Indicators whose files list every part that has any: one without a row has none of it.
    people
        Residents by part.

    Returns
    -------
    DataFrame
        The same columns, with ``region`` in the place of the part. An area has no row where parts
        with more than :data:`LEAST_MISSED` of its residents have none (unless it is listed), or
        where all have none.
    """
    own = members[["part", "whole"]].drop_duplicates()
    own = own.assign(people=own["part"].map(people).fillna(0).astype("float64"))
    residents = own.groupby("whole")["people"].sum()
    joined = figures.merge(own, on="part")
    keys = ["indicator", "whole", "year"]
    groups = joined.dropna(subset="value").groupby(keys, sort=True)
    sums = groups.agg(value=("value", "sum"), people=("people", "sum"), source=("source", "max"))
    sums = sums.reset_index()
    whole = sums["people"] >= (1 - LEAST_MISSED) * sums["whole"].map(residents)
    kept: pd.DataFrame = sums[whole | sums["indicator"].isin(list(listed))]
    return kept.rename(columns={"whole": "region"}).drop(columns="people")


def certain_sums(pieces: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Sum pieces to areas where the place of a piece is known only to be one of several parts.

    Parameters
    ----------
    pieces
        ``piece``, ``year``, ``value`` and ``part``: a row for each part in which it may be.
    members
        ``part`` and ``whole``; a part is to be among them as an area of its own where its own sums
        are wanted.

    Returns
    -------
    DataFrame
        ``region``, ``year``, ``value``. An area has no row where a piece may be inside or outside.
    """
    places = pieces.groupby(["piece", "year"])["part"].transform("nunique")
    joined = pieces.assign(places=places).merge(members, on="part")
    inside = joined.groupby(["whole", "year", "piece"], as_index=False).agg(
        value=("value", "first"), places=("places", "first"), found=("part", "nunique")
    )
    inside["open"] = inside["found"] < inside["places"]
    sums = inside.groupby(["whole", "year"], as_index=False).agg(
        value=("value", "sum"), open=("open", "any")
    )
    known: pd.DataFrame = sums[~sums["open"]]
    return known.rename(columns={"whole": "region"})[["region", "year", "value"]]


def places_in_pools(figures: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Say where each of many figures stands in its group; see :func:`.performance.place_in_pool`.

    Parameters
    ----------
    figures
        ``value`` and the columns of ``groups``.
    groups
        Columns that tell the pools apart.

    Returns
    -------
    DataFrame
        ``rank``, ``regions`` and ``median``, with the index of ``figures``.
    """
    grouped = figures.groupby(list(groups))["value"]
    return pd.DataFrame(
        {
            "rank": grouped.rank(method="min", ascending=False).astype("Int64"),
            "regions": grouped.transform("size").astype("Int64"),
            "median": grouped.transform("median"),
        }
    )
