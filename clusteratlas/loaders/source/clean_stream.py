"""A stream of a text file that refuses what no text holds."""

from __future__ import annotations

import io
from typing import IO

from clusteratlas.errors import SourceError

_HEXADECIMAL = (b",0x", b",0X", b',"0x', b',"0X')


class CleanStream(io.BufferedIOBase):
    """Bytes of a text file, looked through as they are read.

    Parameters
    ----------
    stream
        Where the bytes come from.
    name
        Of the file, for the message.
    figures
        Who reads it takes hexadecimal cells for figures: they are refused.
    """

    def __init__(self, stream: IO[bytes], name: str, *, figures: bool = False) -> None:
        self._stream = stream
        self._name = name
        self._figures = figures

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read some bytes.

        Raises
        ------
        SourceError
            If one of them is zero.
        """
        return self._looked_through(self._stream.read(-1 if size is None else size))

    def read1(self, size: int = -1, /) -> bytes:
        """Read some bytes, as `read` does."""
        return self.read(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read one line; errors as in `read`."""
        return self._looked_through(self._stream.readline(-1 if size is None else size))

    def _looked_through(self, data: bytes) -> bytes:
        if b"\0" in data:
            raise SourceError(
                f"{self._name} holds zero bytes, which no text has",
                hint="the file is damaged, or in UTF-16: fetch it again",
            )
        if self._figures and any(mark in data for mark in _HEXADECIMAL):
            raise SourceError(
                f"{self._name} holds a hexadecimal figure, which no publisher writes",
                hint="the file is damaged: fetch it again",
            )
        return data
