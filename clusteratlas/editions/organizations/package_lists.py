"""Lists that are part of the package: their rows, and how they stand among the sources."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from clusteratlas.vocabulary.keys import source_key

OWN_YEAR = 2026
"""Year of the lists that are part of the package."""


def packaged(name: str) -> Iterator[dict[str, str]]:
    """Rows of a hand-checked table of this folder."""
    text = (files("clusteratlas.editions.organizations") / name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def own_source(key: str, title: str, contents: bytes) -> dict[str, Any]:
    """Row of the table ``sources`` for a list of our own."""
    return {
        "key": source_key(key, OWN_YEAR),
        "source": key,
        "title": title,
        "publisher": "clusteratlas",
        "licence": "Apache-2.0",
        "homepage": "",
        "url": None,
        "file": f"{key} of the package",
        "vintage": OWN_YEAR,
        "sha256": hashlib.sha256(contents).hexdigest(),
        "bytes": len(contents),
        "defining": False,
    }
