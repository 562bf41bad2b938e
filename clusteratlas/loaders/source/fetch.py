"""Fetching a publisher's file: resumed, retried, checked, unpacked; or told where to put it."""

from __future__ import annotations

import zipfile
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from clusteratlas.errors import InputError, SourceError, SourceMissing
from clusteratlas.loaders.source.declaration import Source
from clusteratlas.loaders.source.vintages import spans
from clusteratlas.progress import Progress, Silent
from clusteratlas.version import __version__

if TYPE_CHECKING:
    import requests

USER_AGENT = f"clusteratlas/{__version__} (+https://clusteratlas.readthedocs.io)"
_CHUNK = 1 << 15
"""Bytes at a time: as much as a lost connection can cost."""
_TIMEOUTS = (15, 120)
"""Seconds to connect, and between two pieces of the answer."""


def fetch(
    source: Source,
    vintage: int,
    folder: Path,
    *,
    progress: Progress | None = None,
    attempts: int = 3,
) -> Path:
    """Bring one file of a publisher into a folder, unless it is there.

    An interrupted download goes on where it stopped if the host can do that; nothing is under
    the file's own name before it is complete. The publisher's zip is unpacked.

    Parameters
    ----------
    source, vintage
        What to fetch.
    folder
        Where to put it; made if need be.
    progress
        Told of the bytes that come in.
    attempts
        Tries in all, with a pause between them.

    Returns
    -------
    Path
        The file that :meth:`Source.load` reads.

    Raises
    ------
    InputError
        If the source has no such vintage.
    SourceError
        If there is no address, the host cannot be reached or has no such file, or the download is
        not the file that it should be. The hint says which file to put where.
    """
    import pooch
    import requests

    problem = source.refusal(vintage)
    if problem is not None:
        known = spans(source.vintages, goes_on=source.goes_on)
        raise InputError(problem, hint=f"known vintages: {known}")
    if folder.is_dir():
        try:
            return source.find(folder, vintage)
        except SourceMissing:
            pass
    address = source.address(vintage)
    if address is None:
        raise SourceError(
            f"{source.id} has no public address for {vintage}",
            hint=f"put the file into {folder} by hand, under a name like {source.example!r}",
        )
    name = _local_name(source, vintage, address)
    by_hand = f"or save {address} as {folder / name}"
    folder.mkdir(parents=True, exist_ok=True)
    pooch.get_logger().setLevel("ERROR")
    digest = source.sha256.get(vintage)
    manager = pooch.create(
        path=folder,
        base_url="",
        registry={name: digest and f"sha256:{digest}"},
        urls={name: address},
        retry_if_failed=attempts - 1,
    )
    # pooch declares other parameter names than those that it passes by position.
    download: Any = _Download(folder / f"{name}.part", by_hand, progress or Silent())
    try:
        path = Path(manager.fetch(name, downloader=download))
    except requests.RequestException as exc:
        host = urlsplit(address).hostname
        raise SourceError(
            f"{host} cannot be reached for {source.id} {vintage} ({type(exc).__name__})",
            hint=f"try again, {by_hand}",
        ) from exc
    except ValueError as exc:
        raise SourceError(
            f"{address} is not the file that it was: its SHA-256 differs from the known one",
            hint="the publisher may have changed it; look at it before you put it there by hand",
        ) from exc
    if path.suffix == ".zip" and source.vintage_of(path.name) is None:
        return _unpack(path, source, vintage)
    return path


def _local_name(source: Source, vintage: int, address: str) -> str:
    """Name to save under: the publisher's, with the vintage where that name does not say it."""
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    named = PurePosixPath(name)
    dated = f"{named.stem}_{vintage}{named.suffix}"
    if source.vintage_of(name) != vintage and source.vintage_of(dated) == vintage:
        return dated
    return name


class _Download:
    """What pooch calls for each try: goes on with a partial file where that is safe."""

    def __init__(self, part: Path, by_hand: str, progress: Progress) -> None:
        self.part = part
        self.tag = part.with_name(f"{part.name}.tag")
        self.by_hand = by_hand
        self.progress = progress

    def __call__(
        self,
        url: str,
        output_file: str,
        _pooch: object,
        check_only: bool = False,  # noqa: ARG002 (its caller may pass it)
    ) -> None:
        import requests

        # Compressed transfer would make ranges and lengths count other bytes than the file's.
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        have = self.part.stat().st_size if self.part.exists() and self.tag.exists() else 0
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": self.tag.read_text()}
        with requests.get(url, headers=headers, stream=True, timeout=_TIMEOUTS) as answer:
            self._check(answer, url)
            resumed = answer.status_code == HTTPStatus.PARTIAL_CONTENT
            self._remember(answer)
            length = answer.headers.get("Content-Length")
            whole = int(length) + (have if resumed else 0) if length else None
            self.progress.start(f"fetch {self.part.stem}", whole)
            with self.part.open("ab" if resumed else "wb") as out:
                if resumed:
                    self.progress.advance(have)
                for piece in answer.iter_content(_CHUNK):
                    out.write(piece)
                    self.progress.advance(len(piece))
        size = self.part.stat().st_size
        if whole is not None and size != whole:
            raise requests.ConnectionError(f"{size} of {whole} bytes came")
        with self.part.open("rb") as got:
            if got.read(64).lstrip().lower().startswith((b"<!doctype html", b"<html")):
                self._forget()
                raise SourceError(
                    f"{url} answered with a web page, not with the file",
                    hint=f"open it in a browser: the host may block programs; {self.by_hand}",
                )
        self.part.replace(output_file)
        self._forget()
        self.progress.finish(f"{size:,} bytes")

    def _check(self, answer: requests.Response, url: str) -> None:
        import requests

        status = answer.status_code
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            self._forget()
            raise requests.ConnectionError("the partial file was of no use")
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise requests.ConnectionError(f"status {status}")
        if status >= HTTPStatus.BAD_REQUEST:
            raise SourceError(
                f"{url} gives status {status}",
                hint=f"the publisher may have moved or blocked it: look there, {self.by_hand}",
            )

    def _remember(self, answer: requests.Response) -> None:
        """Keep what identifies this state of the file, so that no two states are ever mixed."""
        tag = answer.headers.get("ETag", "")
        tag = answer.headers.get("Last-Modified", "") if tag.startswith("W/") or not tag else tag
        if tag:
            self.tag.write_text(tag)
        else:
            self.tag.unlink(missing_ok=True)

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.tag.unlink(missing_ok=True)


def _unpack(path: Path, source: Source, vintage: int) -> Path:
    """Take the file of this source and vintage out of the publisher's zip, and drop the zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = {PurePosixPath(m).name: m for m in archive.namelist()}
            held = {name: source.vintage_of(name) for name in members}
            name = next((n for n, year in sorted(held.items()) if year == vintage), None)
            if name is None:
                others = sorted({year for year in held.values() if year is not None})
                raise SourceError(
                    f"{path.name} holds no {source.id} of {vintage}"
                    + (f", but of {', '.join(map(str, others))}" if others else ""),
                    hint=f"it is kept as {path}: look inside"
                    if not others
                    else f"`clusteratlas sources fetch {source.id} --vintage {others[-1]}`",
                )
            target = path.with_name(name)
            part = path.with_name(f"{name}.part")
            with archive.open(members[name]) as member, part.open("wb") as out:
                while piece := member.read(_CHUNK):
                    out.write(piece)
    except zipfile.BadZipFile as exc:
        path.unlink()
        raise SourceError(f"{path.name} is no zip: {exc}", hint="fetch it again") from exc
    part.replace(target)
    path.unlink()
    return target
