"""Tables that only the graph has: computed from those of an edition when it is mapped."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import flag, real, text, whole
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.tables.shared import CLUSTER, DPS, INDUSTRY, NAME, REGION, SOURCE

_MEMBERSHIPS = TABLES["memberships"]
_MEASURES, _FLOORS, _PRESENCE = TABLES["measures"], TABLES["floors"], TABLES["presence"]
_INDICATORS = TABLES["indicators"]
_REGION_OCCUPATIONS = TABLES["region_occupations"]
_HUB = text("hub", "key of the regional cluster, cluster@region")

SCORED_DEFINITIONS = Table(
    "scored_definitions",
    "Sets of definitions with their validation scores.",
    key=("key",),
    columns=(
        *TABLES["definitions"].columns,
        *(
            real(f"vs_{matrix}", f"validation score on {words}", "percent", reference=DPS)
            for matrix, words in (
                ("lc_emp", "LC-Emp"),
                ("lc_est", "LC-Est"),
                ("io", "IO"),
                ("occ", "Occ"),
                ("occ_distinct", "Occ without pairs that share a profile"),
            )
        ),
    ),
    of=("definitions", "scores"),
)

SOURCE_FILES = Table(
    "source_files",
    "Files, each the source of its own node.",
    key=("key",),
    columns=TABLES["sources"].columns,
    of=("sources",),
)

MEMBERS = Table(
    "members",
    "Industries in clusters of every level.",
    key=("industry", "cluster"),
    columns=(
        INDUSTRY,
        CLUSTER.noted("key of the family, cluster or subcluster"),
        *_MEMBERSHIPS.without(
            "definition industry naics cluster cluster_name traded family subcluster"
        ),
    ),
    of=("memberships",),
)

REGIONAL_CLUSTERS = Table(
    "regional_clusters",
    "Each cluster in each region, with the source of its latest figures.",
    key=("key",),
    columns=(
        _HUB.named("key"),
        NAME.noted("cluster name and region name"),
        CLUSTER,
        REGION,
        SOURCE,
    ),
    of=("measures", "clusters", "regions"),
)

SHARES = (
    whole("rank", "rank by jobs among the regions of its pool, 1 = largest"),
    whole("rank_lq", "rank by LQ among the regions of its pool, 1 = highest"),
    real(
        "percentile",
        "percentile of the LQ among the regions of its pool with jobs",
        "percent",
        null=True,
    ),
    real(
        "uncertainty",
        "share of the largest possible employment that is not published, "
        "(jobs_high - jobs_low) / jobs_high",
        "share",
        null=True,
    ),
    real("lq_low", "location quotient with jobs_low, all else as it is", "ratio"),
    real("lq_high", "location quotient with jobs_high, all else as it is", "ratio"),
    real("share_region", "share of the region's traded (local) employment, E_cr / E_Tr", "share"),
    real("share_nation", "share of the cluster's national employment, E_cr / E_cUS", "share"),
)
"""What follows from the jobs of an edition alone, so that no file has it."""

MEASURED = Table(
    "measured",
    "Figures of each regional cluster, with the floors of its pool of regions.",
    key=("hub", "year", "source"),
    columns=(
        _HUB,
        *_MEASURES.without("cluster region"),
        *SHARES,
        *(floor.or_null() for floor in _FLOORS.pick("lq_p75 jobs_p25 establishments_p25")),
    ),
    of=("measures", "floors", "regions", "clusters"),
)

PRESENT = Table(
    "present",
    "Traded industries in regions, with their quotients.",
    key=_PRESENCE.key,
    columns=(
        *_PRESENCE.columns,
        real(
            "lq",
            "location quotient on the traded base, (E_ir / E_Tr) / (E_iUS / E_TUS)",
            "ratio",
            reference="Balassa 1965",
        ),
        real("share_nation", "share of the industry's national employment", "ratio"),
    ),
    of=("presence", "industries", "region_profiles"),
)

OBSERVATIONS = Table(
    "observations",
    "Figures of regions, and where they stand among those of their pool.",
    key=_INDICATORS.key,
    columns=(
        *_INDICATORS.columns,
        whole("rank", "rank among the regions of its pool that have a figure, 1 = highest"),
        whole("regions", "regions of its pool that have a figure of that year", "regions"),
        real("median", "median of the figures of its pool", "as unit says"),
    ),
    of=("indicators", "regions"),
)

WORKFORCE = Table(
    "workforce",
    "Occupations of regions, with their quotients.",
    key=_REGION_OCCUPATIONS.key,
    columns=(
        *_REGION_OCCUPATIONS.columns,
        real(
            "lq",
            "location quotient on all jobs of the survey, (E_or / E_r) / (E_oUS / E_US)",
            "ratio",
            null=True,
            reference="Balassa 1965",
        ),
        real(
            "share_region", "share of the jobs of all occupations in the region", "share", null=True
        ),
    ),
    of=("region_occupations", "indicators"),
)

DEFINITION_FILES = Table(
    "definition_files",
    "Files that each set of definitions was computed from.",
    key=("key", "file"),
    columns=(*TABLES["definitions"].pick("key source"), text("file", "key of the source")),
    of=("definitions", "sources"),
)

PARTS_TAKEN = Table(
    "parts_taken",
    "Organizations in regional clusters by evidence of their own.",
    key=("organization", "hub", "role"),
    columns=(_HUB, *TABLES["participations"].columns),
    of=("participations",),
)

EDITION = (
    text("digest", "digest of the edition's tables"),
    text("losses", "what joins of its build left out: list of records, as JSON", null=True),
    flag("complete", "the load came to its end"),
    whole("batches", "batches written so far: where an interrupted load goes on", "batches"),
    whole("nodes", "nodes that it holds, shared ones included", "nodes"),
    whole("relationships", "relationships that it holds", "relationships"),
)
"""What a load writes about itself."""

VIEW_TABLES = {
    table.name: table
    for table in (
        SCORED_DEFINITIONS,
        SOURCE_FILES,
        MEMBERS,
        REGIONAL_CLUSTERS,
        MEASURED,
        PRESENT,
        OBSERVATIONS,
        WORKFORCE,
        DEFINITION_FILES,
        PARTS_TAKEN,
    )
}
"""By name."""
