"""Units of everything that is counted or measured: a closed list.

Money always says its scale. A share is of one, a percent of a hundred. What has no unit (a name, a
rank, a coefficient without bounds) has None.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Unit = Literal[
    # money
    "USD",
    "thousand USD",
    "million USD",
    # counts
    "jobs",
    "establishments",
    "industries",
    "clusters",
    "regions",
    "organizations",
    "records",
    "persons",
    "patents",
    "firms",
    "bytes",
    "digits",
    "batches",
    "nodes",
    "relationships",
    "ties",
    "copies",
    # shares and indices
    "share",
    "percent",
    "ratio",
    "0..1",
    "-1..1",
    "correlation",
    "index",
    "score",
    "standard deviations",
    "nats",
    "gamma",
    "patents per 10,000 jobs",
    "patents per 10,000 persons",
    "firms per 1,000 persons",
    # the rest
    "year",
    "degrees",
    "as size_unit says",
    "as unit says",
]

BOUNDS: Mapping[Unit | None, tuple[float, float]] = {
    "share": (0, 1),
    "0..1": (0, 1),
    "-1..1": (-1, 1),
    "percent": (0, 100),
}
"""Least and greatest value of the units that have them."""

UNITS: frozenset[str] = frozenset(get_args(Unit))
"""Every unit, for checks of what comes from outside."""
