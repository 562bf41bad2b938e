"""Each claim of cluster theory with its figure, and whether the figure bears it out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.questions.evidence.shared.material import (
    LOCAL,
    READINGS,
    TRADED,
    Material,
    Pair,
    jobs_by,
)
from clusteratlas.queries.questions.evidence.shared.rows import (
    BY_BOUNDS,
    BY_READINGS,
    DPS_2014,
    NEAR,
    OTHER_WAY,
    THIRD,
    EvidenceRow,
    Three,
    figure_row,
    held_against,
    near_to,
    of_readings,
    regression_row,
    signed,
)
from clusteratlas.queries.questions.shared.wages import PaySum, is_paid, sum_of_pay, wage_array
from clusteratlas.vocabulary.keys import NATION

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray

QUARTER = 0.25
"""Part of the regions that are those with the strongest clusters."""


def all_claims(m: Material) -> list[EvidenceRow]:
    """Compute every claim; those that nothing is known of have no value."""
    found = (_of_the_nation, _of_places, _of_regions, _of_patents, _of_growth)
    return [row for claims in found for row in claims(m)]


def _of_the_nation(m: Material) -> Iterator[EvidenceRow]:
    totals = m.totals(NATION, m.year)
    cells = {kind: m.cells(m.year, kind, nation=True) for kind in (TRADED, LOCAL)}
    shares = [
        tuple(n / totals.jobs for n in jobs_by(of, "region").get(NATION, (math.nan,) * 3))
        if totals is not None and totals.jobs
        else (math.nan,) * 3
        for of in cells.values()
    ]
    traded, local = ((s[0], s[1], s[2]) for s in shares)
    yield figure_row(
        key="traded-share",
        name="Traded clusters hold about a third of jobs",
        claim="about a third of all jobs are in clusters that sell beyond their region, nearly all "
        "others serve the people of the region",
        unit="share",
        measured=f"jobs of traded clusters over all private jobs, nation, {m.year}",
        value=traded,
        beside=local,
        against="jobs of local clusters over all private jobs",
        outcome=near_to(traded, THIRD),
        source=m.source(m.year),
        published="31.8 % of jobs in 2000",
    )
    paid = [_wages(sum_of_pay(of)) for of in cells.values()]
    yield figure_row(
        key="traded-wage",
        name="Traded clusters pay more than local ones",
        claim="jobs in traded clusters pay far more than those in local ones",
        unit="USD",
        measured=f"average wage in traded clusters, nation, {m.year}",
        value=paid[0],
        beside=paid[1],
        against="average wage in local clusters",
        outcome=held_against(paid[0], paid[1]),
        source=m.source(m.year),
        published="about 45,040 against 28,288 USD in 2000, 1.59 times as much",
    )


def _wages(of: PaySum | None) -> Three:
    if of is None or not is_paid(of):
        return math.nan, math.nan, math.nan
    value, low, high = wage_array([of])[0].tolist()
    return value, low, high


def _of_places(m: Material) -> Iterator[EvidenceRow]:
    """Where traded and local clusters are, and what they pay in each region."""
    import numpy as np

    above: list[tuple[bool, bool, bool]] = []
    cells = {kind: m.cells(m.year, kind) for kind in (TRADED, LOCAL)}
    by_region: dict[str, dict[str, list[Any]]] = {key: {} for key in m.regions}
    for c in (*cells[TRADED], *cells[LOCAL]):
        by_region.setdefault(c.region, {}).setdefault(c.kind, []).append(c)
    for kinds in by_region.values():
        traded, local = (_wages(sum_of_pay(kinds.get(kind, []))) for kind in (TRADED, LOCAL))
        if not math.isnan(traded[0] + local[0]):
            above.append((traded[0] > local[0], traded[1] > local[2], traded[2] > local[1]))
    counted = np.mean(above, axis=0).tolist() if above else [math.nan] * 3
    share = counted[0], counted[1], counted[2]
    yield figure_row(
        key="traded-wage-regions",
        name="They do so in most regions",
        claim="that is so in most regions, not in the nation as a whole alone",
        unit="share",
        measured=f"share of regions whose traded clusters pay more than its local ones, {m.year}",
        value=share,
        beside=(0.5, 0.5, 0.5),
        against="half of them",
        outcome=held_against(share, (0.5, 0.5, 0.5)),
        source=m.source(m.year),
        n=len(above),
    )
    ginis = [_ginis(m, of) for of in cells.values()]
    yield figure_row(
        key="concentration",
        name="Traded clusters are concentrated, local ones are not",
        claim="traded clusters concentrate in some regions, local ones are spread like people",
        unit="0..1",
        measured="median over traded clusters of the Gini of location quotients among the regions, "
        f"{m.year}",
        value=ginis[0],
        beside=ginis[1],
        against="the same over local clusters",
        outcome=held_against(ginis[0], ginis[1]),
        source=m.source(m.year),
        allowed=BY_READINGS,
        n=len({c.cluster for c in cells[TRADED]}),
    )


def _ginis(m: Material, cells: Sequence[Any]) -> Three:
    """Median of the locational Gini of the clusters: as estimated, least and most of readings."""
    import numpy as np

    from clusteratlas.analysis.regions.structure.concentration import locational_gini

    row = {key: i for i, key in enumerate(m.regions)}
    at = {key: i for i, key in enumerate(dict.fromkeys(c.cluster for c in cells))}
    jobs = np.zeros((len(READINGS), len(at), len(row)))
    for c in cells:
        jobs[:, at[c.cluster], row[c.region]] = c.jobs, c.jobs_low, c.jobs_high
    medians = []
    for table in jobs:
        known = table[table.sum(axis=1) > 0]
        if not len(known):
            return math.nan, math.nan, math.nan
        shares = known / known.sum(axis=1, keepdims=True)
        medians.append(float(np.median(locational_gini(shares, known.sum(axis=0) / known.sum()))))
    return of_readings(medians)


def _of_regions(m: Material) -> Iterator[EvidenceRow]:
    """Regressions over the regions of the pool."""
    import numpy as np

    from clusteratlas.analysis.regions.least_squares import fit, slope_bounds
    from clusteratlas.analysis.regions.performance import private_wage

    totals = [m.totals(key, m.year) for key in m.regions]
    people = _log([t.population if t else None for t in totals])
    local = jobs_by(m.cells(m.year, LOCAL), "region")
    jobs = [_log([local.get(key, (0, 0, 0))[k] for key in m.regions]) for k in range(3)]
    found = fit(jobs[0], people)
    used = np.isfinite(people) & np.isfinite(jobs[0])
    least, most = slope_bounds(people[used], jobs[1][used], jobs[2][used])
    slope = float(found.slopes[0]), least, most
    near = near_to(slope, 1.0) if found.r2 >= 1 - NEAR else OTHER_WAY
    yield regression_row(
        key="local-population",
        name="Local jobs are proportional to residents",
        claim="local clusters are there in proportion to the people whom they serve",
        measured=f"slope of the logarithm of local jobs, {m.year}, on that of residents; 1 where "
        "they are proportional",
        found=found,
        value=slope,
        outcome=None if math.isnan(slope[0]) else near,
        allowed=BY_BOUNDS,
        beside=1.0,
        against="proportion",
        source=m.source(m.year),
    )
    wages = _log(
        [private_wage(t.payroll, t.jobs).item() if t and t.payroll else None for t in totals]
    )
    yield _on_strength(
        m,
        wages,
        m.year,
        key="wage-strength",
        name="Wages are higher where clusters are strong",
        claim="regions with strong clusters pay more",
        measured=f"slope of the logarithm of the average wage of all jobs, {m.year}, on cluster "
        "strength, the share of traded jobs in strong clusters",
        source=m.source(m.year),
    )


def _on_strength(m: Material, y: FloatArray, year: int, **told: Any) -> EvidenceRow:
    """Fit a figure of regions on their cluster strength, by each reading of the flags."""
    from clusteratlas.analysis.regions.least_squares import fit

    fits = [fit(y, strength) for strength in m.strengths(year)]
    return regression_row(
        found=fits[0],
        value=of_readings([float(one.slopes[0]) for one in fits]),
        outcome=signed(fits, 0, 1),
        allowed=BY_READINGS,
        **told,
    )


def _of_patents(m: Material) -> Iterator[EvidenceRow]:
    import numpy as np

    from clusteratlas.analysis.regions.structure.concentration import share_of_highest

    per_head, counts = m.patents("patents_per_head"), m.patents("patents")
    years = f"{m.patent_year}, and strength of {m.first}"
    told = {"source": m.patent_source or m.source(m.first), "source_then": m.source(m.first)}
    yield _on_strength(
        m,
        _log([None if math.isnan(v) else v for v in per_head]),
        m.first,
        key="patents-strength",
        name="More patents where clusters are strong",
        claim="regions with strong clusters have more patents a head",
        measured=f"slope of the logarithm of patents per resident on cluster strength; patents of "
        f"{years}",
        **told,
    )
    totals = [m.totals(key, m.first) for key in m.regions]
    people = np.array([float(t.population or 0) if t else 0.0 for t in totals])
    people[np.isnan(counts)] = np.nan
    by = m.strengths(m.first)
    patents, residents = (
        [share_of_highest(figures, one, QUARTER) for one in by] for figures in (counts, people)
    )
    ahead = [a - b for a, b in zip(patents, residents, strict=True)]
    yield figure_row(
        key="patents-share",
        name="Patents gather where clusters are strong",
        claim="more of the patents than of the people are in regions with strong clusters",
        unit="share",
        measured="share of the patents of these regions in the quarter of them with the highest "
        f"cluster strength; patents of {years}",
        value=of_readings(patents),
        beside=of_readings(residents),
        against="their share of residents",
        outcome=held_against(of_readings(ahead), (0.0, 0.0, 0.0)),
        allowed=BY_READINGS,
        n=int(np.isfinite(counts).sum()),
        **told,
    )


_GROWTH = (
    (
        "convergence",
        "Large clusters grow less, all else equal",
        "a cluster that is large in a region grows less there (convergence)",
        -1,
    ),
    (
        "strength-growth",
        "Clusters grow faster among strong ones",
        "a cluster grows faster in a region whose other clusters are strong",
        1,
    ),
)
"""Id, name, claim and sign of the slopes of one regression, in the order of its regressors."""


def _of_growth(m: Material) -> Iterator[EvidenceRow]:
    """Growth of traded clusters where they were strong, and what it goes with."""
    import numpy as np

    from clusteratlas.analysis.regions.least_squares import fit

    span = f"{m.first} to {m.year}"
    yield _of_strong(
        m,
        m.both,
        key="strong-growth",
        name="Clusters grow faster where they are strong",
        claim="jobs of a cluster grow faster in regions where it is strong",
        measured=f"yearly growth of the jobs of traded clusters where they were strong, {span}",
        theory=DPS_2014,
    )
    strong_jobs = {key: of[0] for key, of in m.strong_jobs(m.first).items()}
    known = [(a, b) for a, b in m.both if a.is_known and b.is_known]
    elsewhere = []
    for then, _ in known:
        totals = m.totals(then.region, m.first)
        rest = (totals.traded_jobs if totals else 0) - then.jobs
        inside = strong_jobs[then.region] - then.jobs * then.strong
        elsewhere.append(inside / rest if rest > 0 else math.nan)
    years = m.year - m.first
    fits = []
    for end in READINGS:
        first, last = (_log([getattr(pair[k], f"jobs{end}") for pair in known]) for k in range(2))
        x = np.stack([first, np.array(elsewhere, dtype=np.float64)], axis=1)
        groups = [then.cluster for then, _ in known], [then.region for then, _ in known]
        y = (last - first) / years if years else np.full(len(known), np.nan)
        fits.append(fit(y, x, within=groups[0], together=groups[1]))
    beside = (
        "yearly growth (of logarithms) of the jobs of a traded cluster in a region, "
        f"{span}, on both its jobs and the share of the region's other traded jobs that were in "
        "strong clusters; constants for clusters, errors grouped by region"
    )
    for k, (key, name, claim, sign) in enumerate(_GROWTH):
        yield regression_row(
            k,
            key=key,
            name=name,
            claim=claim,
            measured=f"slope of {'the strength' if k else 'jobs'} in: {beside}",
            found=fits[0],
            value=of_readings([float(one.slopes[k]) for one in fits]),
            outcome=signed(fits, k, sign),
            allowed=BY_READINGS,
            theory=DPS_2014,
            source_then=m.source(m.first),
            source=m.source(m.year),
        )


def growth_by_cluster(m: Material) -> list[EvidenceRow]:
    """Hold the growth of each traded cluster where it was strong against that elsewhere.

    The largest difference comes first; clusters that were strong nowhere, or everywhere, are last.
    """
    of: dict[str, list[Pair]] = {}
    for pair in m.both:
        of.setdefault(pair[0].cluster, []).append(pair)
    rows = [
        _of_strong(
            m,
            pairs,
            section="cluster",
            key=key,
            name=pairs[0][0].name,
            claim="its jobs grow faster in regions where it is strong",
            measured=f"yearly growth of its jobs where it was strong, {m.first} to {m.year}",
            theory=None,
        )
        for key, pairs in of.items()
    ]
    rows.sort(key=lambda r: (r.outcome is None, (r.beside or 0) - (r.value or 0), r.key))
    return rows


def _of_strong(m: Material, pairs: Sequence[Pair], **told: Any) -> EvidenceRow:
    """Hold growth where clusters were strong against that where they were not."""
    strong, others = (
        _growth([pair for pair in pairs if pair[0].strong == flag], m.year - m.first)
        for flag in (True, False)
    )
    return figure_row(
        unit="share",
        value=strong,
        beside=others,
        against="the same where they were not",
        n=sum(then.strong for then, _ in pairs),
        outcome=held_against(strong, others),
        source_then=m.source(m.first),
        source=m.source(m.year),
        **told,
    )


def _growth(pairs: Sequence[Pair], years: int) -> Three:
    """Yearly growth of the jobs of cells together, with its bounds."""
    from clusteratlas.analysis.regions.change.growth import growth_bounds
    from clusteratlas.analysis.regions.performance import yearly_growth

    start, end = (
        [sum(getattr(pair[k], f"jobs{e}") for pair in pairs) for e in READINGS] for k in range(2)
    )
    low, high = growth_bounds(start[1], start[2], end[1], end[2], years)
    return float(yearly_growth(start[0], end[0], years)), float(low), float(high)


def _log(values: Sequence[float | None]) -> FloatArray:
    """Logarithms; NaN of what is not known or not above zero."""
    import numpy as np

    given = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    return np.log(given, out=np.full(given.shape, np.nan), where=given > 0)
