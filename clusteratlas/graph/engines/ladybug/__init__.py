"""The embedded engine, Ladybug: a file or the memory of the process, without a server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusteratlas.graph.engines.ladybug.dialect import CAPABILITIES, NAME
from clusteratlas.graph.registry import Access, Engine

if TYPE_CHECKING:
    from clusteratlas.graph.engines.ladybug.store import LadybugStore
    from clusteratlas.graph.mapping import GraphTables
    from clusteratlas.graph.store import Outcome
    from clusteratlas.progress import Progress


def _open(access: Access) -> LadybugStore:
    from clusteratlas.graph.engines.ladybug.store import LadybugStore

    return LadybugStore(access.address, read_only=access.read_only)


def _load(store: LadybugStore, tables: GraphTables, progress: Progress) -> Outcome:
    from clusteratlas.graph.engines.ladybug.load import load_whole

    return load_whole(store, tables, progress)


def _drop(store: LadybugStore, edition: str, progress: Progress) -> None:
    from clusteratlas.graph.engines.ladybug.load import drop_whole

    drop_whole(store, edition, progress)


ENGINE = Engine(
    name=NAME,
    address=re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]+://).*", re.S),  # whatever is no URL
    examples=("a path", ":memory:"),
    capabilities=CAPABILITIES,
    open=_open,
    load=_load,
    drop=_drop,
)
