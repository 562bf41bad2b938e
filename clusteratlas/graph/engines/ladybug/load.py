"""Load an edition into the embedded engine: a new file, put into the place of the old one.

Whatever the store holds beside the edition is copied along. The engine copies whole tables well;
replacing rows in place fills its buffer pool, and crashed it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import StoreError
from clusteratlas.graph import ddl
from clusteratlas.graph.engines.ladybug.own_tables import copy_own_tables
from clusteratlas.graph.mapping import ENDS, GraphTables, arrow, no_tables
from clusteratlas.graph.store import MEMORY, LoadedEdition, Outcome
from clusteratlas.vocabulary.columns import PANDAS
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from clusteratlas.graph.engines.ladybug.store import LadybugStore
    from clusteratlas.progress import Progress

_ROW_BYTES = 400
"""Room for a node or relationship during a load, old and new ones side by side; 120 are usual."""
_STAMP = "(x.edition IS NULL OR x.edition <> $edition)"
_MARK = (
    "CREATE (:Edition {key: $edition, digest: $digest, load: $load, edition: $edition, "
    "losses: $losses, complete: true, batches: 0, nodes: $nodes, relationships: $relationships})"
)


def load_whole(store: LadybugStore, tables: GraphTables, progress: Progress) -> Outcome:
    """Bring an edition into the store, whole or not at all.

    A node that other editions have too gets the properties of this one. What this edition had and
    has no more goes, but for nodes that somebody else has or tied something to.
    """
    held = store.editions()
    _refuse_without_room(store, tables, held)
    known = any(edition.key == tables.edition for edition in held)
    with store.replaced() as fresh:
        _fill(store, fresh, tables, progress.advance)
        mark = {
            "edition": tables.edition,
            "digest": tables.digest,
            "load": tables.load,
            "losses": tables.losses,
            "nodes": tables.node_count,
            "relationships": tables.relationship_count,
        }
        fresh.write(_MARK, mark, name="mark edition")
    return "changed" if known else "loaded"


def drop_whole(store: LadybugStore, edition: str, progress: Progress) -> None:
    """Remove an edition from the store, whole or not at all; what others hold stays."""
    with store.replaced() as fresh:
        _fill(store, fresh, no_tables(edition), progress.advance)


def _fill(
    store: LadybugStore, fresh: LadybugStore, tables: GraphTables, advance: Callable[[int], None]
) -> None:
    """Fill an empty store with an edition and with what another store holds beside it."""
    new = {nodes.label: nodes.frame for nodes in tables.nodes}
    for label in NODES:
        frame = _with_others(store, label, new.get(label), tables.edition)
        if len(frame):
            fresh.write(f"COPY {label} FROM $frame", {"frame": arrow(frame)}, name=f"copy {label}")
        advance(len(new.get(label, ())))
    for type_, declared in RELATIONSHIPS.items():
        sets = {(r.start, r.end): r.frame for r in tables.relationships if r.type == type_}
        for ends in declared.ends:
            for part in _parts(store, type_, ends, sets.get(ends), tables.edition):
                fresh.write(
                    f"COPY {type_} FROM $frame (from='{ends[0]}', to='{ends[1]}')",
                    {"frame": part},
                    name=f"copy {type_}",
                )
            advance(len(sets.get(ends, ())))
    copy_own_tables(store, fresh)


def _with_others(
    store: LadybugStore, label: str, new: pd.DataFrame | None, edition: str
) -> pd.DataFrame:
    """Give all nodes of a label: the edition's and those that stay of the store's."""
    import pandas as pd

    old = _nodes(store, label)
    if label == "Edition":
        return old[old["key"] != edition]
    frame = old.iloc[:0] if new is None else new
    if old.empty:
        return frame
    columns, new_keys = ddl.columns(NODES[label]), frame["key"]
    held: list[list[str]] = [str(names).split() for names in old["edition"].fillna("")]
    had = pd.Series([edition in names for names in held], index=old.index, dtype=bool)
    rest = [" ".join(name for name in names if name != edition) for names in held]
    others = pd.Series(rest, index=old.index, dtype=object)
    # Names of editions stay in the order in which they came.
    joined = old["edition"].where(had, (others + f" {edition}").str.strip())
    of_old = pd.Series(joined.to_numpy(), index=old["key"]).reindex(frame["key"])
    frame = frame.assign(edition=of_old.fillna(edition).to_numpy())
    kept = old.assign(edition=old["edition"].where(~had, others))[~old["key"].isin(new_keys)]
    lone = kept[had[kept.index] & (kept["edition"] == "")]
    if len(lone):
        tied = _tied(store, label, lone["key"], edition)
        kept = kept.drop(index=lone.index[~lone["key"].isin(tied)])
    whole = pd.concat([frame, kept], ignore_index=True)
    return whole[list(columns)].astype({name: PANDAS[type_] for name, type_ in columns.items()})


def _nodes(store: LadybugStore, label: str) -> pd.DataFrame:
    columns = ddl.columns(NODES[label])
    returned = ", ".join(f"n.{name} AS {name}" for name in columns)
    found = store.read_arrow(f"MATCH (n:{label}) RETURN {returned}", {}, name=f"keep {label}")
    frame: pd.DataFrame = found.to_pandas().astype(
        {name: PANDAS[type_] for name, type_ in columns.items()}
    )
    return frame


def _tied(store: LadybugStore, label: str, keys: pd.Series[Any], edition: str) -> set[str]:
    """Which nodes have a relationship that is not the edition's."""
    import pyarrow as pa

    found = store.read_arrow(
        f"LOAD FROM $frame MATCH (n:{label} {{key: col_key}})-[x]-() WHERE {_STAMP} "
        "RETURN DISTINCT n.key AS key",
        {"frame": pa.table({"col_key": pa.array(keys, pa.string())}), "edition": edition},
        name=f"ties of {label}",
    )
    return set(found.column("key").to_pylist())


def _parts(
    store: LadybugStore,
    type_: str,
    ends: tuple[str, str],
    new: pd.DataFrame | None,
    edition: str,
) -> Iterator[pa.Table]:
    """Give what the store has of others, then what the edition brings."""
    returned = ", ".join(f"x.{name}" for name in ddl.columns(RELATIONSHIPS[type_]))
    kept = store.read_arrow(
        f"MATCH (a:{ends[0]})-[x:{type_}]->(b:{ends[1]}) WHERE {_STAMP} "
        f"RETURN a.key AS {ENDS[0]}_, b.key AS {ENDS[1]}_, {returned}",
        {"edition": edition},
        name=f"keep {type_}",
    )
    if kept.num_rows:
        yield kept
    if new is not None and len(new):
        yield arrow(new)


def _refuse_without_room(
    store: LadybugStore, tables: GraphTables, held: tuple[LoadedEdition, ...]
) -> None:
    """Look before leaping: the engine may crash when the disk is full at a commit."""
    if store.url == MEMORY:
        return
    others = sum(e.nodes + e.relationships for e in held if e.key != tables.edition)
    needed = (tables.node_count + tables.relationship_count + others) * _ROW_BYTES
    free = shutil.disk_usage(Path(store.url).absolute().parent).free
    if free < needed:
        raise StoreError(
            f"{store.url} needs up to {needed >> 20:,} MB and the disk has {free >> 20:,} MB left",
            hint="make room, or name another place with --store or CLUSTERATLAS_STORE",
        )
