"""What a map can show of a region: each measure with its words, its unit and how it is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.questions.shared.wages import is_paid, wage_array
from clusteratlas.vocabulary.keys import NATION
from clusteratlas.vocabulary.units import Unit

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class MapProfile:
    """Read row of ``map.profiles``: a region in a year."""

    key: str
    name: str
    year: int
    jobs: int
    establishments: int
    payroll: int | None
    traded_jobs: int
    local_jobs: int
    strong_clusters: int
    strength: float | None
    longitude: float | None
    latitude: float | None
    source: str


@dataclass(frozen=True, slots=True)
class MapFigures:
    """Read row of ``map.cluster``: the cluster in a region in a year."""

    key: str
    kind: str
    year: int
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    establishments_low: int
    establishments_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    growth: float | None
    strong: bool
    source: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What figures of regions are computed from: rows of a year and of an earlier one, by key."""

    now: Mapping[str, Any]
    then: Mapping[str, Any]
    profiles: Mapping[str, MapProfile]
    """Of all regions and the nation, in the year."""
    years: int
    """Between the two years."""


_DIGIT = 0.001
"""Growth is kept in an edition with so many digits."""

Compute = Callable[[Ground, Sequence[str]], "FloatArray"]
"""Figure, least and most of some regions, shape (regions, 3); NaN where not known."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a map can show."""

    words: str
    unit: Unit
    of_cluster: Compute | None
    of_all: Compute | None
    """Of all traded clusters together; None where that makes no sense."""
    finding: str
    """What is said of the region with the highest figure."""


def _read(name: str) -> Compute:
    """Take a column with its bounds as it was read."""

    def compute(ground: Ground, keys: Sequence[str]) -> FloatArray:
        import numpy as np

        columns = (name, f"{name}_low", f"{name}_high")
        rows = [[getattr(ground.now[key], c) for c in columns] for key in keys]
        return np.array(rows, dtype=np.float64).reshape(-1, 3)

    return compute


def _total(name: str) -> Compute:
    """Take a column of the regions' totals, which have no bounds."""

    def compute(ground: Ground, keys: Sequence[str]) -> FloatArray:
        return _alone([getattr(ground.now[key], name) for key in keys])

    return compute


def _alone(values: Any) -> FloatArray:
    import numpy as np

    point = np.array(values, dtype=np.float64)
    return np.stack([point, *([np.full(point.shape, np.nan)] * 2)], axis=1)


def _share_region(ground: Ground, keys: Sequence[str]) -> FloatArray:
    from clusteratlas.analysis.regions.performance import part_of

    bases = [
        getattr(ground.profiles[key], f"{ground.now[key].kind}_jobs")
        if key in ground.profiles
        else 0
        for key in keys
    ]
    return part_of(_read("jobs")(ground, keys), [[base] for base in bases])


def _share_nation(ground: Ground, keys: Sequence[str]) -> FloatArray:
    from clusteratlas.analysis.regions.performance import part_of

    nation = ground.now.get(NATION)
    return part_of(_read("jobs")(ground, keys), nation.jobs if nation else 0)


def _growth(ground: Ground, keys: Sequence[str]) -> FloatArray:
    """Growth between the two years; of what has no earlier figures, as the edition has it."""
    import numpy as np

    from clusteratlas.analysis.regions.change.growth import growth_bounds
    from clusteratlas.analysis.regions.performance import yearly_growth

    last = _read("jobs")(ground, keys)
    first = np.full(last.shape, np.nan)
    known = [i for i, key in enumerate(keys) if key in ground.then]
    if known:
        before = Ground(ground.then, {}, {}, 0)
        first[known] = _read("jobs")(before, [keys[i] for i in known])
    low, high = growth_bounds(first[:, 1], first[:, 2], last[:, 1], last[:, 2], ground.years)
    found = np.stack([yearly_growth(first[:, 0], last[:, 0], ground.years), low, high], axis=1)
    if not known and _is_whole(ground):
        return _alone([ground.now[key].growth for key in keys])
    return found


