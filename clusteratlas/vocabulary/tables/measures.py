"""Tables of figures of clusters and industries in regions."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import flag, real, text, whole
from clusteratlas.vocabulary.keys import CUSTOM
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.shared import (
    CLUSTER,
    DEFINITION,
    INDUSTRY,
    REGION,
    REGION_TYPES,
    SOURCE,
    YEAR,
)

CERTAINTIES = ("certain", "likely", "depends")
"""How sure it is that a cluster is strong, or is not."""

KNOWN = ("published", "bounded", "withheld", "estimated", "absent")
"""What is known of the employment of an industry in a region."""

_KINDS = ("metropolitan", "micropolitan")
_TYPES = tuple(type_ for type_ in REGION_TYPES if type_ != CUSTOM)
POOLS = (*_TYPES[:2], *_KINDS, *_TYPES[2:])
"""Regions that are ranked with each other: those of a type, CBSAs by their kind."""
POOL_TYPES = {pool: "cbsa" if pool in _KINDS else pool for pool in POOLS}
"""Type of the regions of each pool."""

BOUNDED_JOBS = (
    whole("jobs", "employment: published, or estimated within the bounds", "jobs"),
    whole(
        "jobs_low",
        "smallest employment that the published figures allow; three digits, rounded down",
        "jobs",
    ),
    whole(
        "jobs_high",
        "largest employment that the published figures allow; three digits, rounded up",
        "jobs",
    ),
)
"""Employment of a cluster or an industry in a region, and what the published figures allow."""

REGION_PROFILES = Table(
    "region_profiles",
    "Totals of each region under each measured definition.",
    key=("definition", "region", "year"),
    columns=(
        DEFINITION,
        REGION,
        YEAR,
        whole(
            "jobs", "employment of all industries, unplaced and unclassified ones included", "jobs"
        ),
        whole("establishments", "establishments of all industries", "establishments"),
        whole("payroll", "annual payroll of all industries", "thousand USD", null=True),
        whole("traded_jobs", "employment in traded clusters", "jobs"),
        whole("local_jobs", "employment in local clusters", "jobs"),
        whole("strong_clusters", "number of strong clusters", "clusters"),
        whole("strong_jobs", "employment in strong clusters", "jobs"),
        real("strength", "cluster strength: strong_jobs / traded_jobs", "share", null=True),
        real("estimated_share", "share of the jobs that are estimates for withheld cells", "share"),
        SOURCE,
    ),
)

MEASURES = Table(
    "measures",
    "Each family, cluster and subcluster in each region (only where it has establishments, jobs or "
    "payroll); counties and micropolitan areas in the latest year, without subclusters.",
    key=("cluster", "region", "year"),
    columns=(
        CLUSTER,
        REGION,
        YEAR,
        *BOUNDED_JOBS,
        whole("establishments", "establishments, likewise", "establishments"),
        whole("establishments_low", "fewest that the published figures allow", "establishments"),
        whole("establishments_high", "most that the published figures allow", "establishments"),
        whole("payroll", "annual payroll, likewise", "thousand USD", null=True),
        whole("payroll_low", "smallest that is possible", "thousand USD", null=True),
        whole("payroll_high", "largest that is possible", "thousand USD", null=True),
        real(
            "lq",
            "location quotient (E_cr / E_Tr) / (E_cUS / E_TUS); local clusters on the local base",
            "ratio",
            digits=3,
            reference="Balassa 1965",
        ),
        flag(
            "strong",
            "strong cluster: LQ >= P75 and >= 1, jobs and establishments > P25, in its pool",
        ),
        flag("strong_overall", "strong among all regions of its type, whatever their pool"),
        text(
            "certainty",
            "of strong: certain (all possible figures say the same), likely (those halfway to the "
            "bounds do), or depends on withheld cells",
            choices=CERTAINTIES,
        ),
        real(
            "growth",
            "yearly growth of jobs since the edition's first year, (E / E_0)^(1/n) - 1",
            "ratio",
            digits=3,
            null=True,
        ),
        SOURCE,
    ),
)

FLOORS = Table(
    "floors",
    "Floors that a strong cluster had to pass, by cluster and pool of regions.",
    key=("cluster", "pool", "year"),
    columns=(
        CLUSTER,
        text(
            "pool",
            "regions that are compared with each other: state, metropolitan, micropolitan, ea, "
            "county",
            choices=POOLS,
        ),
        YEAR,
        real("lq_p75", "floor: 75th percentile of LQ in its pool", "ratio"),
        real("jobs_p25", "floor: 25th percentile of jobs in its pool", "jobs"),
        real(
            "establishments_p25",
            "floor: 25th percentile of establishments in its pool",
            "establishments",
        ),
        whole("regions", "regions with jobs in the cluster", "regions"),
    ),
)

PRESENCE = Table(
    "presence",
    "Traded industries in regions of every type but the nation, in the latest year. Of an industry "
    "without a row nobody knows. Those known to be absent have one, but not in counties, where "
    "only industries are listed of which something is published.",
    key=("industry", "region", "year"),
    columns=(
        INDUSTRY,
        REGION,
        YEAR,
        *BOUNDED_JOBS,
        text(
            "known",
            "published; bounded (some of it is published); withheld (establishments are published, "
            "no job is); estimated (likely, by figures of other years or of what is around it); "
            "absent (published figures leave no room for it)",
            choices=KNOWN,
        ),
        SOURCE,
    ),
)

TABLES = (
    REGION_PROFILES,
    MEASURES,
    FLOORS,
    PRESENCE,
)
