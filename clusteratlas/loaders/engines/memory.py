"""Amounts of memory that an engine may use."""

from __future__ import annotations

import re

from clusteratlas.errors import AnalysisError, InputError

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT])i?B?", re.IGNORECASE)
_MEGABYTES = {"K": 1e-3, "M": 1.0, "G": 1e3, "T": 1e6}
_LEAST = 64


def megabytes_of(size: str) -> int:
    """Read an amount of memory such as ``2GB`` or ``500 MB``.

    Raises
    ------
    InputError
        If it is none, or is below 64 MB.
    """
    found = _SIZE.fullmatch(size.strip())
    megabytes = int(float(found[1]) * _MEGABYTES[found[2].upper()]) if found else 0
    if megabytes < _LEAST:
        raise InputError(
            f"{size!r} is not an amount of memory to work with",
            hint=f"write it like 2GB or 500MB; {_LEAST}MB at least",
        )
    return megabytes


def too_little_memory(megabytes: int) -> AnalysisError:
    """Say that the memory is not enough."""
    return AnalysisError(
        f"{megabytes:,} MB of memory are not enough for this table",
        hint="give more with --memory-limit",
    )