def _is_whole(ground: Ground) -> bool:
    """Whether the growth that the edition has is that of the two years: the nation's shows it."""
    from clusteratlas.analysis.regions.performance import yearly_growth

    now, then = ground.now.get(NATION), ground.then.get(NATION)
    if now is None or then is None or now.growth is None:
        return False
    return bool(abs(yearly_growth(then.jobs, now.jobs, ground.years).item() - now.growth) < _DIGIT)


def _wage(ground: Ground, keys: Sequence[str]) -> FloatArray:
    import numpy as np

    rows = [ground.now[key] for key in keys]
    wages = wage_array(rows)
    wages[[not is_paid(row) for row in rows]] = np.nan
    return wages


def _traded_share(ground: Ground, keys: Sequence[str]) -> FloatArray:
    from clusteratlas.analysis.regions.performance import part_of

    rows = [ground.now[key] for key in keys]
    return _alone(part_of([r.traded_jobs for r in rows], [r.jobs for r in rows]))


def _traded_quotient(ground: Ground, keys: Sequence[str]) -> FloatArray:
    from clusteratlas.analysis.regions.performance import part_of

    (nation,) = _traded_share(ground, [NATION])[:, 0] if NATION in ground.now else (0.0,)
    return part_of(_traded_share(ground, keys), nation)


def _traded_part(ground: Ground, keys: Sequence[str]) -> FloatArray:
    from clusteratlas.analysis.regions.performance import part_of

    nation = ground.now[NATION].traded_jobs if NATION in ground.now else 0
    return _alone(part_of([ground.now[key].traded_jobs for key in keys], nation))


def _traded_growth(ground: Ground, keys: Sequence[str]) -> FloatArray:
    from clusteratlas.analysis.regions.performance import yearly_growth

    first = [ground.then[k].traded_jobs if k in ground.then else None for k in keys]
    last = [ground.now[k].traded_jobs for k in keys]
    return _alone(yearly_growth(_alone(first)[:, 0], last, ground.years))


def _all_wages(ground: Ground, keys: Sequence[str]) -> FloatArray:
    from clusteratlas.analysis.regions.performance import private_wage

    rows = [ground.now[key] for key in keys]
    return _alone(private_wage(_alone([r.payroll for r in rows])[:, 0], [r.jobs for r in rows]))


MEASURES: Mapping[str, Measure] = {
    "lq": Measure(
        "location quotient",
        "ratio",
        _read("lq"),
        _traded_quotient,
        "{place} is the most specialized, at {figure} times the nation's share",
    ),
    "jobs": Measure(
        "jobs", "jobs", _read("jobs"), _total("traded_jobs"), "{place} has the most jobs, {figure}"
    ),
    "share_region": Measure(
        "share of the region's jobs of its kind",
        "share",
        _share_region,
        _traded_share,
        "no region has a larger part of its jobs in it than {place}, {figure}",
    ),
    "share_nation": Measure(
        "share of the nation's jobs",
        "share",
        _share_nation,
        _traded_part,
        "{place} has {figure} of the nation's jobs",
    ),
    "growth": Measure(
        "yearly growth of jobs",
        "share",
        _growth,
        _traded_growth,
        "{place} grew fastest, by {figure} a year",
    ),
    "wage": Measure(
        "average wage", "USD", _wage, _all_wages, "{place} pays the most, {figure} USD a year"
    ),
    "establishments": Measure(
        "establishments",
        "establishments",
        _read("establishments"),
        _total("establishments"),
        "{place} has the most establishments, {figure}",
    ),
    "strength": Measure(
        "share of traded jobs in strong clusters",
        "share",
        None,
        _total("strength"),
        "no region has more of its traded jobs in strong clusters than {place}, {figure}",
    ),
    "strong_clusters": Measure(
        "strong clusters",
        "clusters",
        None,
        _total("strong_clusters"),
        "{place} has the most strong clusters, {figure}",
    ),
}
"""What a map can show, by name."""
