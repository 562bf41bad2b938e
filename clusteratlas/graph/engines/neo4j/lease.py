"""One load of a database at a time: a node says who loads, and every batch looks at it.

A batch locks the node first and writes only while it is its own, so a load that was taken for dead
cannot write beside the one that took over. When it may be taken over is a matter of patience alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import StoreError
from clusteratlas.graph.engines.neo4j.dialect import LEASE
from clusteratlas.graph.loading import Loader, Loading, refuse_second_load, this_loader

if TYPE_CHECKING:
    from clusteratlas.graph.store import GraphStore

_PATIENCE = 120
"""Seconds without a batch after which a load of another machine counts as dead."""
_TAKE = (
    f"MERGE (l:{LEASE} {{key: 'load'}}) SET l.asked = $token WITH l "
    "WHERE l.token IS NULL OR l.token = $token OR l.token = $over "
    "OR l.seen < timestamp() - $patience "
    "SET l.token = $token, l.edition = $edition, l.user = $user, l.host = $host, l.pid = $pid, "
    "l.since = timestamp(), l.seen = timestamp() RETURN l.token AS token"
)
_LOOK = (
    f"MATCH (l:{LEASE} {{key: 'load'}}) WHERE l.token IS NOT NULL "
    "RETURN l.token AS token, l.edition AS edition, l.user AS user, l.host AS host, "
    "l.pid AS pid, l.since AS since, l.seen < timestamp() - $patience AS silent"
)
_GIVE = f"MATCH (l:{LEASE} {{key: 'load', token: $token}}) DELETE l"
FENCE = f"MATCH (l:{LEASE} {{key: 'load', token: $token}}) SET l.seen = timestamp() RETURN l.token"
"""Says that the load is alive, and gives no row where another one took over."""
_ours: set[str] = set()
"""Tokens of loads that this process has under way."""


@contextmanager
def load_lease(store: GraphStore, edition: str) -> Iterator[str]:
    """Keep other loads of a database out; give the token that batches show.

    Raises
    ------
    StoreUnavailable
        If another load is under way.
    """
    token, me = uuid.uuid4().hex, this_loader()
    found = _found(store)
    over = found["token"] if found is not None and _is_over(found) else ""
    given = {
        "token": token,
        "over": over,
        "patience": _PATIENCE * 1000,
        "edition": edition,
        "user": me.user,
        "host": me.host,
        "pid": me.pid,
    }
    if not store.write(_TAKE, given, name="lease").rows:
        other = load_under_way(store) or Loading(edition, "another process", datetime.now(UTC))
        raise refuse_second_load(
            other,
            store.url,
            hint=f"wait until it is done; one that died counts as over after {_PATIENCE} s",
        )
    _ours.add(token)
    try:
        yield token
    finally:
        _ours.discard(token)
        with suppress(StoreError):  # of a server that is lost; the next load sees who held it
            store.write(_GIVE, {"token": token}, name="lease")


def load_under_way(store: GraphStore) -> Loading | None:
    """Tell of a load that is under way; None if there is none."""
    found = _found(store)
    if found is None or _is_over(found):
        return None
    since = datetime.fromtimestamp(found["since"] / 1000, UTC)
    return Loading(found["edition"], _loader(found).words, since)


def _found(store: GraphStore) -> dict[str, Any] | None:
    rows = store.read(_LOOK, {"patience": _PATIENCE * 1000}, name="lease").rows
    return rows[0] if rows else None


def _loader(found: dict[str, Any]) -> Loader:
    return Loader(found["user"], found["host"], found["pid"])


def _is_over(found: dict[str, Any]) -> bool:
    loader = _loader(found)
    if loader == this_loader():
        return found["token"] not in _ours
    return bool(found["silent"]) or loader.has_gone()
