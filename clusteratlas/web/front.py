"""What stands before all pages: who may ask, headers, limits, what is kept, who has left."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clusteratlas.graph.stopping import Stopper, stopped_by

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""No script or style in a page itself, nothing from another host, no frame around it."""
KEY = "clusteratlas_token"
"""Cookie that holds the token of a server that others can reach."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names of a server that only this machine can reach."""
LONGEST = 8192
"""Bytes of an address at most: a statement of a reader's own fits."""
KEPT = 24 << 20
"""Bytes of rendered answers that are kept: an edition does not change while it is open."""
OWN = frozenset({"/cypher", "/cypher.csv", "/cypher.json", "/api/cypher"})
"""Paths of statements of a reader's own, which are not kept, and of which few run at a time."""
AT_A_TIME = 2
"""Statements of readers' own that run at a time; more of them wait for their turn."""
_LEAST = 1000
_AGAIN = 0.05

Refuse = Callable[[Scope, int, str, str, str], Response]
"""Makes the answer that refuses: status, code, what is wrong and what to do."""


@dataclass
class _Flight:
    """One address that is being answered, for all who ask for it at the time."""

    task: asyncio.Task[Response]
    stopper: Stopper = field(default_factory=Stopper)
    waiting: int = 0


class Front:
    """Middleware before all pages."""

    def __init__(self, app: ASGIApp, *, token: str, refuse: Refuse) -> None:
        self._app = app
        self._token = token.encode()
        self._refuse = refuse
        self._kept: OrderedDict[str, Response] = OrderedDict()
        self._bytes = 0
        self._flights: dict[str, _Flight] = {}
        self._own = asyncio.Semaphore(AT_A_TIME)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        heads = {k.decode("latin1").lower(): v.decode("latin1") for k, v in scope["headers"]}
        answer = self._refused(scope, heads) or await self._answer(scope, receive)
        if answer is not None:
            await _fitting(answer, heads)(scope, receive, send)

    def _refused(self, scope: Scope, heads: Mapping[str, str]) -> Response | None:
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > LONGEST:
            words = f"this address is longer than {LONGEST:,} bytes"
            return self._refuse(scope, 414, "too-long", words, "ask for less at a time")
        if scope["method"] not in {"GET", "HEAD"}:
            words = f"{scope['method']} is not how this explorer is asked"
            refused = self._refuse(scope, 405, "no-such-method", words, "it only reads: use GET")
            refused.headers["Allow"] = "GET, HEAD"
            return refused
        if not self._token:
            # Another site must not read this one under a name of its own (DNS rebinding).
            host = heads.get("host", "")
            name = host if host.endswith("]") else host.rpartition(":")[0] or host
            if name not in LOOPBACK:
                words = f"this explorer is not called {name!r}"
                return self._refuse(scope, 400, "other-host", words, "use localhost")
            return None
        query = parse_qsl(scope["query_string"].decode("latin1"), keep_blank_values=True)
        brought = dict(query).get("token", "")
        if self._is(brought):
            # The token does not stay in the address, which is shown, copied and kept.
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            path = "/" + scope["raw_path"].decode("latin1").lstrip("/\\")
            led = Response(status_code=303, headers={"Location": f"{path}?{rest}".rstrip("?")})
            led.set_cookie(KEY, brought, httponly=True, samesite="strict")
            return led
        try:
            held = SimpleCookie(heads.get("cookie", "")).get(KEY)
        except CookieError:
            held = None
        bearer = heads.get("authorization", "").removeprefix("Bearer ")
        if (held is not None and self._is(held.value)) or self._is(bearer):
            return None
        words = "this explorer asks for its token"
        return self._refuse(scope, 403, "no-token", words, "open the address that it printed")

    def _is(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(errors="replace"), self._token)

    async def _answer(self, scope: Scope, receive: Receive) -> Response | None:
        """Give what is kept, or wait for it with all who ask the same; None: the client left."""
        address = f"{scope['raw_path'].decode('latin1')}?{scope['query_string'].decode('latin1')}"
        if address in self._kept:
            self._kept.move_to_end(address)
            return self._kept[address]
        own = scope["path"] in OWN
        flight = None if own else self._flights.get(address)
        if flight is None:
            stopper = Stopper()
            task = asyncio.create_task(self._run({**scope, "method": "GET"}, stopper, own))
            flight = _Flight(task, stopper)
            if not own:
                self._flights[address] = flight
                task.add_done_callback(lambda done: self._landed(address, done))
        flight.waiting += 1
        left = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({flight.task, left}, return_when=asyncio.FIRST_COMPLETED)
            return flight.task.result() if flight.task.done() else None
        finally:
            left.cancel()
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                if self._flights.get(address) is flight:
                    del self._flights[address]
                while not flight.task.done():
                    flight.stopper.stop()
                    await asyncio.wait({flight.task}, timeout=_AGAIN)

    async def _run(self, scope: Scope, stopper: Stopper, own: bool) -> Response:
        if not own:
            return await self._page(scope, stopper)
        async with self._own:
            return await self._page(scope, stopper)

    async def _page(self, scope: Scope, stopper: Stopper) -> Response:
        found = Response()
        parts: list[bytes] = []

        given = iter([True])
        never = asyncio.Event()

        async def receive() -> Message:
            if not next(given, False):
                await never.wait()  # who left is looked after elsewhere
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                found.status_code = message["status"]
                found.raw_headers = list(message["headers"])
            else:
                parts.append(message.get("body", b""))

        # Revalidation is done here, where what is kept is known.
        heads = [pair for pair in scope["headers"] if not pair[0].startswith(b"if-")]
        heads = [pair for pair in heads if pair[0] != b"range"]
        try:
            with stopped_by(stopper):
                await self._app({**scope, "headers": heads}, receive, send)
        except Exception:  # whatever it is, a reader gets one line, and the log the rest
            logging.getLogger("uvicorn.error").exception("%s failed", scope["path"])
            words = "something went wrong in the explorer"
            return self._refuse(scope, 500, "failed", words, "its terminal says more")
        found.body = b"".join(parts)
        return found

    def _landed(self, address: str, done: asyncio.Task[Response]) -> None:
        self._flights.pop(address, None)
        if done.cancelled() or done.exception() or done.result().status_code != 200:
            return
        self._kept[address] = done.result()
        self._bytes += len(done.result().body)
        while self._bytes > KEPT:
            _, old = self._kept.popitem(last=False)
            self._bytes -= len(old.body)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _fitting(found: Response, heads: Mapping[str, str]) -> Response:
    """Give an answer as this reader can take it: compressed, or not at all if it is held."""
    body = bytes(found.body)
    answer = Response(body, status_code=found.status_code)
    kept = {k: v for k, v in found.headers.items() if k not in {"content-length", "set-cookie"}}
    answer.headers.update({**kept, **HEADERS})
    cookies = [pair for pair in found.raw_headers if pair[0] == b"set-cookie"]
    answer.raw_headers.extend(cookies)
    if found.status_code != 200:
        answer.headers["Cache-Control"] = "no-store"
        return answer
    # Of what is shown: a page that a new version renders in another way is another page.
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer.headers.update(
        {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    )
    if tag in heads.get("if-none-match", "").replace(" ", "").split(","):
        answer.status_code, answer.body = 304, b""
        del answer.headers["content-length"]
        return answer
    packed = "image/png" in kept.get("content-type", "") or "sheet" in kept.get("content-type", "")
    if "gzip" in heads.get("accept-encoding", "") and len(body) > _LEAST and not packed:
        answer.body = gzip.compress(body, 5, mtime=0)
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Content-Length"] = str(len(answer.body))
    return answer
