"""Roles in regional clusters that a user states, and the clusters that codes are in."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from clusteratlas.editions.flow.step import step
from clusteratlas.loaders.organizations import user
from clusteratlas.vocabulary.keys import organization_key, source_key
from clusteratlas.vocabulary.tables import TABLES


@step()
def cluster_of_code(memberships: pd.DataFrame, definitions: pd.DataFrame) -> dict[str, str]:
    """Traded cluster of the default definitions by six-digit code."""
    default = definitions.loc[definitions["is_default"].astype(bool), "key"]
    own = memberships["definition"].isin(default) & memberships["traded"].astype(bool)
    members = memberships[own]
    return {str(n): str(c) for n, c in zip(members["naics"], members["cluster"], strict=True)}


@step()
def user_lines(user_rows: pd.DataFrame | None) -> pd.DataFrame:
    """Lines of a user's file that state a role; none without one."""
    return user.stated_roles(user_rows)


@step()
def own_participations(
    user_lines: pd.DataFrame,
    organization_of: Mapping[str, str],
    definitions: pd.DataFrame,
    clusters: pd.DataFrame,
    regions: pd.DataFrame,
    measures: pd.DataFrame,
) -> pd.DataFrame:
    """Roles of a user's lines as participations.

    Parameters
    ----------
    user_lines
        As :func:`clusteratlas.loaders.organizations.user.stated_roles` gives them.
    organization_of
        Key of the organization by key of the record (``user:...``).
    definitions, clusters, regions, measures
        Tables of the edition.

    Returns
    -------
    Rows of the table ``participations``, basis ``user``.

    Raises
    ------
    InputError
        If lines name a traded cluster or a region that the edition does not have, or one of
        several of that name, or a regional cluster that it does not measure.
    """
    default = definitions.loc[definitions["is_default"].astype(bool), "key"]
    clusters = clusters[clusters["definition"].isin(default) & clusters["kind"].eq("traded")]
    cluster_keys = _keys(clusters, ("key", "id", "name"))
    region_keys = _keys(regions, ("key", "name"))
    pairs = measures[["cluster", "region"]]
    measured = set(zip(pairs["cluster"], pairs["region"], strict=True))
    faults: user.Faults = []
    rows = []
    for row in user_lines.to_dict("records"):
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
        record = organization_key(user.REGISTER.key, str(row["id"]))
        rows.append(
            {
                "organization": organization_of[record],
                **found,
                "role": row["role"],
                "evidence": f"{row['evidence']} ({row['source']})",
                "basis": "user",
                "confidence": 1.0,
                "first_seen": row["year"],
                "last_seen": row["year"],
                "source": source_key(user.ORGANIZATIONS.id, user.FORMAT),
            }
        )
    user.refuse("organizations.csv", faults)
    stated = pd.DataFrame(rows, columns=list(TABLES["participations"].names))
    return stated.drop_duplicates(["organization", "cluster", "region", "role"])


def _keys(table: pd.DataFrame, names: tuple[str, ...]) -> dict[str, list[str]]:
    """Keys of a table by what a user may call them, whatever the case."""
    keys: dict[str, list[str]] = {}
    for name in names:
        for text, key in zip(table[name].astype(str), table["key"].astype(str), strict=True):
            known = keys.setdefault(text.casefold(), [])
            if key not in known:
                known.append(key)
    return keys
