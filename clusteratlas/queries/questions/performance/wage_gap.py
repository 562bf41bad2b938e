"""How much of the distance to the nation's wage is the mix of clusters, how much their level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.performance.shared.history import (
    YearFigures,
    kind_param,
    sign_words,
    wage_of,
    with_bounds,
)
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.wages import is_paid


@dataclass(frozen=True, slots=True, kw_only=True)
class WageGapRow:
    """The region, then clusters: parts of the gap between its average wage and the nation's."""

    section: str = column("total (all of them together) or cluster")
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    wage_gap: float = column("of the total: the region's wage less the nation's; part of it", "USD")
    wage_mix: float = column("having more, or fewer, of the jobs of this cluster", "USD")
    wage_level: float = column("paying more, or less, than the cluster does in the nation", "USD")
    wage_level_low: float | None = optional("least that is possible, jobs as they are", "USD")
    wage_level_high: float | None = optional("most that is possible, jobs as they are", "USD")
    outcome: str | None = optional("paying more or less, and whether that is certain")
    wage: float | None = optional("average wage, payroll / jobs", "USD")
    wage_low: float | None = optional("least that is possible", "USD")
    wage_high: float | None = optional("most that is possible", "USD")
    wage_nation: float | None = optional("average wage of the same in the nation", "USD")
    jobs: int = column("none where there is no such figure", of="measures.jobs")
    source: str = column("file behind the figures")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A cluster of the nation, and what of it is in the region; None: no such figure."""

    nation: YearFigures
    here: YearFigures | None

    @property
    def withheld(self) -> bool:
        """Whether no wage is published of it: nothing of its payroll, or none of its jobs."""
        f = self.here
        if wage_of(self.nation)[0] is None:
            return True
        if f is None or f.jobs == 0:
            return False
        return not is_paid(f)


def _gathered(read: Read, context: Context) -> Read:
    """Put the clusters of the region beside the nation's, those with withheld wages apart."""
    del context
    here = {f.key: f for f in read["here"]}
    pairs = [_Pair(f, here.get(f.key)) for f in read["nation"]]
    return {
        **read,
        "pairs": [p for p in pairs if here and not p.withheld],
        "withheld": [p for p in pairs if here and p.withheld],
    }


def _rows(read: Read, context: Context) -> list[Any]:
    import numpy as np

    from clusteratlas.analysis.regions.change.shift_share import wage_gap

    pairs: Sequence[_Pair] = read["pairs"]
    jobs = [p.here.jobs if p.here else 0 for p in pairs]
    if not sum(jobs):
        return []
    us_jobs = [p.nation.jobs for p in pairs]
    wages = [wage_of(p.here) for p in pairs]
    us_wages = [wage_of(p.nation)[0] or 0.0 for p in pairs]
    parts = wage_gap(jobs, [np.nan if w[0] is None else w[0] for w in wages], us_jobs, us_wages)
    rows = []
    for i, pair in enumerate(pairs):
        wage, share = wages[i], jobs[i] / sum(jobs)
        low, high = (None if w is None else share * (w - us_wages[i]) for w in wage[1:])
        level = float(parts.level[i])
        rows.append(
            WageGapRow(
                section="cluster",
                key=pair.nation.key,
                name=pair.nation.name,
                wage_gap=float(parts.mix[i]) + level,
                wage_mix=float(parts.mix[i]),
                wage_level=level,
                wage_level_low=low if jobs[i] else 0.0,
                wage_level_high=high if jobs[i] else 0.0,
                outcome=sign_words((level, low, high), "more", "less") if jobs[i] else None,
                **with_bounds("wage", wage),
                wage_nation=us_wages[i],
                jobs=jobs[i],
                source=(pair.here or pair.nation).source,
            )
        )
    rows.sort(key=lambda r: (-r.wage_gap, r.key))
    most = sorted(rows, key=lambda r: (-abs(r.wage_gap), r.key))[: context.arguments["limit"]]
    whole = _total(rows, context, _mean(us_jobs, us_wages))
    return [whole, *(r for r in rows if r in most)]


def _mean(jobs: Sequence[int], wages: Sequence[float]) -> float:
    return sum(n * wage for n, wage in zip(jobs, wages, strict=True)) / sum(jobs)


def _total(rows: Sequence[WageGapRow], context: Context, us_wage: float) -> WageGapRow:
    gap = sum(r.wage_gap for r in rows)
    lows, highs = ([getattr(r, f"wage_level_{end}") for r in rows] for end in ("low", "high"))
    level = (
        sum(r.wage_level for r in rows),
        None if None in lows else sum(lows),
        None if None in highs else sum(highs),
    )
    return WageGapRow(
        section="total",
        key=context.arguments["region"],
        name=context.names["region"],
        wage_gap=gap,
        wage_mix=sum(r.wage_mix for r in rows),
        wage_level=level[0],
        wage_level_low=level[1],
        wage_level_high=level[2],
        outcome=sign_words(level, "more", "less"),
        wage=us_wage + gap,
        wage_nation=us_wage,
        jobs=sum(r.jobs for r in rows),
        source=next(r.source for r in rows if r.jobs),
    )


def _notes(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [f"no wage is published of clusters in {context.names['region']}"]
    whole, kind = rows[0], context.arguments["kind"]
    of = "" if kind == "all" else f"{kind} "
    notes = [
        f"figures of {context.arguments['year']}: {of}clusters pay {whole.wage:,.0f} USD there and "
        f"{whole.wage_nation:,.0f} USD in the nation; of {whole.wage_gap:+,.0f} USD "
        f"{whole.wage_mix:+,.0f} are by the mix of clusters, {whole.wage_level:+,.0f} by the level "
        "within them"
    ]
    left = [p.nation.name for p in read["withheld"]]
    if left:
        notes.append(
            f"clusters with withheld wages are left out in region and nation alike: "
            f"{', '.join(left)}"
        )
    return notes


wage_gap_question = Question(
    id="wage-gap",
    order=164,
    words="Does a region pay more for its mix of clusters, or within them?",
    row=WageGapRow,
    params={
        "region": REGION,
        "year": YEAR,
        "kind": kind_param("traded"),
        "level": LEVEL,
        "definition": DEFINITION,
        "limit": limit(100),
    },
    counted="clusters",
    count_stem="history.count",
    counted_section="cluster",
    parts=(
        Part("history.clusters", YearFigures, "here", (("since", "year"),)),
        Part("history.clusters", YearFigures, "nation", (("region", "nation"), ("since", "year"))),
    ),
    gather=_gathered,
    shape=_rows,
    coverage=_notes,
    picture=Picture(
        "stacks",
        "What makes the wage of {region} differ from the nation's",
        "wage_gap",
        "name",
        "outcome",
        sections=("cluster",),
        stack=("wage_mix", "wage_level"),
    ),
    lead=("name", "wage_gap", "wage_mix", "wage_level", "outcome", "wage", "wage_nation"),
    examples=({"region": "boston"}, {"region": "mississippi", "kind": "all"}),
)
