"""``neo4j.conf`` belongs to the user, but for a block of ours."""

from __future__ import annotations

from pathlib import Path

from clusteratlas.server.conf import settings_of, with_our_block
from clusteratlas.server.home import Home, Ports

CONF = Path("conf", "neo4j.conf")


def test_what_the_user_sets_stays_and_comes_first(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    assert home.write_conf(Ports(1111, 2222), "512m") == Ports(1111, 2222)
    file = tmp_path / CONF
    own = "\n# mine\nserver.memory.pagecache.size=2g\nserver.bolt.listen_address=127.0.0.1:9999\n"
    file.write_text(file.read_text() + own)
    assert home.write_conf(Ports(1111, 3333), "512m") == Ports(9999, 3333)
    text = file.read_text()
    assert text.endswith(own)
    assert text.count("server.memory.pagecache.size") == 1
    found = settings_of(text)
    assert found["server.memory.pagecache.size"] == "2g"
    assert found["server.http.listen_address"] == "127.0.0.1:3333"
    assert found["db.tx_log.rotation.retention_policy"] == "1 files"
    assert home.write_conf(Ports(1111, 3333), "512m") == Ports(9999, 3333)
    assert file.read_text() == text


def test_what_the_user_changes_inside_our_block_stays() -> None:
    first = with_our_block("", {"a": "1", "b": "2"})
    assert settings_of(first) == {"a": "1", "b": "2"}
    changed = with_our_block(first.replace("a=1", "a=7"), {"a": "3", "b": "4"})
    assert settings_of(changed) == {"a": "7", "b": "2"}
    assert with_our_block(first, {"a": "3", "b": "4"}) == with_our_block("", {"a": "3", "b": "4"})


def test_a_file_of_an_older_version_is_the_users() -> None:
    old = "a=1\nb=2"
    found = with_our_block(old, {"a": "9", "c": "3"})
    assert settings_of(found) == {"a": "1", "b": "2", "c": "3"}
    assert found.endswith("a=1\nb=2\n")
