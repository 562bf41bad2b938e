from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clusteratlas.errors import InputError, SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.fetch import fetch
from clusteratlas.loaders.source.tabular import read_csv_text

BODY = b"area,jobs\n" + b"25025,7\n" * 20_000


@dataclass
class Site:
    """A publisher on this machine: what it serves, and what it was asked."""

    files: dict[str, bytes]
    address: str = ""
    cut: list[int] = field(default_factory=list)
    """Bytes after which the next answers break off, one answer each."""
    tag: str | None = '"v1"'
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site({})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append({"path": self.path, **dict(self.headers.items())})
            body = served.files.get(self.path)
            if body is None:
                self.send_error(404)
                return
            start = 0
            wanted = self.headers.get("Range")
            if wanted and served.tag and self.headers.get("If-Range") == served.tag:
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
                self.send_response(206)
            else:
                self.send_response(200)
            body = body[start:]
            self.send_header("Content-Length", str(len(body)))
            if served.tag:
                self.send_header("ETag", served.tag)
            self.end_headers()
            self.wfile.write(body[: served.cut.pop(0)] if served.cut else body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    return raw.drop_duplicates()


@pytest.fixture
def source(site: Site) -> Iterator[Source]:
    yield Source(
        id="tiny-fetch",
        title="Jobs",
        publisher="Nobody",
        licence="CC0",
        homepage="https://example.org",
        url=site.address + "/{year}/jobs{yy}.csv",
        urls={
            2016: site.address + "/all.zip",
            2015: site.address + "/old/jobs.csv",
            2013: "http://127.0.0.1:1/jobs13.csv",
        },
        pattern=r"jobs(?P<yy>\d\d)\.csv|jobs_(?P<year>\d{4})\.csv|placed\.csv",
        vintage=2014,
        example="placed.csv",
        vintages=frozenset(range(2013, 2019)),
        layouts=(
            Layout(vintages=frozenset(range(2013, 2019)), columns=frozenset({"area", "jobs"})),
        ),
        columns=(
            SourceColumn("area", "string", "area"),
            SourceColumn("jobs", "Int64", "jobs", "jobs"),
        ),
        key=("area",),
        read=lambda path, _vintage: read_csv_text(path),
        tidy=_tidy,
    )
    del Source.registry["tiny-fetch"]


def _names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_download_is_whole_loadable_and_not_repeated(
    site: Site, source: Source, tmp_path: Path
) -> None:
    site.files["/2017/jobs17.csv"] = BODY
    folder = tmp_path / "new" / "data"
    path = fetch(source, 2017, folder)
    assert path.read_bytes() == BODY
    assert len(source.load(path)) == 1
    assert _names(folder) == ["jobs17.csv"]
    assert site.asked[0]["User-Agent"].startswith("clusteratlas/")
    assert fetch(source, 2017, folder) == path
    assert len(site.asked) == 1


def test_a_broken_download_goes_on_where_it_stopped(
    site: Site, source: Source, tmp_path: Path
) -> None:
    site.files["/2017/jobs17.csv"] = BODY
    site.cut = [70_000]
    with pytest.raises(SourceError, match=r"127.0.0.1 cannot be reached for tiny-fetch 2017"):
        fetch(source, 2017, tmp_path, attempts=1)
    assert "jobs17.csv" not in _names(tmp_path)
    path = fetch(source, 2017, tmp_path, attempts=1)
    assert path.read_bytes() == BODY
    assert site.asked[1]["Range"].startswith("bytes=")
    assert site.asked[1]["If-Range"] == '"v1"'
    assert _names(tmp_path) == ["jobs17.csv"]


def test_a_file_that_changed_meanwhile_starts_anew(
    site: Site, source: Source, tmp_path: Path
) -> None:
    site.files["/2017/jobs17.csv"] = BODY
    site.cut = [70_000]
    with pytest.raises(SourceError):
        fetch(source, 2017, tmp_path, attempts=1)
    site.files["/2017/jobs17.csv"] = changed = BODY.replace(b"7", b"8")
    site.tag = '"v2"'
    assert fetch(source, 2017, tmp_path, attempts=1).read_bytes() == changed


def test_retries_within_one_call(site: Site, source: Source, tmp_path: Path) -> None:
    site.files["/2017/jobs17.csv"] = BODY
    site.tag = None
    site.cut = [70_000]
    assert fetch(source, 2017, tmp_path, attempts=2).read_bytes() == BODY
    assert "Range" not in site.asked[1]


def test_not_found_is_not_retried(source: Source, site: Site, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"/2018/jobs18.csv gives status 404") as caught:
        fetch(source, 2018, tmp_path)
    assert len(site.asked) == 1
    assert str(tmp_path / "jobs18.csv") in (caught.value.hint or "")
    assert _names(tmp_path) == []


def test_unreachable_host_says_which_file_to_put_where(source: Source, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be reached") as caught:
        fetch(source, 2013, tmp_path, attempts=1)
    assert str(tmp_path / "jobs13.csv") in (caught.value.hint or "")


def test_a_web_page_in_place_of_the_file(site: Site, source: Source, tmp_path: Path) -> None:
    site.files["/2017/jobs17.csv"] = b"\n<!DOCTYPE html><title>Access denied</title>"
    with pytest.raises(SourceError, match="answered with a web page"):
        fetch(source, 2017, tmp_path)
    assert _names(tmp_path) == []


def test_known_digest(site: Site, source: Source, tmp_path: Path) -> None:
    site.files["/2017/jobs17.csv"] = BODY
    object.__setattr__(source, "sha256", {2017: hashlib.sha256(b"other").hexdigest()})
    with pytest.raises(SourceError, match="its SHA-256 differs from the known one"):
        fetch(source, 2017, tmp_path, attempts=1)
    assert _names(tmp_path) == []
    object.__setattr__(source, "sha256", {2017: hashlib.sha256(BODY).hexdigest()})
    assert fetch(source, 2017, tmp_path, attempts=1).read_bytes() == BODY


def test_a_name_without_year_gets_one(site: Site, source: Source, tmp_path: Path) -> None:
    site.files["/old/jobs.csv"] = BODY
    assert fetch(source, 2015, tmp_path).name == "jobs_2015.csv"


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def test_the_right_member_of_a_zip(site: Site, source: Source, tmp_path: Path) -> None:
    site.files["/all.zip"] = _zip({"x/jobs15.csv": b"no", "../x/jobs16.csv": BODY, "doc.txt": b""})
    path = fetch(source, 2016, tmp_path)
    assert path == tmp_path / "jobs16.csv"
    assert path.read_bytes() == BODY
    assert _names(tmp_path) == ["jobs16.csv"]


def test_zips_that_do_not_hold_it(site: Site, source: Source, tmp_path: Path) -> None:
    site.files["/all.zip"] = _zip({"jobs15.csv": b"no"})
    with pytest.raises(SourceError, match="holds no tiny-fetch of 2016, but of 2015"):
        fetch(source, 2016, tmp_path / "a")
    site.files["/all.zip"] = b"PK but not a zip"
    with pytest.raises(SourceError, match="is no zip"):
        fetch(source, 2016, tmp_path / "b")
    assert _names(tmp_path / "b") == []


def test_no_address_and_no_such_vintage(source: Source, tmp_path: Path) -> None:
    object.__setattr__(source, "url", None)
    with pytest.raises(SourceError, match="no public address for 2014") as caught:
        fetch(source, 2014, tmp_path)
    assert "'placed.csv'" in (caught.value.hint or "")
    with pytest.raises(InputError, match="1999 is before 2013, the first known"):
        fetch(source, 1999, tmp_path)


def test_progress_counts_every_byte_once(site: Site, source: Source, tmp_path: Path) -> None:
    site.files["/2017/jobs17.csv"] = BODY
    site.cut = [70_000]
    with pytest.raises(SourceError):
        fetch(source, 2017, tmp_path, attempts=1)

    @dataclass
    class Count:
        total: int | None = None
        done: int = 0

        def start(self, label: str, total: int | None = None) -> None:
            assert label == "fetch jobs17.csv"
            self.total = total

        def advance(self, units: int = 1) -> None:
            self.done += units

        def finish(self, note: str = "") -> None:
            assert note == f"{len(BODY):,} bytes"

    count = Count()
    fetch(source, 2017, tmp_path, progress=count)
    assert count.done == count.total == len(BODY)
