"""Every register, declared by importing its module."""

from __future__ import annotations

from clusteratlas.loaders.organizations import (  # noqa: F401
    agencies,
    hospitals,
    ipeds,
    ror,
    sbir,
    sec,
)
