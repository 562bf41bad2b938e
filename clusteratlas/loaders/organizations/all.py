"""Every register, declared by importing its module."""

from __future__ import annotations

from clusteratlas.loaders.organizations import (  # noqa: F401
    agencies,
    fda,
    fsis,
    ghgrp,
    h1b,
    hospitals,
    ipeds,
    irs,
    ppp,
    rcra,
    ror,
    sbir,
    sec,
    tri,
)
