"""The folder of a local Neo4j server: its configuration, password, ports and running process."""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clusteratlas.errors import MissingExtra, ServerError
from clusteratlas.server.conf import settings_of, with_our_block

HOST = "127.0.0.1"
USER = "neo4j"
BOLT_PORT = 7687
HTTP_PORT = 7474
_FOLDERS = ("conf", "data", "import", "lib", "logs", "plugins")
_SAME_SECONDS = 2.0
_OURS_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Ports:
    """Loopback ports of a server."""

    bolt: int
    http: int


@dataclass(frozen=True, slots=True)
class Running:
    """A server process that was started here, and when the system says that it started."""

    pid: int
    created: float
    bolt: int
    http: int
    version: str


class Home:
    """The folder of one server: everything that outlives its process.

    Parameters
    ----------
    path
        The folder; None for the one in the user's data folder.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or default_home()).absolute()
        self.conf = self.path / "conf"
        self.console = self.path / "logs" / "console.log"
        self.log = self.path / "logs" / "neo4j.log"
        self.password_file = self.path / "password"
        self._running_file = self.path / "running.json"

    def prepare(self) -> None:
        """Make the folders.

        Raises
        ------
        ServerError
            If they cannot be made.
        """
        try:
            for folder in _FOLDERS:
                (self.path / folder).mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise ServerError(
                f"cannot use {self.path} for a server: {exc.strerror or exc}",
                hint="choose another folder with --home",
            ) from exc

    def password(self) -> str | None:
        """Give the password, or None before the first start."""
        if not self.password_file.exists():
            return None
        return self.password_file.read_text(encoding="utf-8").strip()

    def keep_password(self, password: str) -> None:
        """Keep the password in a file that only the user can read."""
        write_private(self.password_file, password + "\n")

    def write_conf(self, ports: Ports, page_cache: str) -> Ports:
        """Write our part of ``conf/neo4j.conf``: loopback only, authentication on, small logs.

        Returns
        -------
        Ports
            Those that the server will use: what the user set in the file comes first.

        Raises
        ------
        ServerError
            If the file cannot be read or written.
        """
        lines = {
            "server.default_listen_address": HOST,
            "server.bolt.listen_address": f"{HOST}:{ports.bolt}",
            "server.bolt.advertised_address": f"{HOST}:{ports.bolt}",
            "server.http.listen_address": f"{HOST}:{ports.http}",
            "server.http.advertised_address": f"{HOST}:{ports.http}",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": page_cache,
            "dbms.security.auth_enabled": "true",
            "dbms.usage_report.enabled": "false",
            # A load writes gigabytes of transactions: they are kept for a restart, not as a copy.
            "db.tx_log.rotation.retention_policy": "1 files",
            "db.tx_log.rotation.size": "64M",
            "db.checkpoint.interval.time": "2m",
            # Twice five seconds for drivers that are still talking: nobody else's are here.
            "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
            "internal.server.bolt.connection_shutdown_wait_time": "0s",
        }
        file = self.conf / "neo4j.conf"
        try:
            there = file.read_text(encoding="utf-8") if file.exists() else ""
            text = with_our_block(there, lines)
            file.write_text(text, encoding="utf-8")
        except (OSError, UnicodeDecodeError) as exc:
            raise ServerError(
                f"{file} cannot be used: {exc}", hint="remove it, and a new one is written"
            ) from exc
        return _ports_of(settings_of(text), ports)

    def choose_ports(self, bolt: int | None, http: int | None) -> Ports:
        """Choose the ports of the next start.

        Parameters
        ----------
        bolt, http
            A port, 0 for any free one, or None for that of the last start, else Neo4j's own, or
            any free one where that is taken.

        Raises
        ------
        ServerError
            If a port that was asked for is taken.
        """
        last = self._last()
        chosen_bolt = _choose(bolt, last.bolt if last else BOLT_PORT, "--bolt-port")
        usual = last.http if last else HTTP_PORT
        chosen_http = _choose(http, usual, "--http-port", other=chosen_bolt)
        return Ports(chosen_bolt, chosen_http)

    def keep_running(self, pid: int, ports: Ports, version: str) -> None:
        """Note which process now runs the server."""
        process = psutil_module().Process(pid)
        running = Running(pid, process.create_time(), ports.bolt, ports.http, version)
        half = self._running_file.with_suffix(".part")
        half.write_text(json.dumps(asdict(running)), encoding="utf-8")
        half.replace(self._running_file)

    def running(self) -> Running | None:
        """Find the process that runs the server, or None if there is none.

        A process that merely has got the same number since is not taken for it: the time of its
        start and the folder on its command line must be ours.
        """
        psutil = psutil_module()
        last = self._last()
        if last is None:
            return None
        try:
            process = psutil.Process(last.pid)
            ours = (
                process.status() != psutil.STATUS_ZOMBIE
                and abs(process.create_time() - last.created) < _SAME_SECONDS
                and self.home_argument in process.cmdline()
            )
        except psutil.NoSuchProcess:
            return None
        except psutil.AccessDenied:  # somebody else's process, hence not our server
            return None
        return last if ours else None

    @property
    def home_argument(self) -> str:
        """What the command line of our server says about its folder."""
        return f"--home-dir={self.path}"

    def tail(self, lines: int, since: int = 0) -> str:
        """Give the last lines of the server's log, and what Java itself had to say.

        Parameters
        ----------
        lines
            How many of each at most.
        since
            Size of the log at the start, so that an earlier start is not quoted.
        """
        texts = [
            file.read_bytes()[offset:].decode("utf-8", errors="replace").splitlines()[-lines:]
            for file, offset in ((self.console, 0), (self.log, since))
            if file.exists()
        ]
        return "\n".join(line for text in texts for line in text)

    def plugins(self) -> list[str]:
        """Names of the jars that the user put into ``plugins``."""
        return sorted(path.name for path in (self.path / "plugins").glob("*.jar"))

    def no_plugins(self) -> Path:
        """Give a folder without plugins."""
        folder = self.path / "plugins-none"
        folder.mkdir(exist_ok=True)
        return folder

    def written(self) -> int:
        """Bytes in all logs: they grow while a server recovers."""
        logs = self.path / "logs"
        return sum(path.stat().st_size for path in logs.glob("*.log")) if logs.is_dir() else 0

    def log_size(self) -> int:
        """Size of the log in bytes."""
        return self.log.stat().st_size if self.log.exists() else 0

    def _last(self) -> Running | None:
        if not self._running_file.exists():
            return None
        try:
            return Running(**json.loads(self._running_file.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as exc:
            raise ServerError(
                f"{self._running_file} is damaged",
                hint="end the server by hand and remove the file",
            ) from exc


def _ports_of(settings: Mapping[str, str], ports: Ports) -> Ports:
    def port(name: str, otherwise: int) -> int:
        digits = settings.get(f"server.{name}.listen_address", "").rpartition(":")[2]
        return int(digits) if digits.isdigit() else otherwise

    return Ports(port("bolt", ports.bolt), port("http", ports.http))


def default_home() -> Path:
    """Folder of the user's own local server, in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("clusteratlas", appauthor=False) / "neo4j"


def new_password() -> str:
    """Give a password that nobody can guess: 144 random bits.

    In hexadecimal digits: one that began with a hyphen would be an option to a command.
    """
    return secrets.token_hex(18)


def write_private(path: Path, text: str) -> None:
    """Write a file that only the user can read, at no moment with other rights."""
    half = path.with_name(f"{path.name}.part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS_ONLY), "w") as file:
        file.write(text)
    half.replace(path)


def answers(port: int) -> bool:
    """Say whether something on this machine accepts connections at the port."""
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False


def psutil_module() -> Any:
    """Import psutil, or say which extra brings it."""
    try:
        import psutil
    except ImportError as exc:
        raise MissingExtra("a local Neo4j server", "server") from exc
    return psutil


def _choose(wanted: int | None, usual: int, option: str, other: int | None = None) -> int:
    if wanted:
        if not _is_free(wanted) or wanted == other:
            raise ServerError(
                f"port {wanted} is taken", hint=f"leave out {option}, and a free one is found"
            )
        return wanted
    if wanted is None and _is_free(usual) and usual != other:
        return usual
    return _any_free()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As Java does: a port that only lingers after the last server is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
