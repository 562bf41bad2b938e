"""``clusteratlas server``: a real Neo4j server on this machine, without Docker."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusteratlas.cli.options import QuietOption
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import FormatOption, OutOption, render

app = typer.Typer(
    help="A Neo4j server of your own on this machine (extra [server]).", no_args_is_help=True
)

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="CLUSTERATLAS_SERVER_HOME",
        file_okay=False,
        metavar="DIR",
        help="Folder of the server. Default: one in your data folder.",
        show_default=False,
    ),
]
PortOption = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help="Default: Neo4j's own, or a free one if that is taken."),
]


@app.command()
def start(
    home: HomeOption = None,
    bolt_port: PortOption = None,
    http_port: PortOption = None,
    heap: Annotated[str, typer.Option(help="Memory for Java, for example 1g.")] = "1g",
    timeout: Annotated[
        float,
        typer.Option(
            min=1,
            help="Give up when it has done nothing for so many seconds. After a crash it recovers "
            "first, and is waited for.",
        ),
    ] = 180.0,
    quiet: QuietOption = False,
) -> None:
    """Start the server, fetching it first if it is not there (some 210 MB)."""
    from clusteratlas.progress import reporting
    from clusteratlas.server.local import LocalServer

    server = LocalServer(home, heap=heap, bolt_port=bolt_port, http_port=http_port)
    with reporting(quiet=quiet) as progress:
        status = server.start(progress, timeout=timeout)
    say(f"url       {status.url}")
    say(f"browser   {status.browser}")
    say(f"user      {status.user}")
    say(f"password  in {status.password_file}")
    if quiet:
        return
    say("next:", err=True)
    say(f"  export NEO4J_PASSWORD=\"$(cat '{status.password_file}')\"", err=True)
    say(f"  clusteratlas load --store {status.url}", err=True)


@app.command()
def stop(home: HomeOption = None) -> None:
    """Stop the server. Its data stay."""
    from clusteratlas.server.local import LocalServer

    server = LocalServer(home)
    server.stop()
    say(f"stopped; the data stay in {server.home.path}", err=True)


@app.command()
def status(home: HomeOption = None, fmt: FormatOption = None, out: OutOption = None) -> None:
    """Say whether the server is running, and where."""
    from clusteratlas.server.local import LocalServer

    render([LocalServer(home).status()], fmt, out=out)


@app.command()
def logs(
    home: HomeOption = None,
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, help="How many, at most.")] = 50,
) -> None:
    """Print the end of the server's log."""
    from clusteratlas.server.local import LocalServer

    say(LocalServer(home).logs(lines))
