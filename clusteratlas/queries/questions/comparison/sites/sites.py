"""Regions that meet several criteria at once, each shown as met, not met or not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusteratlas.analysis.regions.compared.criteria import (
    MET,
    NOT_KNOWN,
    NOT_MET,
    at_least,
    at_most,
)
from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.comparison.sites.site_reads import (
    IndustryKind,
    NamedOccupation,
    NamedSupplier,
    RegisterHeld,
    Sellers,
    SiteCluster,
    SiteIndustry,
    SiteRegion,
    SuppliersThere,
    UniversitiesThere,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    INDUSTRY,
    SURVEYED_TYPES,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.wages import wage_figures

SURELY = frozenset({"published", "bounded", "withheld"})
"""What is known of an industry that has establishments or jobs in a region for certain."""
ABSENT, LOCAL, TRADED = "absent", "local", "traded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """A region, what it has of what is asked for, and what of that meets the criteria."""

    key: str = column("key of the region")
    name: str = column("its name")
    met: int = column("criteria that are met for certain", None)
    met_low: int = column("the same", None)
    met_high: int = column("those that are met or could be", None)
    falls_short: str | None = optional("criteria that it does not meet, and those not known")
    jobs_met: str = column("whether it has so many jobs: met, not met or not known")
    lq_met: str | None = optional("whether the location quotient is so high")
    wage_met: str | None = optional("whether a job is paid no more")
    named_suppliers_met: str | None = optional("whether each supplier that was named is there")
    occupations_met: str | None = optional(
        "whether each occupation that was named is as common there as in the nation"
    )
    suppliers_met: str | None = optional("whether so many suppliers of the cluster are there")
    universities_met: str | None = optional("whether it has so many universities and colleges")
    jobs: int | None = optional("jobs in the cluster or industry", "jobs")
    jobs_low: int | None = optional("smallest number that the published figures allow", "jobs")
    jobs_high: int | None = optional("largest number that they allow", "jobs")
    lq: float | None = optional("location quotient on the traded base", "ratio")
    lq_low: float | None = optional("with the smallest number of jobs", "ratio")
    lq_high: float | None = optional("with the largest", "ratio")
    wage: float | None = optional("payroll a job and year in the cluster", "USD")
    wage_low: float | None = optional("lowest that the bounds allow", "USD")
    wage_high: float | None = optional("highest that they allow", "USD")
    suppliers: int | None = optional(
        "traded industries that sell to the cluster and are there for certain", "industries"
    )
    suppliers_low: int | None = optional("the same", "industries")
    suppliers_high: int | None = optional("those that are there or may be", "industries")
    universities: int | None = optional("universities and colleges that are known there")
    population: int | None = optional(of="regions.population")
    source: str = column("file behind the figures")


Bounded = tuple[float | None, float | None, float | None]
"""A figure, its lowest and its highest value."""
UNKNOWN: Bounded = (None, None, None)


class _Found:
    """What was read of all regions, by region."""

    def __init__(self, read: Read, context: Context) -> None:
        self.clusters: Mapping[str, SiteCluster] = {c.region: c for c in read["sites.cluster"]}
        self.industries: Mapping[str, SiteIndustry] = {i.region: i for i in read["sites.industry"]}
        self.of_industry = bool(context.arguments["industry"])
        self.of_cluster = bool(context.arguments["cluster"])
        self._sellers = sum(s.industries for s in read["sites.sellers"])
        self._supply: dict[str, dict[str, int]] = {}
        for s in read["sites.supply"]:
            self._supply.setdefault(s.region, {})[s.known] = s.industries
        self._named = {(s.supplier, s.region): s.known for s in read["sites.named"]}
        self._kinds: Mapping[str, str | None] = {k.key: k.kind for k in read["sites.kinds"]}
        self._names = context.several.get("supplier", {})
        # In the order of years: the newest one counts.
        self._talents = {(o.occupation, o.region): o.lq for o in read["sites.occupations"]}
        self._occupations = context.several.get("occupation", {})
        self._universities = {u.region: u.universities for u in read["sites.universities"]}
        self.all_universities = any(r.registers for r in read["sites.registers"])

    def jobs(self, region: SiteRegion) -> tuple[Bounded, Bounded]:
        """Jobs and location quotient; a cluster without a row has no establishment there."""
        if self.of_industry:
            i = self.industries.get(region.key)
            return (UNKNOWN, UNKNOWN) if i is None else (_jobs(i), _quotient(i, region))
        c = self.clusters.get(region.key)
        if c is None:
            return (0, 0, 0), (0.0, 0.0, 0.0)
        return _jobs(c), (c.lq, c.lq_low, c.lq_high)

    def wage(self, region: SiteRegion) -> dict[str, float | None]:
        """Average wage in the cluster."""
        c = self.clusters.get(region.key)
        return {} if c is None else wage_figures(c)

    def suppliers(self, region: SiteRegion) -> Bounded:
        """Suppliers of the cluster that are there for certain, and those that may be.

        Of a cluster without any, one of the user's own, they are not computed.
        """
        if not self.of_cluster or not self._sellers:
            return UNKNOWN
        known = self._supply.get(region.key, {})
        surely = sum(n for word, n in known.items() if word in SURELY)
        return surely, surely, self._sellers - known.get(ABSENT, 0)

    def named(self, region: SiteRegion) -> list[tuple[str, str]]:
        """Name and verdict of each supplier that was named."""
        return [
            (name, _presence(self._kinds.get(key), self._named.get((key, region.key))))
            for key, name in self._names.items()
        ]

    def talents(self, region: SiteRegion) -> list[tuple[str, str]]:
        """Name and verdict of each occupation that was named; some are not published."""
        lqs = {
            name: self._talents.get((key, region.key)) for key, name in self._occupations.items()
        }
        return [(name, at_least(lq, lq, 1.0)) for name, lq in lqs.items()]

    def universities(self, region: SiteRegion) -> Bounded:
        """Universities that are known; there may be more where the register of all is missing."""
        known = self._universities.get(region.key, 0)
        if self.all_universities:
            return known, known, known
        return known or None, known, None


def _jobs(found: SiteCluster | SiteIndustry) -> Bounded:
    return found.jobs, found.jobs_low, found.jobs_high


def _quotient(found: SiteIndustry, region: SiteRegion) -> Bounded:
    """Give the quotient of an industry, and what it is at the bounds of its jobs."""
    from clusteratlas.analysis.regions.compared.differences import bounded_share

    if not found.jobs:
        return found.lq, 0.0, None if found.jobs_high else 0.0
    ends = bounded_share(
        [found.jobs] * 3,
        [found.jobs, found.jobs_low, found.jobs_high],
        [region.traded_jobs] * 3,
    )
    low, high = (float(found.lq * end / ends[0]) for end in ends[1:])
    return found.lq, low, high


def _presence(kind: str | None, known: str | None) -> str:
    """Say whether an industry is in a region; local ones are everywhere."""
    if known in SURELY or kind == LOCAL:
        return MET
    return NOT_MET if known == ABSENT else NOT_KNOWN


def _row(found: _Found, region: SiteRegion, arguments: Mapping[str, Any]) -> SiteRow:
    jobs, lq = found.jobs(region)
    wage, suppliers = found.wage(region), found.suppliers(region)
    universities = found.universities(region)
    named, talents = found.named(region), found.talents(region)
    said: dict[str, str | None] = {
        "jobs_met": at_least(*jobs[1:], arguments["least_jobs"]),
        "lq_met": _if(arguments["least_lq"], at_least, lq),
        "wage_met": _if(
            arguments["most_wage"],
            at_most,
            (None, wage.get("wage_low"), wage.get("wage_high")),
        ),
        "suppliers_met": _if(arguments["least_suppliers"], at_least, suppliers),
        "universities_met": _if(arguments["least_universities"], at_least, universities),
    }
    verdicts = [*filter(None, said.values()), *(verdict for _, verdict in (*named, *talents))]
    met, open_ = verdicts.count(MET), verdicts.count(NOT_KNOWN)
    names = {n.removesuffix("_met").replace("lq", "LQ"): v for n, v in said.items()}
    names |= dict(named) | dict(talents)
    short = [
        f"{verdict}: {', '.join(of)}"
        for verdict in (NOT_MET, NOT_KNOWN)
        if (of := [name for name, v in names.items() if v == verdict])
    ]
    figures: dict[str, Any] = {
        "falls_short": "; ".join(short) or None,
        **said,
        **_three("met", (met, met, met + open_)),
        **_three("jobs", jobs),
        **_three("lq", lq),
        **_three("suppliers", suppliers),
        **wage,
        "universities": universities[0],
        "named_suppliers_met": "; ".join(f"{name}: {verdict}" for name, verdict in named) or None,
        "occupations_met": "; ".join(f"{name}: {verdict}" for name, verdict in talents) or None,
    }
    return row_from(SiteRow, region, **figures)


def _if(asked: float, verdict: Any, figure: Bounded) -> str | None:
    """Say whether a criterion is met, if it is one."""
    return verdict(*figure[1:], asked) if asked else None


def _three(name: str, figure: Bounded) -> dict[str, Any]:
    return dict(zip((name, f"{name}_low", f"{name}_high"), figure, strict=True))


def _judged(read: Read, context: Context) -> Read:
    """Judge all regions: those that meet the most come first, then those that could."""
    found, arguments = _Found(read, context), context.arguments
    regions: Sequence[SiteRegion] = read["sites.regions"]
    rows = [_row(found, region, arguments) for region in regions]
    rows.sort(key=lambda r: (-r.met, -r.met_high, -(r.jobs or 0), r.key))
    return {**read, "judged": rows}


def _sites(read: Read, context: Context) -> list[Any]:
    return list(read["judged"][: context.arguments["limit"]])


def _site_coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    arguments = context.arguments
    least = arguments["least_jobs"]
    asked = [f"at least {least:,} {'job' if least == 1 else 'jobs'}"]
    asked += [
        words.format(arguments[name])
        for name, words in (
            ("least_lq", "LQ of at least {:g}"),
            ("most_wage", "a wage of at most {:,} USD"),
            ("least_suppliers", "at least {} of its supplying industries"),
            ("least_universities", "at least {} universities and colleges"),
        )
        if arguments[name]
    ]
    asked += [f"{name} there" for name in context.several.get("supplier", {}).values()]
    occupations = list(context.several.get("occupation", {}).values())
    asked += [f"{name} as common as in the nation" for name in occupations]
    whole: Sequence[SiteRow] = read["judged"]
    full = sum(r.met == len(asked) for r in whole)
    could = sum(r.met_high == len(asked) for r in whole) - full
    notes = [
        f"criteria: {'; '.join(asked)}",
        f"{full:,} {'region meets' if full == 1 else 'regions meet'} them all, {could:,} more "
        f"could: where cells are withheld, figures of {arguments['year']} leave it open",
    ]
    if arguments["least_suppliers"] and not arguments["cluster"]:
        notes.append("suppliers are those of a cluster: name it with --cluster")
    if arguments["least_universities"] and not any(r.registers for r in read["sites.registers"]):
        notes.append(
            "the register of all universities and colleges is not in this atlas: where fewer are "
            "known, it is not known whether there are more"
        )
    if occupations and arguments["region_type"] not in SURVEYED_TYPES:
        notes.append("occupations are surveyed in states and metropolitan areas alone")
    untraded = [*read["sites.kind"], *read["sites.kinds"]]
    names = {
        **context.several.get("supplier", {}),
        arguments["industry"]: context.names.get("industry", ""),
    }
    notes += [
        f"{names[k.key]} is local: it is everywhere, and not counted by region"
        if k.kind == LOCAL
        else f"{names[k.key]} has no figures by region: name an industry of six digits"
        for k in untraded
        if k.kind != TRADED
    ]
    if any(r.met_high < len(asked) for r in rows):
        notes.append("regions that do not meet them all are listed after those that do or could")
    return notes


def _criterion(help_: str, default: float) -> Param:
    return Param("number", help_, required=False, default=default, in_query=False)


sites = Question(
    id="sites",
    order=116,
    words="Which regions meet these criteria?",
    row=SiteRow,
    params={
        "cluster": replace(CLUSTER, required=False, default=""),
        "industry": replace(
            INDUSTRY,
            help=f"{INDUSTRY.help}; jobs and LQ are then its own",
            required=False,
            default="",
        ),
        "supplier": replace(
            INDUSTRY,
            help="industry that has to be there: NAICS code or words of its title",
            required=False,
            default="",
            many=(1, 10),
        ),
        "occupation": Param(
            "occupation",
            "occupation that has to be as common there as in the nation: SOC code or words of its "
            "title",
            required=False,
            default="",
            labels=("Occupation",),
            many=(1, 10),
        ),
        "least_jobs": _criterion("jobs that it has to have at least", 1),
        "least_lq": _criterion("location quotient that it has to have at least; 0: any", 0.0),
        "most_wage": _criterion("average wage (USD) of the cluster at most; 0: any", 0),
        "least_suppliers": _criterion(
            "industries that sell to the cluster, which have to be there at least; 0: any", 0
        ),
        "least_universities": _criterion(
            "universities and colleges that it has to have at least; 0: any", 0
        ),
        "type": region_type("type of region", in_query=False),
        "state": Param(
            "state",
            "only regions in this state",
            required=False,
            default="",
            labels=("Region",),
            types=("state",),
        ),
        "definition": DEFINITION,
        "limit": limit(10),
    },
    one_of=("cluster", "industry"),
    counted="regions of that type",
    parts=(
        Part("sites.regions", SiteRegion),
        Part("sites.cluster", SiteCluster, about=(("cluster", "Cluster"),)),
        Part("sites.industry", SiteIndustry, about=(("industry", "Industry"),)),
        Part("sites.named", NamedSupplier, about=(("supplier", "Industry"),), each="supplier"),
        Part(
            "sites.occupations",
            NamedOccupation,
            about=(("occupation", "Occupation"),),
            each="occupation",
        ),
        Part("sites.kinds", IndustryKind, about=(("supplier", "Industry"),), each="supplier"),
        Part("sites.kind", IndustryKind, about=(("industry", "Industry"),)),
        Part("sites.supply", SuppliersThere, about=(("cluster", "Cluster"),)),
        Part("sites.sellers", Sellers, about=(("cluster", "Cluster"),)),
        Part("sites.universities", UniversitiesThere),
        Part("sites.registers", RegisterHeld),
    ),
    gather=_judged,
    shape=_sites,
    coverage=_site_coverage,
    picture=Picture(
        "bars",
        "Criteria that regions meet, or could: {cluster} {industry}",
        "met",
        "name",
        low="met_low",
        high="met_high",
    ),
    lead=("name", "met", "falls_short", "jobs", "lq"),
    examples=(
        {"cluster": "biopharma", "least_jobs": 1000, "least_lq": 1.2, "least_suppliers": 10},
        {"cluster": "biopharma", "occupation": ("19-1042", "19-2031"), "least_jobs": 1000},
        {"industry": "335911", "supplier": ("325180", "331318"), "state": "OH"},
    ),
)
