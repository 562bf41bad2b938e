"""Units of everything that is counted or measured: a closed list.

Money always says its scale. A share is of one, a percent of a hundred. What has no unit (a name, a
rank, a coefficient without bounds) has None.
"""

from __future__ import annotations

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
    "bytes",
    "digits",
    "batches",
    "nodes",
    "relationships",
    "ties",
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
    # the rest
    "year",
    "degrees",
    "as size_unit says",
]

UNITS: frozenset[str] = frozenset(get_args(Unit))
"""Every unit, for checks of what comes from outside."""
