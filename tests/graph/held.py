"""What a store must hold: the tiny atlas, poorer by a region or under another name, as rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.graph import GraphStore
from clusteratlas.graph.mapping import GraphTables, graph_tables

Dump = dict[str, list[dict[str, Any]]]
LOST = "county:44007"


def dump(store: GraphStore, edition: str | None = None) -> Dump:
    """Everything in a store, or all relationships of one edition and the nodes that it holds."""
    where = "" if edition is None else f"(' ' + x.edition + ' ') CONTAINS ' {edition} '"
    found: Dump = {}
    info = store.info()
    for label in info.nodes:
        text = f"MATCH (x:{label}) {where and 'WHERE ' + where} RETURN x"
        if label != "Edition" and (rows := store.read(text, name=label).rows):
            found[label] = [{k: v for k, v in r["x"].items() if k != "_label"} for r in rows]
    for type_ in info.relationships:
        text = (
            f"MATCH (a)-[x:{type_}]->(b) {where and 'WHERE ' + where} "
            "RETURN a.key AS start, b.key AS finish, x"
        )
        if rows := store.read(text, name=type_).rows:
            found[type_] = [
                {"from": r["start"], "to": r["finish"]}
                | {k: v for k, v in r["x"].items() if k != "_type"}
                for r in rows
            ]
    return {what: _sorted(rows) for what, rows in found.items()}


def expected(tables: GraphTables) -> Dump:
    """What a store that holds this edition alone must hold."""
    found: Dump = {}
    frames = [(n.label, n.frame) for n in tables.nodes]
    frames += [(r.type, r.frame) for r in tables.relationships]
    for what, frame in frames:
        rows = [
            {str(k): v for k, v in row.items() if not pd.isna(v)}
            for row in frame.to_dict("records")
        ]
        if rows:
            found[what] = found.get(what, []) + rows
    return {what: _sorted(rows) for what, rows in found.items()}


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(sorted(row.items(), key=lambda item: item[0])))


@cache
def _held(path: Path, _digest: str) -> Dump:
    return expected(graph_tables(open_edition(path)))


def held_by(edition: Edition) -> Dump:
    """What a store that holds an edition alone must hold; worked out once for each."""
    return _held(edition.path, edition.digest)


def without_region(tables: dict[str, pd.DataFrame], region: str) -> dict[str, pd.DataFrame]:
    """The same atlas as if one region did not exist."""
    columns = {
        "regions": ["key"],
        "region_parts": ["part", "whole"],
        "region_neighbors": ["a", "b"],
    }
    for name, frame in tables.items():
        for column in columns.get(name, ["region"] if "region" in frame else []):
            frame = frame[frame[column] != region]
        tables[name] = frame
    for name, column in (("organizations", "place"), ("records", "county")):
        tables[name] = tables[name].assign(
            **{column: tables[name][column].where(tables[name][column] != region)}
        )
    return tables


def renamed(tables: dict[str, pd.DataFrame], edition: str) -> dict[str, pd.DataFrame]:
    """The same atlas as another edition, with definitions and clusters of its own."""
    return {
        name: frame.map(lambda v: v.replace("tiny/", f"{edition}/", 1) if isinstance(v, str) else v)
        for name, frame in tables.items()
    }
