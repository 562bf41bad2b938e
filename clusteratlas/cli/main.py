"""``clusteratlas``: the root of the command line, and the one place that ends in an exit code.

Commands live in one module each and are imported only when they are called (or listed).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any, TextIO

import typer

from clusteratlas.cli.groups import LightGroup
from clusteratlas.cli.output.lines import say
from clusteratlas.errors import ClusterAtlasError, InputError
from clusteratlas.version import __version__

COMMANDS: dict[str, str] = {
    "demo": "demo:demo",
    "ask": "ask:app",
    "questions": "ask:questions",
    "find": "ask:find_command",
    "explore": "explore:explore",
    "network": "network:network",
    "measure": "measure:measure",
    "synth": "synth:synth",
    "cite": "cite:cite_command",
    "cypher": "cypher:cypher_command",
    "shell": "shell:shell",
    "sources": "sources:app",
    "build": "build:build",
    "linkages": "linkages:app",
    "derive": "derive:derive",
    "organizations": "organizations:app",
    "report": "report:app",
    "traded": "traded:app",
    "edition": "edition:app",
    "load": "load:load",
    "store": "store:app",
    "export": "export:app",
    "server": "server:app",
}
"""Command -> where it lives in ``clusteratlas.cli.commands``: a function or a Typer app."""

INTERRUPTED = 130
_GARBAGE = 200_000
"""Objects that are made before garbage is looked for."""


class LazyGroup(LightGroup):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (the base class has it)
        """Name the commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 (as above)
        """Import the command, or give None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        target = getattr(import_module(f"clusteratlas.cli.commands.{module}"), attribute)
        holder = typer.Typer(rich_markup_mode=None, add_completion=False)
        if isinstance(target, typer.Typer):
            target.rich_markup_mode = None
            holder.add_typer(target, name=cmd_name)
        else:
            holder.command(cmd_name)(target)
        return typer.main.get_group(holder).commands[cmd_name]


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"clusteratlas {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 (its callback does the work)
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """U.S. industry clusters as a graph: build it, load it, ask it.

    Start with `clusteratlas demo`, then `clusteratlas questions`.
    """
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code.

    Expected errors become ``error:`` and ``hint:`` lines on standard error; their codes are in
    :mod:`clusteratlas.errors`. A usage error is 2, Ctrl-C is 130. Anything else is a bug and
    keeps its traceback.
    """
    _write_what_fits(sys.stdout)
    _write_what_fits(sys.stderr)
    try:
        code = app(
            args=None if argv is None else list(argv),
            prog_name="clusteratlas",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except ClusterAtlasError as exc:
        _complain(exc.message, exc.hint)
        return exc.exit_code
    except typer.TyperException as exc:
        _complain_of_usage(exc)
        return exc.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except OSError as exc:
        if exc.filename is None:  # no file that somebody named
            raise
        _complain(f"{exc.filename}: {exc.strerror or exc}", "check the path and its rights")
        return InputError.exit_code
    except SystemExit as exc:
        if isinstance(exc.__context__, BrokenPipeError):  # typer's own handling of it
            return _reader_left()
        return exc.code if isinstance(exc.code, int) else 1
    if code == INTERRUPTED:
        _complain("interrupted", None)
    return code if isinstance(code, int) else 0


def run() -> None:
    """Entry point of the ``clusteratlas`` script."""
    # A command is over soon: to look for garbage among its rows costs more than what is found.
    gc.set_threshold(_GARBAGE)
    sys.exit(main())


def _write_what_fits(stream: TextIO) -> None:
    """Let a stream replace what its encoding cannot hold.

    In a file or a pipe on Windows that is the encoding of the machine, which has neither all names
    nor the characters of which tables are drawn.
    """
    if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="replace")


def _reader_left() -> int:
    """End quietly: the reader (head, less) has seen enough."""
    # Python flushes once more at its exit, and would complain there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def _complain(message: str, hint: str | None) -> None:
    say(f"error: {message}", err=True)
    if hint:
        say(f"hint: {hint}", err=True)


def _complain_of_usage(exc: typer.TyperException) -> None:
    message = exc.format_message()
    context = getattr(exc, "ctx", None)
    if message.startswith("Usage:"):  # a group called without a command gives its help
        say(message, err=True)
        return
    hint = None if context is None else f"`{context.command_path} --help` shows what it takes"
    _complain(" ".join(message.split()), hint)


if __name__ == "__main__":
    run()
