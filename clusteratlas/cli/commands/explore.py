"""``clusteratlas explore``: the atlas in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clusteratlas.cli.options import AskedEditionOption, StoreOption
from clusteratlas.cli.output.lines import say
from clusteratlas.errors import InputError

if TYPE_CHECKING:
    from clusteratlas.queries.atlas.library import Atlas

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def explore(
    host: Annotated[
        str, typer.Option(help="Address to listen at; another than the default asks for a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8765,
    open_: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    store: StoreOption = None,
    edition: AskedEditionOption = None,
) -> None:
    """Show the atlas in the browser, for reading: clusters, regions, anatomies, all questions."""
    import secrets
    import socket
    from contextlib import ExitStack
    from threading import Thread

    import uvicorn

    from clusteratlas import open_atlas
    from clusteratlas.web.app import create_app

    token = "" if host in _LOOPBACK else secrets.token_urlsafe(16)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()  # who follows the address at once waits, and is not refused
        except OSError as exc:
            raise InputError(
                f"cannot listen at {host}:{port}: {exc.strerror}",
                hint="another port: --port NUMBER",
            ) from exc
        with ExitStack() as opened:

            def opening() -> Atlas:
                return opened.enter_context(open_atlas(store, edition=edition))

            atlas = opening()
            named = f"[{host}]" if ":" in host else host
            place = f"http://{named}:{port}/" + (f"?token={token}" if token else "")
            say(f"{place} (Ctrl+C ends it)")
            if open_:
                import webbrowser

                webbrowser.open(place)
            app = create_app(atlas, opening, token=token)
            config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
            server = uvicorn.Server(config)
            # The first reader finds names read and the first page made.
            Thread(target=_ask_once, args=(host, port, token), daemon=True).start()
            server.run(sockets=[listener])


def _ask_once(host: str, port: int, token: str) -> None:
    from contextlib import suppress
    from http.client import HTTPConnection, HTTPException

    with suppress(OSError, HTTPException):  # a server that ends at once has nobody to wait for
        brought = {"Authorization": f"Bearer {token}"} if token else {}
        connection = HTTPConnection(host, port, timeout=60)
        connection.request("GET", "/", headers=brought)
        connection.getresponse().read()
