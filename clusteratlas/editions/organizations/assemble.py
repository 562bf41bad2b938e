"""Tables of organizations and their records, once it is known which records are about whom."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.editions.flow.step import step, table
from clusteratlas.loaders.organizations.records import naming_rank
from clusteratlas.vocabulary.keys import industry_key, is_region
from clusteratlas.vocabulary.tables import TABLES

_ADDRESS = ("city", "state", "place", "placement", "longitude", "latitude")


def named(records: pd.DataFrame) -> pd.DataFrame:
    """Mark the record that names each organization.

    Parameters
    ----------
    records
        key, register, organization, method and confidence.

    Returns
    -------
    The records with ``rank``, the place of their register in the order of naming; the naming
    record has method ``itself`` and confidence 1.
    """
    rank = naming_rank(records["register"])
    ordered = records.assign(rank=rank).sort_values(["organization", "rank", "key"])
    first = ordered.drop_duplicates("organization")
    naming = records["key"].isin(first["key"])
    return records.assign(
        rank=rank,
        method=records["method"].mask(naming, "itself"),
        confidence=records["confidence"].mask(naming, 1.0),
    )


@step()
def size_units(register_facts: pd.DataFrame) -> pd.Series:
    """Index the units of sizes by the registers that give them."""
    return register_facts.set_index("key")["size_unit"].dropna()


def ranked_sizes(records: pd.DataFrame) -> pd.Series:
    """Share of a register's records with a size that are not larger; NaN without a size.

    A curated list has no sizes, and is written with what matters most first: there it is
    ``standing``, the share of the list's rows of the same role that do not come before.
    """
    sizes = records["size"].astype(float)
    ranks = sizes.groupby(records["register"]).rank(method="max", pct=True)
    return ranks.fillna(records["standing"].astype(float)) if "standing" in records else ranks


@table(name="organizations")
def organization_table(
    named_records: pd.DataFrame, organization_industries: pd.DataFrame, size_units: pd.Series
) -> pd.DataFrame:
    """Organizations: name, kind, place, main industry and size of each.

    Parameters
    ----------
    named_records
        As :func:`named` gives them, with place (key of a region) and placement.
    organization_industries
        The table.
    size_units
        Index register, value unit of its sizes.
    """
    ordered = named_records.assign(share=ranked_sizes(named_records)).sort_values(
        ["organization", "rank", "key"]
    )
    groups = ordered.groupby("organization", sort=True)
    head = _first(ordered, rank=True, key=True)
    county = is_region(ordered["place"], "county")
    # The address is that of the first record that has one, all of it from the same record.
    located = ordered.assign(unknown=np.where(county, 0, np.where(ordered["place"].notna(), 1, 2)))
    place = _first(located, unknown=True, rank=True, key=True)
    sized = ordered[ordered["size"].notna()]
    largest = _first(sized, share=False, rank=True, key=True)
    main = _first(organization_industries, confidence=False, records=False, industry=True)
    pairs = ordered[["organization", "register"]].drop_duplicates()
    pairs = pairs.sort_values(["organization", "register"])
    registers = pairs.groupby("organization")["register"].agg(" ".join)
    size = largest["size"].astype("Float64").reindex(head.index)
    columns = {
        **{name: head[name] for name in ("name", "kind", "basis", "source")},
        **{name: place[name] for name in _ADDRESS},
        "status": _status(ordered),
        "industry": main["industry"],
        "size": size,
        "size_unit": largest["register"].map(size_units),
        "size_rank": groups["share"].max(),
        "records": groups.size(),
        "registers": registers,
        "first_seen": groups["first_seen"].min(),
        "last_seen": groups["last_seen"].max(),
    }
    whole = pd.DataFrame({name: column.reindex(head.index) for name, column in columns.items()})
    return whole.rename_axis("key").reset_index()


def _first(rows: pd.DataFrame, **ascending: bool) -> pd.DataFrame:
    """Keep the first row of each organization, in the order of some columns; those lacking last."""
    ordered = rows.sort_values(
        ["organization", *ascending], ascending=[True, *ascending.values()], na_position="last"
    )
    return ordered.drop_duplicates("organization").set_index("organization")


def _status(records: pd.DataFrame) -> pd.Series:
    """Shell if any register calls it one; else what the latest records say, active before others.

    A plant that was closed in an old list and is active in a newer one is active.
    """
    seen = records["last_seen"].astype("Float64").fillna(0).astype(float)
    latest = seen.groupby(records["organization"]).transform("max")
    word = pd.Categorical(records["status"], ["active", "closed", "silent", "shell"], ordered=True)
    code = pd.Series(word.codes, index=records.index).astype(int)
    shell = code.eq(3).groupby(records["organization"]).any()
    newest = code[seen == latest].groupby(records.loc[seen == latest, "organization"]).min()
    status = newest.map({0: "active", 1: "closed", 2: "silent", 3: "shell"})
    return status.mask(shell.reindex(status.index), "shell")


@table(name="records")
def record_table(named_records: pd.DataFrame, size_units: pd.Series) -> pd.DataFrame:
    """Keep what each register says of each organization."""
    place = named_records["place"]
    county = place.where(is_region(place, "county"))
    unit = named_records["register"].map(size_units).where(named_records["size"].notna())
    return named_records.assign(county=county, size_unit=unit)[list(TABLES["records"].names)]


@table()
def organization_industries(
    named_records: pd.DataFrame, record_classes: pd.DataFrame, edition_vintage: int
) -> pd.DataFrame:
    """Six-digit industries of organizations, and how sure each is.

    The confidence is the product of that of the code and that of the match; of several records the
    highest counts.

    Parameters
    ----------
    named_records
        As :func:`named` gives them.
    record_classes
        key of the record, naics, method, confidence.
    edition_vintage
        NAICS vintage of the edition.
    """
    wanted = ["key", "organization", "confidence", "first_seen", "last_seen", "source"]
    joined = record_classes.merge(named_records[wanted], on="key", suffixes=("", "_match"))
    joined["confidence"] = joined["confidence"] * joined["confidence_match"].astype(float)
    joined["industry"] = industry_key(edition_vintage, joined["naics"].astype(str))
    joined = joined.sort_values(
        ["organization", "industry", "confidence", "key"], ascending=[True, True, False, True]
    )
    pair = ["organization", "industry"]
    grouped = joined.groupby(pair, sort=True)
    best = joined.drop_duplicates(pair).set_index(pair)[["method", "confidence", "source"]]
    seen = {"first_seen": grouped["first_seen"].min(), "last_seen": grouped["last_seen"].max()}
    return best.assign(records=grouped.size(), **seen).reset_index()


@table(name="registers")
def register_table(
    register_facts: pd.DataFrame, named_records: pd.DataFrame, record_classes: pd.DataFrame
) -> pd.DataFrame:
    """Count how much of each register could be used."""
    county = is_region(named_records["place"], "county")
    by = named_records["register"]
    counts = pd.DataFrame(
        {
            "records": named_records.groupby("register").size(),
            "placed": county.groupby(by).sum(),
            "classified": named_records["key"].isin(record_classes["key"]).groupby(by).sum(),
            "organizations": named_records.groupby("register")["organization"].nunique(),
        }
    )
    return register_facts.merge(counts, left_on="key", right_index=True, how="left").fillna(
        dict.fromkeys(counts.columns, 0)
    )


@table(name="participations")
def participation_table(
    own_participations: pd.DataFrame,
    curated_participations: pd.DataFrame,
    shown_participations: pd.DataFrame,
    measures: pd.DataFrame,
) -> pd.DataFrame:
    """Roles in regional clusters that the edition measures; a user goes first, then anatomies."""
    stated = [own_participations, curated_participations, shown_participations]
    both = pd.concat([frame for frame in stated if len(frame)], ignore_index=True)
    return in_hubs(both.drop_duplicates(["organization", "cluster", "region", "role"]), measures)


def in_hubs(participations: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Keep those in regional clusters that the edition measures."""
    hubs = measures[["cluster", "region"]].drop_duplicates()
    there = set(zip(hubs["cluster"], hubs["region"], strict=True))
    kept = [
        pair in there
        for pair in zip(participations["cluster"], participations["region"], strict=True)
    ]
    found: pd.DataFrame = participations[kept]
    return found
