"""Lists that are part of the package: their rows, and how they stand among the sources."""

from __future__ import annotations

import csv
import hashlib
from importlib.resources import files
from typing import Any

from clusteratlas.editions.flow.step import step
from clusteratlas.vocabulary.keys import source_key

Rows = list[dict[str, str]]

OWN_YEAR = 2026
"""Year of the lists that are part of the package."""


def packaged(name: str) -> Rows:
    """Rows of a hand-checked table of this folder."""
    text = (files("clusteratlas.editions.organizations") / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@step()
def sic_by_hand() -> Rows:
    """Industries of SIC codes that split: sic, naics, reason."""
    return packaged("sic_naics.csv")


@step()
def research_fields() -> Rows:
    """Fields of research that industries rest on: field, naics, reason."""
    return packaged("research_fields.csv")


@step()
def association_words() -> Rows:
    """Words in names of associations, and their industries: words, naics, reason."""
    return packaged("association_words.csv")


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
