"""Tables of the sets of cluster definitions, of their scores, and of how far they agree."""

from __future__ import annotations

from clusteratlas.vocabulary import keys
from clusteratlas.vocabulary.columns import flag, real, text, whole
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.shared import (
    CLUSTER,
    DEFINITION,
    DPS,
    EFFECTIVE_NUMBER,
    INDUSTRY,
    LARGEST,
    MAIN_SOURCE,
    MATRICES,
    NAICS,
    SINGLETONS,
    VS4,
    VS_IO,
    VS_LC_EMP,
    VS_LC_EST,
    VS_OCC,
)

FINDING_ITEMS = (
    "nearer",
    "dissolved",
    "undefined",
    "unexplained",
    "unnamed",
    "vague",
    "whole",
)
"""What the checklist of a reviewed set asks of every cluster."""

STEADINESS = (
    real("jaccard", "median over its clusters of jaccard", "0..1", null=True),
    real("vintages", "median over its clusters of vintages", "0..1", null=True),
    real(
        "margin",
        "mean over the industries of similarity to their own cluster less that to the nearest "
        "other one, of the recipe without the prior and the review",
        "standard deviations",
        null=True,
    ),
    real(
        "null_low",
        "smallest of that margin in copies with shuffled links",
        "standard deviations",
        null=True,
    ),
    real("null_high", "largest of them", "standard deviations", null=True),
    whole("null_copies", "copies with shuffled links", "copies", null=True),
)
"""How far a set holds on other data, and above chance."""

DEFINITIONS = Table(
    "definitions",
    "Sets of cluster definitions.",
    key=("key",),
    columns=(
        text("key", f"for example {keys.DEFINITION.example}"),
        text("name", "short name: algorithm, reviewed, ward, leiden, naics3, ..."),
        text("title", "in a few words"),
        text("method", "clustering function"),
        text("parameters", "all parameters, as JSON"),
        whole("seed", "seed of the random steps", null=True),
        flag("is_default", "regional figures are computed for this one"),
        whole("traded_clusters", "number of traded clusters", "clusters"),
        whole("local_clusters", "number of local clusters", "clusters"),
        LARGEST,
        SINGLETONS,
        EFFECTIVE_NUMBER,
        VS4.or_null(),
        *STEADINESS,
        MAIN_SOURCE,
    ),
)

SCORES = Table(
    "scores",
    "Validation scores of each set of definitions on each matrix.",
    key=("definition", "matrix", "pairs"),
    columns=(
        DEFINITION,
        text("matrix", "lc_emp, lc_est, coi, io, occ, combined", choices=MATRICES),
        text(
            "pairs",
            "all, or distinct (without pairs that share a sector or profile)",
            choices=("all", "distinct"),
        ),
        real("vs_cluster_mean", "clusters with WCR above their mean BCR", "percent"),
        real("vs_cluster_p95", "clusters with WCR above the 95th percentile of BCR", "percent"),
        real("vs_industry_mean", "industries with WCR above their mean BCR", "percent"),
        real("vs_industry_p95", "industries with WCR above the 95th percentile of BCR", "percent"),
        real("vs", "mean of the four", "percent", reference=DPS),
    ),
)

EVALUATIONS = Table(
    "evaluations",
    "Scores of each set on the vintages on which the recipe tries definitions.",
    key=("definition", "built_on", "scored_on"),
    columns=(
        DEFINITION,
        text(
            "built_on",
            "vintage that the set was built on; recipe: unchanged; none: not derived from linkages",
        ),
        text("scored_on", "vintage that it is scored on"),
        flag(
            "out_of_sample",
            "built on one vintage and scored on another; null where it was built on neither",
            null=True,
        ),
        whole("industries", "traded industries scored", "industries"),
        VS4,
        real(
            "vs4_distinct",
            "the same without pairs that share a sector or profile",
            "percent",
            null=True,
        ),
        VS_LC_EMP,
        VS_LC_EST,
        VS_IO,
        VS_OCC,
        whole("clusters", "traded clusters", "clusters"),
        LARGEST,
        SINGLETONS,
        EFFECTIVE_NUMBER,
        flag("balanced", "30 to 60 clusters, the largest of at most 80, at most three singletons"),
        real(
            "agreement",
            "adjusted mutual information with the recipe's set of the vintage that it is scored on",
            "index",
            null=True,
        ),
    ),
)

AGREEMENTS = Table(
    "agreements",
    "How far two sets of definitions agree on the traded industries that both class.",
    key=("a", "b"),
    columns=(
        text("a", "key of the definitions", refers="definitions"),
        text("b", "key of others", refers="definitions"),
        whole("industries", "traded industries that both class", "industries"),
        whole("only_a", "traded industries that only the first classes", "industries"),
        whole("only_b", "traded industries that only the second classes", "industries"),
        real(
            "ari",
            "adjusted Rand index: 1 the same, 0 as by chance",
            "index",
            reference="Hubert & Arabie 1985",
        ),
        real(
            "ami",
            "adjusted mutual information: 1 the same, 0 as by chance",
            "index",
            reference="Vinh, Epps & Bailey 2010",
        ),
        real("vi", "variation of information: 0 the same", "nats", reference="Meila 2007"),
        MAIN_SOURCE,
    ),
)

OVERLAPS = Table(
    "overlaps",
    "Clusters of two definitions that share industries.",
    key=("a", "b"),
    columns=(
        text("a", "key of a cluster", refers="clusters"),
        text("b", "key of a cluster of other definitions", refers="clusters"),
        whole("industries", "traded industries that both hold", "industries"),
        real("jaccard", "those over the industries that either holds", "0..1"),
        MAIN_SOURCE,
    ),
)

OBJECTIONS = Table(
    "objections",
    "What readers of the default set would have otherwise, and what its review says to it.",
    key=("definition", "industry"),
    columns=(
        DEFINITION,
        INDUSTRY,
        NAICS,
        CLUSTER.noted("key of the cluster that it is in"),
        text("proposed", "where it was said to belong, in words"),
        text(
            "anchor", "NAICS code of an industry of the cluster where it was said to be", null=True
        ),
        text("target", "key of that cluster", refers="clusters", null=True),
        text(
            "decision",
            "changed; kept, after weighing; or refused, since the proposal is wrong",
            choices=("changed", "kept", "refused"),
        ),
        text("reason", "why, one line"),
        MAIN_SOURCE,
    ),
    later=True,
)

FINDINGS = Table(
    "findings",
    "The checklist of a reviewed set: what a reader would ask about a cluster, and the answer.",
    key=("cluster", "item", "what"),
    columns=(
        CLUSTER.noted("key of the cluster or subcluster"),
        text(
            "item",
            "what is asked: nearer (a member is nearer to another cluster), dissolved, undefined, "
            "unexplained, unnamed, vague, whole",
            choices=FINDING_ITEMS,
        ),
        text("what", "NAICS code, or title of a group; empty for the cluster as a whole"),
        real(
            "figure",
            "standard deviations by which another one is nearer, Jaccard, share of jobs, or number "
            "of industries",
            null=True,
        ),
        text("answer", "reason that the review gives; none if something is to be done", null=True),
    ),
    later=True,
)

TABLES = (
    DEFINITIONS,
    SCORES,
    EVALUATIONS,
    AGREEMENTS,
    OVERLAPS,
    OBJECTIONS,
    FINDINGS,
)
