"""Several at once: a slow statement stops nobody, and ends when nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.errors import StoreError
from clusteratlas.graph import open_store
from clusteratlas.graph.stopping import Stopper, stopped_by
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.web.app import create_app
from tests.cli.conftest import edition, loaded

__all__ = ["edition", "loaded"]

SLOW = (
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
    "WITH a, b WHERE a * b % 7 = 3 RETURN count(*) AS n"
)
QUICK = "MATCH (r:Region {key: 'cbsa:14460'}) RETURN r.key AS key"


def test_others_read_while_statements_run(loaded: Path) -> None:
    """More of them than the machine has processors: the engine has a thread for each reader."""
    stoppers = [Stopper() for _ in range(3)]
    with open_store(loaded, read_only=True) as store:
        failed: list[StoreError] = []

        def slow(stopper: Stopper) -> None:
            with stopped_by(stopper):
                try:
                    store.read(SLOW, name="slow", timeout=60)
                except StoreError as error:
                    failed.append(error)

        ones = [threading.Thread(target=slow, args=(stopper,)) for stopper in stoppers]
        for one in ones:
            one.start()
        for _ in range(20):
            assert store.read(QUICK, name="quick").rows == [{"key": "cbsa:14460"}]
        assert all(one.is_alive() for one in ones)
        for one, stopper in zip(ones, stoppers, strict=True):
            while one.is_alive():
                stopper.stop()
                one.join(0.05)
        assert ["stopped" in str(error) for error in failed] == [True] * 3
        with stopped_by(stoppers[0]), pytest.raises(StoreError, match="nobody waits"):
            store.read(QUICK, name="quick")
        assert store.read(QUICK, name="quick").rows


def test_a_store_is_opened_by_several_at_once(loaded: Path) -> None:
    with open_atlas(loaded) as one, open_atlas(loaded) as other:
        for atlas in (one, other, one):
            assert atlas.ask("region", region="boston").rows


def scope(path: str, query: str = "") -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1")],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }


async def asked(app: Any, left: asyncio.Event, path: str, query: str = "") -> list[int]:
    statuses = []

    async def receive() -> dict[str, Any]:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope(path, query), receive, send)
    return statuses


def test_who_leaves_ends_the_statement_and_others_are_answered(loaded: Path) -> None:
    async def played(app: Any) -> None:
        left, stays = asyncio.Event(), asyncio.Event()
        text = f"text={SLOW}".replace(" ", "+").replace("%", "%25")
        slow = [asyncio.create_task(asked(app, left, "/api/cypher", text)) for _ in range(6)]
        await asyncio.sleep(0)
        assert await asked(app, stays, "/region", "region=boston") == [200]
        assert not any(one.done() for one in slow)
        left.set()
        assert await asyncio.gather(*slow) == [[]] * 6

    with open_atlas(loaded) as atlas, ExitStack() as opened:
        opening: list[Atlas] = []

        def own() -> Atlas:
            opening.append(opened.enter_context(open_atlas(loaded)))
            return opening[-1]

        app = create_app(atlas, own)
        assert opening == []
        asyncio.run(played(app))
        assert len(opening) == 1


def test_many_who_ask_the_same_at_once_are_answered_by_one(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_atlas(loaded) as atlas:
        ask, times = atlas.ask, []

        def counted(*given: Any, **named: Any) -> Any:
            times.append(given)
            return ask(*given, **named)

        monkeypatch.setattr(atlas, "ask", counted)

        async def played() -> list[list[int]]:
            app, stays = create_app(atlas), asyncio.Event()
            path, query = "/api/questions/region", "region=boston"
            many = await asyncio.gather(*(asked(app, stays, path, query) for _ in range(50)))
            return [*many, await asked(app, stays, path, query)]

        assert asyncio.run(played()) == [[200]] * 51
        assert len(times) == 1
