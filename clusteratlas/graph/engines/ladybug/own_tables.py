"""Tables of the embedded engine that are none of the model's: users make them, loads keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    from clusteratlas.graph.engines.ladybug.store import LadybugStore


def copy_own_tables(store: LadybugStore, fresh: LadybugStore) -> None:
    """Make a user's own tables again in another store, with their rows."""
    found = store.write("CALL show_tables() RETURN name, type", name="list tables").rows
    for row in sorted(found, key=lambda row: row["type"] != "NODE"):
        name, is_node = str(row["name"]), row["type"] == "NODE"
        if name not in NODES and name not in RELATIONSHIPS:
            (_copy_nodes if is_node else _copy_relationships)(store, fresh, name)


def _copy_nodes(store: LadybugStore, fresh: LadybugStore, table: str) -> None:
    info = store.write(f"CALL table_info('{table}') RETURN *", name=f"inspect {table}").rows
    key = next(r["name"] for r in info if r["primary key"])
    fields = ", ".join(f"`{r['name']}` {r['type']}" for r in info)
    fresh.write(f"CREATE NODE TABLE `{table}`({fields}, PRIMARY KEY(`{key}`))", name="own table")
    returned = ", ".join(f"n.`{r['name']}`" for r in info)
    rows = store.read_arrow(f"MATCH (n:`{table}`) RETURN {returned}", {}, name=f"keep {table}")
    if rows.num_rows:
        fresh.write(f"COPY `{table}` FROM $frame", {"frame": rows}, name=f"copy {table}")


def _copy_relationships(store: LadybugStore, fresh: LadybugStore, table: str) -> None:
    info = store.write(f"CALL table_info('{table}') RETURN *", name=f"inspect {table}").rows
    ends = store.write(f"CALL show_connection('{table}') RETURN *", name=f"ends of {table}").rows
    fields = [
        *(f"FROM `{r['source table name']}` TO `{r['destination table name']}`" for r in ends),
        *(f"`{r['name']}` {r['type']}" for r in info),
    ]
    fresh.write(f"CREATE REL TABLE `{table}`({', '.join(fields)})", name="own table")
    for r in ends:
        start, end = r["source table name"], r["destination table name"]
        keys = [f"a.`{r['source table primary key']}`", f"b.`{r['destination table primary key']}`"]
        returned = ", ".join([*keys, *(f"x.`{i['name']}`" for i in info)])
        rows = store.read_arrow(
            f"MATCH (a:`{start}`)-[x:`{table}`]->(b:`{end}`) RETURN {returned}",
            {},
            name=f"keep {table}",
        )
        if rows.num_rows:
            fresh.write(
                f"COPY `{table}` FROM $frame (from='{start}', to='{end}')",
                {"frame": rows},
                name=f"copy {table}",
            )
