"""Tables of organizations and their records, once it is known which records are about whom."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.loaders.organizations.records import naming_rank
from clusteratlas.vocabulary.tables import TABLES


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


def ranked_sizes(records: pd.DataFrame) -> pd.Series:
    """Share of a register's records with a size that are not larger; NaN without a size."""
    sizes = records["size"].astype(float)
    return sizes.groupby(records["register"]).rank(method="max", pct=True)


def organization_table(
    records: pd.DataFrame, classes: pd.DataFrame, units: pd.Series
) -> pd.DataFrame:
    """Assemble the table ``organizations``.

    Parameters
    ----------
    records
        As :func:`named` gives them, with place (key of a region) and placement.
    classes
        Table ``organization_industries``.
    units
        Index register, value unit of its sizes.
    """
    ordered = records.assign(share=ranked_sizes(records)).sort_values(
        ["organization", "rank", "key"]
    )
    groups = ordered.groupby("organization", sort=True)
    head = ordered.drop_duplicates("organization").set_index("organization")
    county = ordered["place"].fillna("").str.startswith("county:")
    # The address is that of the first record that has one, all of it from the same record.
    located = ordered.assign(unknown=np.where(county, 0, np.where(ordered["place"].notna(), 1, 2)))
    located = located.sort_values(["organization", "unknown", "rank", "key"])
    place = located.drop_duplicates("organization").set_index("organization")
    largest = ordered.sort_values(
        ["organization", "share", "rank", "key"], ascending=[True, False, True, True],
        na_position="last",
    ).drop_duplicates("organization").set_index("organization")  # fmt: skip
    main = classes.sort_values(
        ["organization", "confidence", "records", "industry"], ascending=[True, False, False, True]
    ).drop_duplicates("organization").set_index("organization")["industry"]  # fmt: skip
    pairs = ordered[["organization", "register"]].drop_duplicates()
    pairs = pairs.sort_values(["organization", "register"])
    registers = pairs.groupby("organization")["register"].agg(" ".join)
    size = largest["size"].astype("Float64")
    return pd.DataFrame(
        {
            "name": head["name"],
            "kind": head["kind"],
            "status": _status(ordered).reindex(head.index),
            "basis": head["basis"],
            "city": place["city"].reindex(head.index),
            "state": place["state"].reindex(head.index),
            "place": place["place"].reindex(head.index),
            "placement": place["placement"].reindex(head.index),
            "longitude": place["longitude"].reindex(head.index),
            "latitude": place["latitude"].reindex(head.index),
            "industry": main.reindex(head.index),
            "size": size.reindex(head.index),
            "size_unit": largest["register"].map(units).where(size.notna()).reindex(head.index),
            "size_rank": largest["share"].reindex(head.index),
            "records": groups.size(),
            "registers": registers,
            "first_seen": groups["first_seen"].min(),
            "last_seen": groups["last_seen"].max(),
            "source": head["source"],
        }
    ).rename_axis("key").reset_index()  # fmt: skip


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


def record_table(records: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    """Assemble the table ``records``."""
    county = records["place"].where(records["place"].fillna("").str.startswith("county:"))
    unit = records["register"].map(units).where(records["size"].notna())
    return records.assign(county=county, size_unit=unit)[list(TABLES["records"].names)]


def industry_rows(records: pd.DataFrame, classes: pd.DataFrame, vintage: int) -> pd.DataFrame:
    """Assemble the table ``organization_industries``.

    The confidence is the product of that of the code and that of the match; of several records the
    highest counts.

    Parameters
    ----------
    records
        As :func:`named` gives them.
    classes
        key of the record, naics, method, confidence.
    vintage
        NAICS vintage of the edition.
    """
    joined = classes.merge(
        records[["key", "organization", "confidence", "first_seen", "last_seen", "source"]],
        on="key", suffixes=("", "_match"),
    )  # fmt: skip
    joined["confidence"] = joined["confidence"] * joined["confidence_match"].astype(float)
    joined["industry"] = f"naics{vintage}:" + joined["naics"].astype(str)
    joined = joined.sort_values(
        ["organization", "industry", "confidence", "key"], ascending=[True, True, False, True]
    )
    grouped = joined.groupby(["organization", "industry"], sort=True)
    best = joined.drop_duplicates(["organization", "industry"]).set_index(
        ["organization", "industry"]
    )
    return best[["method", "confidence", "source"]].assign(
        records=grouped.size(),
        first_seen=grouped["first_seen"].min(),
        last_seen=grouped["last_seen"].max(),
    ).reset_index()  # fmt: skip


def register_table(
    facts: pd.DataFrame, records: pd.DataFrame, classes: pd.DataFrame
) -> pd.DataFrame:
    """Assemble the table ``registers``: what each holds, and how far it could be used."""
    county = records["place"].fillna("").str.startswith("county:")
    by = records["register"]
    counts = pd.DataFrame(
        {
            "records": records.groupby("register").size(),
            "placed": county.groupby(by).sum(),
            "classified": records["key"].isin(classes["key"]).groupby(by).sum(),
            "organizations": records.groupby("register")["organization"].nunique(),
        }
    )
    return facts.merge(counts, left_on="key", right_index=True, how="left").fillna(
        dict.fromkeys(counts.columns, 0)
    )
