"""Tables of an edition for other programs: memberships in four columns, or any table whole."""

from __future__ import annotations

import pandas as pd

from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import EditionError
from clusteratlas.vocabulary.keys import codes_of
from clusteratlas.vocabulary.tables import TABLES

MEMBERSHIP_COLUMNS = ("naics", "cluster", "cluster_name", "traded")


def export_table(
    edition: Edition, name: str, *, definition: str | None = None, all_columns: bool = False
) -> pd.DataFrame:
    """One table as people exchange it.

    Parameters
    ----------
    edition
        The edition.
    name
        Name of the table.
    definition
        Name or key of one set of definitions; tables without definitions ignore nothing and refuse
        it. For ``memberships`` the default is the edition's default set.
    all_columns
        ``memberships`` with all its columns rather than naics, cluster, cluster_name, traded.

    Raises
    ------
    EditionError
        If there is no such table or no such set of definitions.
    """
    if name not in TABLES:
        raise EditionError(
            f"an edition has no table {name!r}", hint=f"tables: {', '.join(sorted(TABLES))}"
        )
    frame = edition.table(name)
    if definition is not None or name == "memberships":
        if "definition" not in frame.columns:
            raise EditionError(
                f"table {name} has no definitions to choose from", hint="leave --definition out"
            )
        frame = frame[frame["definition"] == _chosen_definition(edition, definition)]
    if name == "memberships" and not all_columns:
        frame = frame[list(MEMBERSHIP_COLUMNS)].assign(cluster=codes_of(frame["cluster"]))
    return frame.reset_index(drop=True)


def _chosen_definition(edition: Edition, name: str | None) -> str:
    """Key of a set of definitions by its name or key; None gives the default set.

    Raises
    ------
    EditionError
        If the edition has no such set.
    """
    sets = edition.table("definitions")
    chosen = sets["is_default"] if name is None else (sets["key"] == name) | (sets["name"] == name)
    if not chosen.any():
        raise EditionError(
            f"edition {edition.key} has no definitions {name!r}",
            hint=f"it has {', '.join(sorted(sets['name']))}",
        )
    return str(sets.loc[chosen.astype(bool), "key"].iloc[0])
