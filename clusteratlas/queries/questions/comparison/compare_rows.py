"""What is read for a comparison, and the row of its answer."""

from __future__ import annotations

from dataclasses import dataclass

from clusteratlas.queries.language.rows import column, optional


@dataclass(frozen=True, slots=True)
class ComparedRegion:
    """Read row of ``compare.profiles``."""

    key: str
    jobs: int
    traded_jobs: int
    strong_clusters: int
    strength: float | None
    estimated_share: float
    population: int | None
    income_per_capita: float | None
    source: str


@dataclass(frozen=True, slots=True)
class RegionCluster:
    """Read row of ``compare.clusters``."""

    region: str
    key: str
    name: str
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    share_region: float
    strong: bool
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class ComparedCluster:
    """Read row of ``compare.figures``."""

    key: str
    kind: str
    industries: int
    jobs: int | None
    establishments: int | None
    payroll: int | None
    wcr: float | None
    bcr_mean: float | None
    consumer_share: float | None
    source: str


@dataclass(frozen=True, slots=True)
class LinkBetween:
    """Read row of ``compare.links``."""

    cluster: str
    other: str
    strength: str
    bcr: float
    percentile: float
    ri_avg: float
    driver: str
    source: str


@dataclass(frozen=True, slots=True)
class SalesBetween:
    """Read row of ``compare.flows``: what a cluster sells to the other."""

    cluster: str
    other: str
    million_usd: float
    source: str


@dataclass(frozen=True, slots=True)
class TieBetween:
    """Read row of ``compare.ties``."""

    cluster: str
    other: str
    key: str
    name: str
    other_name: str
    combined: float
    source: str


@dataclass(frozen=True, slots=True)
class ClusterOccupation:
    """Read row of ``compare.occupations``."""

    cluster: str
    key: str
    name: str
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class ClusterRegion:
    """Read row of ``compare.regions``."""

    cluster: str
    key: str
    name: str
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    strong: bool
    certainty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRow:
    """One of the compared things, or one thing in or between them."""

    section: str = column(
        "region (its totals), cluster (in each region, or by itself), link, sales, tie, "
        "occupation, or place (a region that has all the clusters)"
    )
    key: str = column("key of the region, cluster, industry or occupation")
    name: str = column("its name; of a link or a tie, both names")
    compared: str | None = optional("region or cluster that the figures are of")
    compared_key: str | None = optional("its key")
    lq: float | None = optional("location quotient on the traded (local) base", of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    strong: bool | None = optional(of="measures.strong")
    jobs: int | None = optional("employment; of a cluster by itself in the nation", "jobs")
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    wage: float | None = optional("payroll a job and year", "USD")
    wage_low: float | None = optional("lowest that the bounds of payroll and jobs allow", "USD")
    wage_high: float | None = optional("highest that they allow", "USD")
    share_region: float | None = optional(
        "share of the region's traded jobs", of="measured.share_region"
    )
    differs: float | None = optional(
        "largest share of the compared regions' traded jobs less the smallest", "share"
    )
    differs_low: float | None = optional("the least that the withheld cells allow", "share")
    differs_high: float | None = optional("the most that they allow", "share")
    certainty: str | None = optional("how sure the strong flag is", of="measures.certainty")
    payroll: int | None = optional(of="measures.payroll")
    payroll_low: int | None = optional(of="measures.payroll_low")
    payroll_high: int | None = optional(of="measures.payroll_high")
    traded_jobs: int | None = optional(of="region_profiles.traded_jobs")
    strong_clusters: int | None = optional(of="region_profiles.strong_clusters")
    strength: float | None = optional(
        "cluster strength: strong clusters' part of traded jobs", of="region_profiles.strength"
    )
    population: int | None = optional(of="regions.population")
    income_per_capita: float | None = optional(of="regions.income_per_capita")
    estimated_share: float | None = optional(of="region_profiles.estimated_share")
    kind: str | None = optional("traded or local")
    industries: int | None = optional(of="clusters.industries")
    establishments: int | None = optional(of="clusters.establishments")
    wcr: float | None = optional("relatedness within", "standard deviations")
    bcr_mean: float | None = optional("mean relatedness to other clusters", "standard deviations")
    consumer_share: float | None = optional("share of output sold to consumption", "share")
    linked: str | None = optional("strength of the link", of="cluster_links.strength")
    driver: str | None = optional(of="cluster_links.driver")
    bcr: float | None = optional(of="cluster_links.bcr")
    percentile: float | None = optional("percentile of that over all pairs", "percent")
    ri_avg: float | None = optional(
        "share of industries strongly related to the other", of="cluster_links.ri_avg"
    )
    ties: int | None = optional("pairs of related industries, one of each", "ties")
    million_usd: float | None = optional("sales a year to the other", "million USD")
    combined: float | None = optional("relatedness of the two industries", "standard deviations")
    share: float | None = optional("the occupation's share of the cluster's employment", "share")
    source: str | None = optional("file behind the figures")
