"""Tables of clusters, of their members, and of how clusters are related."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import flag, real, text, whole
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.shared import (
    CLUSTER,
    COI,
    COMBINED,
    CONSUMER_SHARE,
    DEFINITION,
    DPS,
    ESTABLISHMENTS,
    FLOWS,
    INDUSTRIES,
    INDUSTRY,
    IO,
    JOBS,
    KIND,
    LC_EMP,
    LC_EST,
    MAIN_SOURCE,
    MATRICES,
    NAICS,
    NAME,
    OCC,
    OCCUPATION,
    PAYROLL,
    SOURCE,
    WCR,
)

NAME_TRUTH = (
    text("description", "what defines it, in one sentence", null=True),
    text("kept_because", "why it is kept although the data alone do not form it", null=True),
    real(
        "named_share",
        "share of its jobs in the parts that its name says; null where nobody has declared them",
        "share",
        null=True,
    ),
    text("smallest_named", "words of the smallest part that its name says", null=True),
    real("smallest_named_share", "share of its jobs in that part", "share", null=True),
    text(
        "largest_unnamed",
        "largest group (four digits of NAICS) of the members that its name does not say",
        null=True,
    ),
    real("largest_unnamed_share", "share of its jobs in that group", "share", null=True),
)
"""Whether a name is true by jobs."""

LEVELS = ("family", "cluster", "subcluster")
"""Levels of clusters, the broadest first. A sum over clusters is over one level alone."""
FAMILY_LEVEL, CLUSTER_LEVEL, SUBCLUSTER_LEVEL = LEVELS
"""At the level of clusters every industry is in exactly one."""

CLUSTERS = Table(
    "clusters",
    "Families of clusters, clusters, and the subclusters inside the larger ones; traded and local.",
    key=("key",),
    columns=(
        text(
            "key",
            "for example us-2021/reviewed:biopharmaceuticals; of a family "
            "us-2021/reviewed:family-health, of a subcluster "
            "us-2021/reviewed:biopharmaceuticals/medicines",
        ),
        DEFINITION,
        text("id", "stable short name; of a subcluster with that of its cluster before it"),
        NAME,
        text(
            "name_origin",
            "curated, judged, rule or supplied",
            choices=("curated", "judged", "rule", "supplied"),
        ),
        KIND,
        text(
            "level",
            "family, cluster or subcluster; each industry is in one cluster, and sums are over the "
            "clusters of one level",
            choices=LEVELS,
        ),
        text(
            "parent",
            "key of the family of a cluster (traded ones of the default set alone have one), or of "
            "the cluster of a subcluster",
            refers="clusters",
            null=True,
        ),
        text(
            "parent_reason",
            "why it was judged to be in its family; none where the tree of clusters says so",
            null=True,
        ),
        INDUSTRIES,
        JOBS.or_null(),
        ESTABLISHMENTS.or_null(),
        PAYROLL.or_null(),
        WCR,
        real(
            "bcr_mean",
            "mean combined relatedness to the other clusters, of a family to the other families",
            "standard deviations",
            null=True,
        ),
        real(
            "bcr_siblings",
            "mean combined relatedness to the other parts of its family or cluster",
            "standard deviations",
            null=True,
        ),
        CONSUMER_SHARE,
        real(
            "jaccard",
            "mean over bootstrap runs of its largest Jaccard with a cluster of the run",
            "0..1",
            null=True,
            reference="Hennig 2007",
        ),
        text(
            "stability",
            "that in Hennig's words: highly stable, stable, pattern, doubtful, dissolved",
            choices=("highly stable", "stable", "pattern", "doubtful", "dissolved"),
            null=True,
        ),
        real(
            "vintages",
            "mean over the recipe's vintages of its largest Jaccard with a cluster of the set "
            "that is derived there",
            "0..1",
            null=True,
        ),
        real("vintages_least", "the smallest of them", "0..1", null=True),
        text("by_vintage", "each of them, for example a 0.62, b 0.71", null=True),
        *NAME_TRUTH,
        MAIN_SOURCE,
    ),
)

MEMBERSHIPS = Table(
    "memberships",
    "Which industry belongs to which cluster, and how clearly.",
    key=("definition", "industry"),
    columns=(
        DEFINITION,
        INDUSTRY,
        NAICS,
        CLUSTER,
        text("cluster_name", "its name"),
        flag("traded", "traded or local"),
        real(
            "relatedness",
            "WCR: mean combined relatedness to its own cluster",
            "standard deviations",
            null=True,
        ),
        text("next_cluster", "key of the next best cluster", refers="clusters", null=True),
        real(
            "next_relatedness",
            "BCR: mean combined relatedness to that one",
            "standard deviations",
            null=True,
        ),
        flag("moved", "the outlier pass moved it"),
        real(
            "stability",
            "share of bootstrap runs in which it is with the majority of its cluster",
            "share",
            null=True,
        ),
        text("family", "key of the family of its cluster", refers="clusters", null=True),
        text("subcluster", "key of its subcluster", refers="clusters", null=True),
        text(
            "mark",
            "core, usual, or marginal (a close call, or elsewhere in most bootstrap runs)",
            choices=("core", "usual", "marginal"),
        ),
        text("moved_because", "reason of the judged move that put it there", null=True),
        text("moved_from", "id of the cluster that this move took it from", null=True),
        real(
            "moved_relatedness",
            "WCR: mean combined relatedness to that one, when it was moved",
            "standard deviations",
            null=True,
        ),
        MAIN_SOURCE,
    ),
)

OUTLIERS = Table(
    "outliers",
    "Log of the outlier pass and, after it, of the judged moves.",
    key=("definition", "step", "naics"),
    columns=(
        DEFINITION,
        whole("step", "order of the moves; -1 for the final list of close calls"),
        NAICS,
        text("from_cluster", "id of the cluster that it was in"),
        text("to_cluster", "id of the cluster that it is more related to"),
        real("relatedness", "WCR before", "standard deviations"),
        real("other_relatedness", "BCR to the other", "standard deviations"),
        flag("moved", "moved, or flagged as a close call"),
        text("reason", "of a judged move, one line", null=True),
    ),
)

CLUSTER_LINKS = Table(
    "cluster_links",
    "Links between traded clusters of one definition, and between its families; each unordered "
    "pair once.",
    key=("a", "b"),
    columns=(
        text("a", "key of a cluster", refers="clusters"),
        text("b", "key of a later cluster", refers="clusters"),
        real("bcr", "mean combined relatedness between them", "standard deviations"),
        real("percentile", "percentile of BCR over all cluster pairs", "percent", reference=DPS),
        real(
            "ri_ab", "share of the first one's industries strongly related to the second", "share"
        ),
        real(
            "ri_ba", "share of the second one's industries strongly related to the first", "share"
        ),
        real("ri_avg", "mean of the two", "share"),
        real("ri_min", "smaller of the two", "share"),
        text(
            "strength",
            "strong, weak, or next (shown where a cluster has no link)",
            choices=("strong", "weak", "next"),
        ),
        text("driver", "single matrix with the highest percentile for the pair", choices=MATRICES),
        MAIN_SOURCE,
    ),
)

AFFINITIES = Table(
    "affinities",
    "How related each traded industry is to its own and the nearest clusters.",
    key=("definition", "industry", "cluster"),
    columns=(
        DEFINITION,
        INDUSTRY,
        CLUSTER,
        whole("rank", "rank by combined relatedness among all traded clusters, 1 = nearest"),
        flag("own", "the industry is a member"),
        COMBINED.or_null().noted("mean combined relatedness to its (other) members").rounded(3),
        LC_EMP.noted("mean co-location of employment").rounded(3),
        LC_EST.noted("mean co-location of establishments").rounded(3),
        COI.noted("mean Ellison-Glaeser coagglomeration").rounded(3),
        IO.noted("mean of the largest input or output shares").rounded(3),
        OCC.noted("mean correlation of occupation shares").rounded(3),
        real(
            "need_lc_emp",
            "rise in that mean which alone would make it as near as the own cluster; "
            "above 2 impossible",
            "correlation",
            null=True,
            digits=3,
        ),
        real("need_lc_est", "the same for establishments", "correlation", null=True, digits=3),
        real(
            "need_io",
            "the same for input and output shares; above 1 impossible",
            "ratio",
            null=True,
            digits=3,
        ),
        real(
            "need_occ",
            "the same for occupations; above 2 impossible",
            "correlation",
            null=True,
            digits=3,
        ),
        text("without", "linkages of which each, left out, would make it the nearer one"),
        real(
            "runs",
            "share of bootstrap runs in which the industry is with its majority",
            "share",
            null=True,
        ),
        MAIN_SOURCE,
    ),
)

SECOND_MEMBERS = Table(
    "second_members",
    "Traded industries that are nearly as related to another cluster as to their own: they are "
    "counted in their own cluster alone.",
    key=("definition", "industry", "cluster"),
    columns=(
        DEFINITION,
        INDUSTRY,
        CLUSTER.noted("key of the second cluster"),
        real("relatedness", "mean combined relatedness to that cluster", "standard deviations"),
        real(
            "gap",
            "relatedness to its own cluster less that, at most the recipe's margin; below 0 where "
            "it is nearer to the second",
            "standard deviations",
        ),
        MAIN_SOURCE,
    ),
    later=True,
)

ALIASES = Table(
    "aliases",
    "Names that people use for clusters; a name of several clusters could be any of them.",
    key=("definition", "alias", "cluster"),
    columns=(
        DEFINITION,
        text("alias", "the name"),
        CLUSTER.noted("key of a cluster that it means"),
        text("level", "of that cluster: family, cluster or subcluster", choices=LEVELS),
        whole("rank", "among the clusters that the name could mean, 1 = first"),
        real("share", "share of the jobs of the name's industries that it holds", "share"),
        MAIN_SOURCE,
    ),
    later=True,
)

CLUSTER_MERGES = Table(
    "cluster_merges",
    "The tree of the traded clusters that families were cut from: which two are joined, in order.",
    key=("definition", "step"),
    columns=(
        DEFINITION,
        whole("step", "number of the merge, from 0: the nearest two first"),
        text("a", "key of a cluster, or the step of an earlier merge"),
        text("b", "key of another cluster, or the step of an earlier merge"),
        real(
            "height",
            "largest distance between clusters of the two, 1 - normalized relatedness",
            "ratio",
        ),
        whole("clusters", "clusters that are together after it", "clusters"),
    ),
    later=True,
)

CLUSTER_FLOWS = Table(
    "cluster_flows",
    "Sales between clusters of one definition.",
    key=("seller", "buyer"),
    columns=(
        text("seller", "key of the selling cluster", refers="clusters"),
        text("buyer", "key of the buying cluster", refers="clusters"),
        *FLOWS,
        SOURCE,
    ),
)

CLUSTER_OCCUPATIONS = Table(
    "cluster_occupations",
    "The larger occupations of each cluster.",
    key=("cluster", "occupation"),
    columns=(
        CLUSTER,
        OCCUPATION,
        real("jobs", "jobs of the occupation in the cluster, nation", "jobs", digits=4),
        real("share", "share of the cluster's employment", "share", digits=4),
        real("lq", "share over the occupation's share of all employment", "ratio", digits=4),
        SOURCE,
    ),
)

TABLES = (
    CLUSTERS,
    MEMBERSHIPS,
    OUTLIERS,
    CLUSTER_LINKS,
    AFFINITIES,
    ALIASES,
    SECOND_MEMBERS,
    CLUSTER_MERGES,
    CLUSTER_FLOWS,
    CLUSTER_OCCUPATIONS,
)
