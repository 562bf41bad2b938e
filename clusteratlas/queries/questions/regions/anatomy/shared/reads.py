"""Rows that the anatomy reads beside those of other questions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeerCount:
    """Read row of ``peers``."""

    regions: int


@dataclass(frozen=True, slots=True)
class Adjoining:
    """Read row of ``anatomy.adjoining``: an industry close to the cluster, in another one."""

    key: str
    name: str
    kind: str | None
    relatedness: float | None
    cluster: str | None
    rank: int
    source: str


@dataclass(frozen=True, slots=True)
class RelatedHere:
    """Read row of ``anatomy.related``: a linked cluster, with its figures in the region if any."""

    key: str
    name: str
    relatedness: float
    link_source: str
    jobs: int | None
    jobs_low: int | None
    jobs_high: int | None
    lq: float | None
    lq_low: float | None
    lq_high: float | None
    share_nation: float | None
    strong: bool | None
    certainty: str | None
    source: str | None
