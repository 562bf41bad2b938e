"""Every register, declared by importing its module."""

from __future__ import annotations

from clusteratlas.loaders.organizations import (  # noqa: F401
    agencies,
    cambridge,
    fda,
    fsis,
    ghgrp,
    gleif,
    h1b,
    herd,
    hospitals,
    ipeds,
    irs,
    nih,
    patentsview,
    ppp,
    rcra,
    ror,
    sbir,
    sec,
    tri,
    tri_basic,
    usaspending,
    user,
)
