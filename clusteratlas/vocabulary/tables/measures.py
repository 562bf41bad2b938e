"""Tables of figures of clusters and industries in regions."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import flag, real, text, whole
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

REGION_PROFILES = Table(
    "region_profiles",
    "Totals of each region under each measured definition.",
    key=("definition", "region", "year"),
    columns=(
        DEFINITION,
        REGION,
        YEAR,
        whole("jobs", "employment of all classified industries", "jobs"),
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
    "Each cluster in each region (only where it has establishments or jobs).",
    key=("cluster", "region", "year"),
    columns=(
        CLUSTER,
        REGION,
        YEAR,
        whole("jobs", "employment; estimates for withheld cells included", "jobs"),
        whole("jobs_low", "employment that is published", "jobs"),
        whole("jobs_high", "largest employment that the published totals allow", "jobs"),
        real(
            "uncertainty",
            "share of the largest possible employment that is not published, "
            "(jobs_high - jobs_low) / jobs_high",
            "share",
            digits=4,
            null=True,
        ),
        whole("establishments", "establishments", "establishments"),
        whole("payroll", "annual payroll", "thousand USD", null=True),
        real(
            "lq",
            "location quotient (E_cr / E_Tr) / (E_cUS / E_TUS); local clusters on the local base",
            "ratio",
            digits=4,
            reference="Balassa 1965",
        ),
        real(
            "share_region",
            "share of the region's traded (local) employment, E_cr / E_Tr",
            "share",
            digits=4,
        ),
        real(
            "share_nation",
            "share of the cluster's national employment, E_cr / E_cUS",
            "share",
            digits=4,
        ),
        whole("rank", "rank by jobs among the regions of its type, 1 = largest"),
        whole("rank_lq", "rank by LQ among the regions of its type, 1 = highest"),
        real(
            "percentile",
            "percentile of the LQ among the regions of its type with jobs",
            "percent",
            null=True,
        ),
        flag("strong", "strong cluster: LQ >= P75 and >= 1, jobs and establishments > P25"),
        SOURCE,
    ),
)

FLOORS = Table(
    "floors",
    "Floors that a strong cluster had to pass, by cluster and region type.",
    key=("cluster", "region_type", "year"),
    columns=(
        CLUSTER,
        text("region_type", "state, cbsa, ea, county", choices=REGION_TYPES),
        YEAR,
        real("lq_p75", "floor: 75th percentile of LQ in its region type", "ratio"),
        real("jobs_p25", "floor: 25th percentile of jobs in its region type", "jobs"),
        real(
            "establishments_p25",
            "floor: 25th percentile of establishments in its region type",
            "establishments",
        ),
        whole("regions", "regions with jobs in the cluster", "regions"),
    ),
)

PRESENCE = Table(
    "presence",
    "Specialization of regions in traded industries (states, CBSAs, economic areas), in the first "
    "year of each type of region.",
    key=("industry", "region", "year"),
    columns=(
        INDUSTRY,
        REGION,
        YEAR,
        real(
            "lq",
            "location quotient on the traded base",
            "ratio",
            digits=4,
            reference="Balassa 1965",
        ),
        real(
            "share_nation",
            "share of the industry's national employment; above 1 where the files disagree",
            "ratio",
            digits=4,
        ),
        flag("estimated", "the cell is withheld, its employment an estimate"),
        SOURCE,
    ),
)

TABLES = (
    REGION_PROFILES,
    MEASURES,
    FLOORS,
    PRESENCE,
)
