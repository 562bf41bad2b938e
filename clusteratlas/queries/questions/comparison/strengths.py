"""Which clusters of a region are strong, and by which of the published rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words
from clusteratlas.vocabulary.keys import CUSTOM
from clusteratlas.vocabulary.tables.measures import CERTAINTIES

if TYPE_CHECKING:
    from clusteratlas.analysis.regions.compared.rules import (
        Figure,
        Figures,
        PublishedRule,
        RulePools,
    )
    from clusteratlas.analysis.regions.rankings import RankingPools
    from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCluster:
    """Read row of ``strengths.region``."""

    key: str
    name: str
    pool: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    establishments_low: int
    establishments_high: int
    lq: float
    lq_low: float
    lq_high: float
    share_region: float
    strong: bool
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """Read row of ``strengths.pool``."""

    cluster: str
    region: str
    pool: str
    jobs: int
    establishments: int
    lq: float


@dataclass(frozen=True, slots=True)
class PoolTotals:
    """Read row of ``strengths.totals``."""

    region: str
    jobs: int
    traded_jobs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthRow:
    """A cluster with what each rule says of it; then the rules."""

    section: str = column("cluster, or rule")
    key: str = column("key of the cluster, or name of the rule")
    name: str = column("name of the cluster; the rule in words")
    rules: int | None = optional("rules that say yes")
    rules_low: int | None = optional("those that say so whatever the withheld cells are")
    rules_high: int | None = optional("those that say so, or could")
    lq: float | None = optional(of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    jobs: int | None = optional("jobs in the cluster", "jobs")
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    site: str | None = optional("strong on the U.S. Cluster Mapping site: yes or no, and how sure")
    site_10: str | None = optional("strong in the top tenth there")
    significant: str | None = optional("significant there")
    qualifying: str | None = optional("qualifying there")
    papers_20: str | None = optional("in the top 20 % by LQ with floors (research papers)")
    papers_25: str | None = optional("in the top 25 % by LQ with floors (research papers)")
    star_size: str | None = optional("European star for size")
    star_specialization: str | None = optional("European star for specialization")
    star_focus: str | None = optional("European star for focus")
    statsamerica: str | None = optional("specialized by StatsAmerica")
    clusters: int | None = optional("clusters that the rule says yes to", "clusters")
    clusters_low: int | None = optional("those that it certainly says yes to", "clusters")
    clusters_high: int | None = optional("those that it says yes to, or could", "clusters")
    formula: str | None = optional("what the rule asks for")
    publication: str | None = optional("where it is published, and how it is read here")
    source: str | None = optional("file behind the figures")


class _Setting:
    """Figures of a region's clusters at its estimates, and moved towards their bounds."""

    def __init__(self, found: Sequence[JudgedCluster], totals: PoolTotals) -> None:
        self._found, self._totals = found, totals
        self._jobs = self._of("jobs")
        self._most = self._share(self._of("jobs_high"), totals.traded_jobs)

    def _of(self, name: str) -> FloatArray:
        import numpy as np

        return np.array([getattr(c, name) for c in self._found], dtype=np.float64)

    def _share(self, moved: FloatArray, base: int) -> FloatArray:
        import numpy as np

        from clusteratlas.analysis.regions.compared.differences import bounded_share

        return bounded_share(self._jobs, moved, np.full(len(moved), float(base)))

    def moved(self, end: str, way: float) -> Figures:
        """Figures a part of the way to a bound."""
        import numpy as np

        jobs, plants = (
            own + way * (self._of(f"{name}_{end}") - own)
            for name in ("jobs", "establishments")
            for own in (self._of(name),)
        )
        share = self._share(jobs, self._totals.traded_jobs)
        # The quotient goes with the share: both have the nation's share below them.
        most = self._of("lq_high")
        lq = np.divide(most * share, self._most, out=np.zeros(len(most)), where=self._most > 0)
        focus = self._share(jobs, self._totals.jobs)
        return {"lq": lq, "jobs": jobs, "establishments": plants, "focus": focus}

    @property
    def point(self) -> Figures:
        """Figures as they are estimated; the quotient as it is stored, to the last bit."""
        return {**self.moved("low", 0.0), "lq": self._of("lq")}


