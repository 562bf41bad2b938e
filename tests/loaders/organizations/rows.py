"""Rows of records and links as plain dictionaries, and files of lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.loaders.organizations.records import Records


def by_id(found: Records) -> dict[str, dict[str, Any]]:
    """Give records by id; a missing value is None."""
    return {row["id"]: row for row in _plain(found.records)}


def links(found: Records) -> list[dict[str, Any]]:
    """Give links, in their order; a missing value is None."""
    return _plain(found.links)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([*lines, ""]))
    return path


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]
