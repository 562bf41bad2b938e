"""Opens a store by its address, on the engine that knows such addresses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

from clusteratlas.graph.registry import Access, engine_at, known_engines
from clusteratlas.graph.store import MEMORY, GraphStore, TypedStore


def default_path(of: str = "") -> Path:
    """Where the embedded store is when nobody names one.

    Each graph model has a file of its own, so that a newer version never meets tables that it
    cannot read and an older one finds its store untouched.

    Parameters
    ----------
    of
        Digest of an edition that was extended, which has a file of its own.
    """
    import platformdirs

    from clusteratlas.graph import ddl

    folder = Path(platformdirs.user_data_dir("clusteratlas", appauthor=False))
    return folder / f"{'-'.join(filter(None, ['atlas', ddl.layout()[:8], of[:12]]))}.lbug"


def open_store(
    url: str | Path | None = None,
    *,
    read_only: bool = False,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> GraphStore:
    """Open a graph database.

    Parameters
    ----------
    url
        ``neo4j://``, ``bolt://`` (also ``+s``, ``+ssc``) and a host for a Neo4j server; a path
        for an embedded Ladybug store, made if it is not there; ``:memory:`` for one without a
        file. None: the value of ``CLUSTERATLAS_STORE``, or the embedded file in the user's data
        folder.
    read_only
        Open an embedded store for reading only: several processes may do so at a time.
    user, password, database
        For a server; None: the values of ``NEO4J_USER`` (else ``neo4j``), ``NEO4J_PASSWORD`` and
        ``NEO4J_DATABASE`` (else the server's default database).

    Raises
    ------
    InputError
        If no engine knows ``url`` as an address of its own.
    StoreUnavailable
        If the server does not answer, or another process writes to the embedded store.
    StoreError
        If the server refuses the user or has no such database, or the file is not a store.
    """
    given = url if url is not None else os.environ.get("CLUSTERATLAS_STORE") or default_path()
    access = Access(str(given), read_only, user, password, database)
    return engine_at(access.address).open(access)


def lint_store() -> TypedStore:
    """Open an empty, typed store in memory: it refuses misspelt labels, types and properties."""
    typed = next(engine for engine in known_engines() if engine.capabilities.typed)
    store = cast("TypedStore", typed.open(Access(MEMORY)))
    store.prepare_schema()
    return store