def _pools(read: Read, found: Sequence[JudgedCluster]) -> RulePools:
    """Give the figures of the regions that these are compared with, by cluster."""
    import numpy as np

    from clusteratlas.analysis.regions.compared.rules import RulePools
    from clusteratlas.analysis.regions.rankings import RankingPools

    number = {c.key: i for i, c in enumerate(found)}
    whole = {t.region: t.jobs for t in read["strengths.totals"]}
    rows = [p for p in read["strengths.pool"] if p.pool == found[0].pool]
    own = [p for p in rows if p.cluster in number]
    groups = [number[p.cluster] for p in own]
    figures: tuple[Figure, ...] = ("lq", "jobs", "establishments")
    by_cluster: Mapping[Figure, RankingPools] = {
        name: RankingPools.of(groups, [getattr(p, name) for p in own], n_groups=len(number))
        for name in figures
    }
    focus = [p.jobs / whole[p.region] for p in rows if whole.get(p.region)]
    return RulePools(by_cluster, np.array(focus, dtype=np.float64))


def _strengths(read: Read, context: Context) -> list[Any]:
    from clusteratlas.analysis.regions.compared.rules import RULES, verdicts

    found: Sequence[JudgedCluster] = read["strengths.region"]
    totals = {t.region: t for t in read["strengths.totals"]}
    here = totals.get(context.arguments["region"])
    if not found or here is None:
        return []
    pools, setting = _pools(read, found), _Setting(found, here)
    ends = setting.moved("low", 1.0), setting.moved("high", 1.0)
    halfway = setting.moved("low", 0.5), setting.moved("high", 0.5)
    said: dict[str, list[tuple[bool, str]]] = {}
    for rule in RULES:
        passed, sure = verdicts(rule, setting.point, ends, halfway, pools)
        said[rule.name] = list(zip(map(bool, passed), map(str, sure), strict=True))
    # What the edition says of its own rule stands: it was found before figures were rounded.
    said["site"] = [(c.strong, c.certainty) for c in found]
    rows = [
        row_from(
            StrengthRow,
            c,
            section="cluster",
            **_tally("rules", [said[rule.name][i] for rule in RULES]),
            **{rule.name: _verdict(*said[rule.name][i]) for rule in RULES},
        )
        for i, c in enumerate(found)
    ]
    shown = sorted(
        (r for r in rows if r.rules_high), key=lambda r: (-(r.rules or 0), -(r.lq or 0), r.key)
    )[: context.arguments["limit"]]
    return [*shown, *(_rule_row(rule, said[rule.name]) for rule in RULES)]


def _rule_row(rule: PublishedRule, said: Sequence[tuple[bool, str]]) -> StrengthRow:
    told = {"formula": rule.formula, "publication": rule.publication}
    return row_from(
        StrengthRow,
        rule,
        section="rule",
        key=rule.name,
        name=rule.title,
        **told,
        **_tally("clusters", said),
    )


def _tally(counted: str, said: Sequence[tuple[bool, str]]) -> dict[str, int]:
    """Count what says yes, what says so certainly, and what does or could."""
    certain = CERTAINTIES[0]
    return {
        counted: sum(passed for passed, _ in said),
        f"{counted}_low": sum(passed and sure == certain for passed, sure in said),
        f"{counted}_high": sum(passed or sure != certain for passed, sure in said),
    }


def _verdict(passed: bool, sure: str) -> str:
    word = "yes" if passed else "no"
    return word if sure == CERTAINTIES[0] else f"{word}, {sure}"


def _strength_notes(rows: Sequence[Any], context: Context) -> list[str]:
    clusters = [r for r in rows if r.section == "cluster"]
    notes = [bounds_words(clusters, f"figures of {context.arguments['year']}")]
    if not rows:
        notes.append(f"no figures of {context.names['region']} in that year")
        return notes
    notes.append(
        "shown are the clusters that a rule says yes to or could; where withheld cells leave it "
        "open, the verdict is likely or depends on them; floors are those of the estimates"
    )
    if context.arguments["region_type"] == CUSTOM:
        notes.append(
            f"compared with the regions that it is ranked among: {context.arguments['pool']}"
        )
    if context.arguments["pool"] == "ea":
        return notes
    notes.append("the research papers take economic areas; here the region's own type is taken")
    return notes


strengths = Question(
    id="strengths",
    order=35,
    words="Which clusters are strong here, and by which rule?",
    row=StrengthRow,
    params={
        "region": REGION,
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    counted="traded clusters",
    counted_section="cluster",
    parts=(
        Part("strengths.region", JudgedCluster),
        Part("strengths.pool", PoolFigures),
        Part("strengths.totals", PoolTotals),
    ),
    shape=_strengths,
    notes=_strength_notes,
    picture=Picture(
        "bars",
        "{region}: how many published rules call a cluster strong",
        "rules",
        "name",
        low="rules_low",
        high="rules_high",
        sections=("cluster",),
    ),
    lead=("name", "rules", "clusters", "formula", "site", "papers_20", "statsamerica", "lq"),
    examples=({"region": "boston"}, {"region": "south carolina", "level": "family"}),
)
