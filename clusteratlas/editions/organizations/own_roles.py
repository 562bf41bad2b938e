"""Roles in regional clusters that a user's ``organizations.csv`` states."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations import user
from clusteratlas.vocabulary.keys import organization_key
from clusteratlas.vocabulary.tables import TABLES

Frames = Mapping[str, pd.DataFrame]


def own_participations(
    data: Path, organization: Mapping[str, str], edition: Frames
) -> pd.DataFrame:
    """Turn the roles of a user's lines into participations.

    Parameters
    ----------
    data
        Folder with the user's file; without one the table is empty.
    organization
        Key of the organization by key of the record (``user:...``).
    edition
        Tables ``definitions``, ``clusters``, ``regions`` and ``measures``.

    Returns
    -------
    Rows of the table ``participations``, basis ``user``.

    Raises
    ------
    InputError
        If lines name a traded cluster or a region that the edition does not have, or one of
        several of that name, or a regional cluster that it does not measure.
    """
    stated = user.roles(data)
    definitions = edition["definitions"]
    default = definitions.loc[definitions["is_default"].astype(bool), "key"]
    clusters = edition["clusters"]
    clusters = clusters[clusters["definition"].isin(default) & clusters["kind"].eq("traded")]
    regions = edition["regions"]
    cluster_keys = _keys(clusters, ("key", "id", "name"))
    region_keys = _keys(regions, ("key", "name"))
    pairs = edition["measures"][["cluster", "region"]]
    measured = set(zip(pairs["cluster"], pairs["region"], strict=True))
    faults: user.Faults = []
    rows = []
    for row in stated.to_dict("records"):
        line = int(row["line"])
        found = {}
        for what, keys in (("cluster", cluster_keys), ("region", region_keys)):
            named = keys.get(str(row[what]).casefold(), [])
            if len(named) == 1:
                found[what] = named[0]
            else:
                why = f"could be {' or '.join(named)}" if named else "is not in this edition"
                faults.append((line, f"{what} {row[what]!r} {why}"))
        if len(found) < 2:
            continue
        if (found["cluster"], found["region"]) not in measured:
            where = f"{row['cluster']!r} in {row['region']!r}"
            faults.append((line, f"this edition does not measure {where}"))
            continue
        rows.append(
            {
                "organization": organization[organization_key(user.REGISTER.key, str(row["id"]))],
                **found,
                "role": row["role"],
                "evidence": f"{row['evidence']} ({row['source']})",
                "basis": "user",
                "confidence": 1.0,
                "first_seen": row["year"],
                "last_seen": row["year"],
                "source": f"{user.ORGANIZATIONS.id}-{user.FORMAT}",
            }
        )
    user.refuse("organizations.csv", faults)
    table = pd.DataFrame(rows, columns=list(TABLES["participations"].names))
    return table.drop_duplicates(["organization", "cluster", "region", "role"])


def _keys(table: pd.DataFrame, names: tuple[str, ...]) -> dict[str, list[str]]:
    """Keys of a table by what a user may call them, whatever the case."""
    keys: dict[str, list[str]] = {}
    for name in names:
        for text, key in zip(table[name].astype(str), table["key"].astype(str), strict=True):
            known = keys.setdefault(text.casefold(), [])
            if key not in known:
                known.append(key)
    return keys
