"""Single lines for people, on standard output or standard error."""

from __future__ import annotations

import sys


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Write a line where tables go too, in the same encoding.

    The library of the command line writes UTF-8 where the encoding is ASCII, and a file would then
    hold two encodings.

    Parameters
    ----------
    text
        The line.
    err
        Write it to standard error.
    nl
        End it.
    """
    stream = sys.stderr if err else sys.stdout
    stream.write(f"{text}\n" if nl else text)
    stream.flush()
