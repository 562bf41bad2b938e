"""What several questions share: parameters, presence of an industry, remarks, part rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from clusteratlas.queries.language.question import Context, Param, Part

STRONG_LQ = 1.25
"""Location quotient from which an industry counts as strong in a region."""

MEASURED_TYPES = ("cbsa", "state", "ea", "county")
"""Region types that clusters are measured in, the most useful first."""

CLUSTER = Param("cluster", "cluster: a name, or part of one", labels=("Cluster",))
REGION = Param(
    "region",
    "state, metropolitan or micropolitan area, economic area or county",
    labels=("Region",),
    types=MEASURED_TYPES,
)
DEFINITION = Param(
    "definition",
    "set of cluster definitions that names refer to; default: the default set",
    required=False,
    labels=("Definition",),
)
YEAR = Param("number", "year of the figures; default: the newest", required=False, default=0)


END_A = (("region", "a"), ("year", "year_a"))
END_B = (("region", "b"), ("year", "year_b"))
"""How a text about one region is asked of the first and of the second of two."""


def limit(default: int) -> Param:
    """Declare how many rows an answer has at most."""
    return Param("number", "rows at most", required=False, default=default, in_query=False)


@dataclass(frozen=True, slots=True)
class Present:
    """One traded industry in one region."""

    key: str
    jobs: int | None
    lq: float
    share_nation: float
    estimated: bool
    source: str


@dataclass(frozen=True, slots=True)
class Trade:
    """One six-digit industry of a sector that trades with a cluster."""

    sector: str
    sector_name: str
    usd: float
    """Sales a year between the whole sector and the cluster, million USD."""
    key: str
    naics: str
    name: str
    kind: str | None
    jobs: int
    cluster: str | None
    cluster_name: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Allotted:
    """A trading industry with its own part of the sector's sales."""

    trade: Trade
    usd: float
    """Sales a year, million USD."""
    share: float
    """Share of all the sales between the listed sectors and the cluster."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One region on the ground of a map."""

    key: str
    longitude: float
    latitude: float


GROUND = Part("regions.picture", Dot)


class HasJobs(Protocol):
    """A row with employment and its bounds."""

    @property
    def jobs(self) -> int | None:
        """Employment, estimates included."""

    @property
    def jobs_low(self) -> int | None:
        """Employment that is published."""


def presence(kind: str | None, present: Present | None) -> str | None:
    """Say how present an industry is in a region.

    Returns
    -------
    str or None
        ``strong`` (LQ >= 1.25), ``present``, ``missing``, ``everywhere`` for local industries
        (they serve their own place, and no location quotient is computed), None where the data
        do not classify the industry.
    """
    if kind == "local":
        return "everywhere"
    if kind is None:
        return None
    if present is None:
        return "missing"
    return "strong" if present.lq >= STRONG_LQ else "present"


def allot(trades: Sequence[Trade], cluster: str) -> list[Allotted]:
    """Split each sector's sales among its industries by employment, the cluster's own left out.

    ``usd_i = usd_sector * jobs_i / sum of jobs in the sector``: the input-output accounts know
    sectors only, so an industry's own figure is an estimate. Sectors without employment split
    evenly. Largest first, ties by key.
    """
    jobs: dict[str, int] = {}
    count: dict[str, int] = {}
    sales: dict[str, float] = {}
    for t in trades:
        jobs[t.sector] = jobs.get(t.sector, 0) + t.jobs
        count[t.sector] = count.get(t.sector, 0) + 1
        sales[t.sector] = t.usd
    total = sum(sales.values()) or 1.0
    out = []
    for t in trades:
        if t.cluster == cluster:
            continue
        part = t.jobs / jobs[t.sector] if jobs[t.sector] else 1 / count[t.sector]
        out.append(Allotted(t, t.usd * part, t.usd * part / total))
    return sorted(out, key=lambda a: (-a.usd, a.trade.key))


def is_service(naics: str) -> bool:
    """Whether a NAICS code is a service for firms or people: sectors 48 to 81."""
    return "48" <= naics[:2] <= "81"


def estimate_note(rows: Iterable[HasJobs]) -> list[str]:
    """Say how much of the shown employment is estimated for withheld cells."""
    shown = [(r.jobs, r.jobs_low) for r in rows if r.jobs is not None and r.jobs_low is not None]
    jobs = sum(j for j, _ in shown)
    gap = sum(j - low for j, low in shown)
    if not jobs or gap <= 0:
        return []
    inexact = sum(j > low for j, low in shown)
    return [
        f"{gap / jobs:.1%} of these jobs are estimates for withheld cells "
        f"({inexact} of {len(shown)} rows); jobs_low and jobs_high are the bounds"
    ]


def place_note(context: Context) -> list[str]:
    """Say for which area industry presence is shown, where it is not the region itself."""
    place, region = context.arguments.get("place"), context.arguments.get("region")
    if not place:
        return ["industry presence is not known: no measured area contains this region"]
    if place == region:
        return []
    return [
        f"industry figures do not exist for {context.names['region']}; presence is that of "
        f"{context.names['place']} ({place}), which contains it"
    ]


def sources_of(rows: Iterable[Any]) -> list[str]:
    """Keys of the sources that rows name, sorted."""
    return sorted({r.source for r in rows if getattr(r, "source", None)})
