"""The tables of an edition, as data: the hinge between computing and the graph.

Every table is one Parquet file. Its rows are sorted by its key, so that the same inputs give the
same bytes. ``graph/`` loads these tables and nothing else; the reference page is generated from
this registry.
"""

from __future__ import annotations

from dataclasses import dataclass

STR, INT, REAL, BOOL = "string", "int64", "double", "bool"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an edition's table."""

    name: str
    type: str
    note: str
    unit: str | None = None
    nullable: bool = False
    digits: int = 6
    """Significant digits that a real number keeps."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an edition."""

    name: str
    note: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(f.name for f in self.fields)


TABLES: dict[str, Table] = {}


def _table(name: str, note: str, key: str, *fields: Field) -> None:
    TABLES[name] = Table(name, note, tuple(key.split()), fields)


def _f(
    name: str, type_: str, note: str, unit: str | None = None, *, null: bool = False, digits: int = 6
) -> Field:
    return Field(name, type_, note, unit, null, digits)


_table(
    "sources", "Every file that the edition was computed from.", "key",
    _f("key", STR, "source id and vintage, for example cbp-msa-2019"),
    _f("source", STR, "id of the source"),
    _f("title", STR, "the publisher's title"),
    _f("publisher", STR, "who publishes it"),
    _f("licence", STR, "licence or public-domain status"),
    _f("homepage", STR, "where the publisher describes it"),
    _f("url", STR, "address of the file", null=True),
    _f("file", STR, "name of the file that was read"),
    _f("vintage", INT, "year that the file describes or was issued for", "year"),
    _f("sha256", STR, "digest of the file that was read"),
    _f("bytes", INT, "size of the file that was read", "bytes"),
    _f("defining", BOOL, "definitions are computed from it; else it names or describes places"),
)
_table(
    "industries", "NAICS industries at every level, with the traded score of the six-digit ones.", "key",
    _f("key", STR, "naics2017:325414"),
    _f("naics", STR, "NAICS code; sectors as 31-33"),
    _f("vintage", INT, "NAICS vintage", "year"),
    _f("title", STR, "NAICS title"),
    _f("level", INT, "digits of the code: 2 to 6", "digits"),
    _f("parent", STR, "key of the industry one level up", null=True),
    _f("sector", STR, "key of the BEA input-output sector", null=True),
    _f("kind", STR, "traded, local, or null where the data do not cover the industry", null=True),
    _f("traded_score", REAL, "0 (local) to 1 (traded): how far the three tests are passed", "share", null=True),
    _f("c50", REAL, "share of employment in areas with LQ >= 1", "share", null=True),
    _f("s5", REAL, "mean LQ of the top five areas", "ratio", null=True),
    _f("gini", REAL, "locational Gini of employment", "0..1", null=True),
    _f("jobs", INT, "employment, nation", "jobs", null=True),
    _f("establishments", INT, "establishments, nation", "establishments", null=True),
    _f("payroll", INT, "annual payroll, nation", "thousand USD", null=True),
    _f("occupation_profile", STR, "code whose occupation profile the industry takes", null=True),
    _f("source", STR, "key of the source of the figures"),
)
_table(
    "successions", "Industries of one NAICS vintage whose code or content changed in the next.", "from_key to_key",
    _f("from_key", STR, "naics2012:..."),
    _f("to_key", STR, "naics2017:..."),
    _f("share", REAL, "share of the older industry that the newer one takes; null where unknown", "share", null=True),
    _f("split", BOOL, "the older industry went to several newer ones"),
    _f("source", STR, "key of the source"),
)
_table(
    "sectors", "BEA input-output industries at detail level.", "key",
    _f("key", STR, "bea2017:325414"),
    _f("code", STR, "BEA detail code"),
    _f("title", STR, "BEA title"),
    _f("output", REAL, "industry output", "million USD"),
    _f("consumer_share", REAL, "share of its output sold to personal consumption", "share", null=True),
    _f("source", STR, "key of the source"),
)
_table(
    "sector_flows", "Industry-by-industry sales between BEA sectors (the larger ones).", "seller buyer",
    _f("seller", STR, "key of the selling sector"),
    _f("buyer", STR, "key of the buying sector"),
    _f("usd", REAL, "sales a year", "million USD"),
    _f("input_share", REAL, "share of the buyer's intermediate inputs", "share"),
    _f("output_share", REAL, "share of the seller's intermediate sales", "share"),
    _f("source", STR, "key of the source"),
)
_table(
    "occupations", "Occupations (SOC, broad groups).", "key",
    _f("key", STR, "soc2018:19-1020"),
    _f("soc", STR, "SOC code"),
    _f("title", STR, "SOC title"),
    _f("jobs", INT, "employment, nation", "jobs", null=True),
    _f("source", STR, "key of the source"),
)
_table(
    "industry_occupations", "The larger occupations of each six-digit industry.", "industry occupation",
    _f("industry", STR, "key of the industry"),
    _f("occupation", STR, "key of the occupation"),
    _f("share", REAL, "share of the industry's employment", "share"),
    _f("jobs", REAL, "share times the industry's employment", "jobs", null=True),
    _f("profile", STR, "NAICS code whose profile was taken"),
    _f("source", STR, "key of the source"),
)
_table(
    "relatedness", "The strongest ties of each traded industry; each unordered pair once.", "a b",
    _f("a", STR, "key of an industry"),
    _f("b", STR, "key of a later industry"),
    _f("lc_emp", REAL, "co-location of employment: correlation over areas", "-1..1", null=True),
    _f("lc_est", REAL, "co-location of establishments: correlation over areas", "-1..1", null=True),
    _f("coi", REAL, "Ellison-Glaeser pairwise coagglomeration", null=True),
    _f("io", REAL, "largest of the four input and output shares", "share", null=True),
    _f("occ", REAL, "correlation of occupation shares", "-1..1", null=True),
    _f("combined", REAL, "mean of the standardized LC-Emp, LC-Est, IO and Occ", "standard deviations"),
    _f("together", REAL, "share of bootstrap runs of the default definitions with both in one cluster", "share", null=True),
    _f("same_sector", BOOL, "both share one BEA sector, so IO is the sector's own share"),
    _f("same_profile", BOOL, "both share one occupation profile, so Occ is 1 by construction"),
    _f("source", STR, "key of the main source"),
)
_table(
    "regions", "Regions of every type.", "key",
    _f("key", STR, "us, state:25, cbsa:14460, county:25017, ea:19"),
    _f("type", STR, "nation, state, cbsa, ea, county"),
    _f("code", STR, "the publisher's code"),
    _f("name", STR, "the publisher's name"),
    _f("kind", STR, "metropolitan or micropolitan for CBSAs", null=True),
    _f("states", STR, "postal codes of its states, joined by a blank"),
    _f("population", INT, "resident population", "persons", null=True),
    _f("income_per_capita", REAL, "personal income a head", "USD", null=True),
    _f("longitude", REAL, "centroid", "degrees", null=True),
    _f("latitude", REAL, "centroid", "degrees", null=True),
    _f("source", STR, "key of the source"),
)
_table(
    "region_parts", "Which region lies in which.", "part whole",
    _f("part", STR, "key of the smaller region"),
    _f("whole", STR, "key of the larger region"),
    _f("source", STR, "key of the source"),
)
_table(
    "region_neighbors", "Regions of one type that share a border; each unordered pair once.", "a b",
    _f("a", STR, "key of a region"),
    _f("b", STR, "key of a later region"),
    _f("source", STR, "key of the source"),
)
_table(
    "definitions", "Sets of cluster definitions.", "key",
    _f("key", STR, "us-2017/algorithm"),
    _f("name", STR, "algorithm, ward, naics3, naics4"),
    _f("title", STR, "in a few words"),
    _f("method", STR, "clustering function"),
    _f("parameters", STR, "all parameters, as JSON"),
    _f("seed", INT, "seed of the random steps", null=True),
    _f("is_default", BOOL, "regional figures are computed for this one"),
    _f("traded_clusters", INT, "number of traded clusters", "clusters"),
    _f("local_clusters", INT, "number of local clusters", "clusters"),
    _f("largest", INT, "industries in the largest traded cluster", "industries"),
    _f("singletons", INT, "traded clusters of one industry", "clusters"),
    _f("effective_number", REAL, "exp of the entropy of traded cluster sizes", "clusters"),
    _f("vs4", REAL, "mean validation score over LC-Emp, LC-Est, IO and Occ", "percent"),
    _f("source", STR, "key of the main source"),
)
_table(
    "scores", "Validation scores of each set of definitions on each matrix.", "definition matrix pairs",
    _f("definition", STR, "key of the definitions"),
    _f("matrix", STR, "lc_emp, lc_est, coi, io, occ, combined"),
    _f("pairs", STR, "all, or distinct (without pairs that share a sector or profile)"),
    _f("vs_cluster_mean", REAL, "clusters with WCR above their mean BCR", "percent"),
    _f("vs_cluster_p95", REAL, "clusters with WCR above the 95th percentile of BCR", "percent"),
    _f("vs_industry_mean", REAL, "industries with WCR above their mean BCR", "percent"),
    _f("vs_industry_p95", REAL, "industries with WCR above the 95th percentile of BCR", "percent"),
    _f("vs", REAL, "mean of the four", "percent"),
)
_table(
    "clusters", "Clusters of industries, traded and local.", "key",
    _f("key", STR, "us-2017/algorithm:biopharmaceuticals"),
    _f("definition", STR, "key of the definitions"),
    _f("id", STR, "stable short name"),
    _f("name", STR, "name in words"),
    _f("name_origin", STR, "curated, rule or supplied"),
    _f("kind", STR, "traded or local"),
    _f("industries", INT, "member industries", "industries"),
    _f("jobs", INT, "employment, nation", "jobs", null=True),
    _f("establishments", INT, "establishments, nation", "establishments", null=True),
    _f("payroll", INT, "annual payroll, nation", "thousand USD", null=True),
    _f("wcr", REAL, "mean combined relatedness within", "standard deviations", null=True),
    _f("bcr_mean", REAL, "mean combined relatedness to the other clusters", "standard deviations", null=True),
    _f("consumer_share", REAL, "share of output sold to personal consumption", "share", null=True),
    _f("jaccard", REAL, "mean over bootstrap runs of its largest Jaccard with a cluster of the run", "0..1", null=True),
    _f("stability", STR, "that in Hennig's words: highly stable, stable, pattern, doubtful, dissolved", null=True),
    _f("source", STR, "key of the main source"),
)
_table(
    "memberships", "Which industry belongs to which cluster, and how clearly.", "definition industry",
    _f("definition", STR, "key of the definitions"),
    _f("industry", STR, "key of the industry"),
    _f("naics", STR, "NAICS code"),
    _f("cluster", STR, "key of the cluster"),
    _f("cluster_name", STR, "its name"),
    _f("traded", BOOL, "traded or local"),
    _f("relatedness", REAL, "WCR: mean combined relatedness to its own cluster", "standard deviations", null=True),
    _f("next_cluster", STR, "key of the next best cluster", null=True),
    _f("next_relatedness", REAL, "BCR: mean combined relatedness to that one", "standard deviations", null=True),
    _f("moved", BOOL, "the outlier pass moved it"),
    _f("stability", REAL, "share of bootstrap runs in which it is with the majority of its cluster", "share", null=True),
    _f("subcluster", STR, "key of its subcluster", null=True),
    _f("mark", STR, "core, usual, or marginal (a close call, or elsewhere in most bootstrap runs)"),
    _f("source", STR, "key of the main source"),
)
_table(
    "outliers", "Log of the outlier pass and, after it, of the judged moves.", "definition step naics",
    _f("definition", STR, "key of the definitions"),
    _f("step", INT, "order of the moves; -1 for the final list of close calls"),
    _f("naics", STR, "NAICS code"),
    _f("from_cluster", STR, "id of the cluster that it was in"),
    _f("to_cluster", STR, "id of the cluster that it is more related to"),
    _f("relatedness", REAL, "WCR before", "standard deviations"),
    _f("other_relatedness", REAL, "BCR to the other", "standard deviations"),
    _f("moved", BOOL, "moved, or flagged as a close call"),
    _f("reason", STR, "of a judged move, one line", null=True),
)
_table(
    "cluster_links", "Links between traded clusters of one definition; each unordered pair once.", "a b",
    _f("a", STR, "key of a cluster"),
    _f("b", STR, "key of a later cluster"),
    _f("bcr", REAL, "mean combined relatedness between them", "standard deviations"),
    _f("percentile", REAL, "percentile of BCR over all cluster pairs", "percent"),
    _f("ri_ab", REAL, "share of a's industries strongly related to b", "share"),
    _f("ri_ba", REAL, "share of b's industries strongly related to a", "share"),
    _f("ri_avg", REAL, "mean of the two", "share"),
    _f("ri_min", REAL, "smaller of the two", "share"),
    _f("strength", STR, "strong, weak, or next (shown where a cluster has no link)"),
    _f("driver", STR, "single matrix with the highest percentile for the pair"),
    _f("source", STR, "key of the main source"),
)
_table(
    "affinities", "How related each traded industry is to its own and the nearest clusters.", "definition industry cluster",
    _f("definition", STR, "key of the definitions"),
    _f("industry", STR, "key of the industry"),
    _f("cluster", STR, "key of the cluster"),
    _f("rank", INT, "rank by combined relatedness among all traded clusters, 1 = nearest"),
    _f("own", BOOL, "the industry is a member"),
    _f("combined", REAL, "mean combined relatedness to its (other) members", "standard deviations", null=True),
    _f("lc_emp", REAL, "mean co-location of employment", "-1..1", null=True),
    _f("lc_est", REAL, "mean co-location of establishments", "-1..1", null=True),
    _f("coi", REAL, "mean Ellison-Glaeser coagglomeration", null=True),
    _f("io", REAL, "mean of the largest input or output shares", "share", null=True),
    _f("occ", REAL, "mean correlation of occupation shares", "-1..1", null=True),
    _f("need_lc_emp", REAL, "rise in that mean which alone would make it as near as the own cluster", "-1..1", null=True),
    _f("need_lc_est", REAL, "the same for establishments", "-1..1", null=True),
    _f("need_io", REAL, "the same for input and output shares", "share", null=True),
    _f("need_occ", REAL, "the same for occupations", "-1..1", null=True),
    _f("without", STR, "linkages of which each, left out, would make it the nearer one"),
    _f("runs", REAL, "share of bootstrap runs in which the industry is with its majority", "share", null=True),
    _f("source", STR, "key of the main source"),
)
_table(
    "subclusters", "Groups inside the larger traded clusters.", "key",
    _f("key", STR, "us-2017/algorithm:biopharmaceuticals/medicines"),
    _f("cluster", STR, "key of the cluster"),
    _f("id", STR, "short name inside the cluster"),
    _f("name", STR, "name in words"),
    _f("industries", INT, "member industries", "industries"),
    _f("jobs", INT, "employment, nation", "jobs", null=True),
    _f("establishments", INT, "establishments, nation", "establishments", null=True),
    _f("payroll", INT, "annual payroll, nation", "thousand USD", null=True),
    _f("wcr", REAL, "mean combined relatedness within", "standard deviations", null=True),
    _f("bcr_siblings", REAL, "mean combined relatedness to the other subclusters of the cluster", "standard deviations", null=True),
    _f("source", STR, "key of the main source"),
)
_table(
    "agreements", "How far two sets of definitions agree on the traded industries that both class.", "a b",
    _f("a", STR, "key of the definitions"),
    _f("b", STR, "key of others"),
    _f("industries", INT, "traded industries that both class", "industries"),
    _f("only_a", INT, "traded industries that only a classes", "industries"),
    _f("only_b", INT, "traded industries that only b classes", "industries"),
    _f("ari", REAL, "adjusted Rand index: 1 the same, 0 as by chance"),
    _f("ami", REAL, "adjusted mutual information: 1 the same, 0 as by chance"),
    _f("vi", REAL, "variation of information: 0 the same", "nats"),
    _f("source", STR, "key of the main source"),
)
_table(
    "overlaps", "Clusters of two definitions that share industries.", "a b",
    _f("a", STR, "key of a cluster"),
    _f("b", STR, "key of a cluster of other definitions"),
    _f("industries", INT, "traded industries that both hold", "industries"),
    _f("jaccard", REAL, "those over the industries that either holds", "0..1"),
    _f("source", STR, "key of the main source"),
)
_table(
    "cluster_flows", "Sales between clusters of one definition.", "seller buyer",
    _f("seller", STR, "key of the selling cluster"),
    _f("buyer", STR, "key of the buying cluster"),
    _f("usd", REAL, "sales a year", "million USD"),
    _f("input_share", REAL, "share of the buyer's intermediate inputs", "share"),
    _f("output_share", REAL, "share of the seller's intermediate sales", "share"),
    _f("source", STR, "key of the source"),
)
_table(
    "cluster_occupations", "The larger occupations of each cluster.", "cluster occupation",
    _f("cluster", STR, "key of the cluster"),
    _f("occupation", STR, "key of the occupation"),
    _f("jobs", REAL, "jobs of the occupation in the cluster, nation", "jobs"),
    _f("share", REAL, "share of the cluster's employment", "share"),
    _f("lq", REAL, "share over the occupation's share of all employment", "ratio"),
    _f("source", STR, "key of the source"),
)
_table(
    "region_profiles", "Totals of each region under each measured definition.", "definition region",
    _f("definition", STR, "key of the definitions"),
    _f("region", STR, "key of the region"),
    _f("year", INT, "year of the figures", "year"),
    _f("jobs", INT, "employment of all classified industries", "jobs"),
    _f("traded_jobs", INT, "employment in traded clusters", "jobs"),
    _f("local_jobs", INT, "employment in local clusters", "jobs"),
    _f("strong_clusters", INT, "number of strong clusters", "clusters"),
    _f("strong_jobs", INT, "employment in strong clusters", "jobs"),
    _f("strength", REAL, "cluster strength: strong_jobs / traded_jobs", "share", null=True),
    _f("estimated_share", REAL, "share of the jobs that are estimates for withheld cells", "share"),
    _f("source", STR, "key of the source"),
)
_table(
    "measures", "Each cluster in each region (only where it has establishments or jobs).", "cluster region year",
    _f("cluster", STR, "key of the cluster"),
    _f("region", STR, "key of the region"),
    _f("year", INT, "year of the figures", "year"),
    _f("jobs", INT, "employment; estimates for withheld cells included", "jobs"),
    _f("jobs_low", INT, "employment that is published", "jobs"),
    _f("jobs_high", INT, "largest employment that the published totals allow", "jobs"),
    _f("establishments", INT, "establishments", "establishments"),
    _f("payroll", INT, "annual payroll", "thousand USD", null=True),
    _f("lq", REAL, "(E_cr / E_Tr) / (E_cUS / E_TUS); local clusters on the local base", "ratio", digits=4),
    _f("share_region", REAL, "E_cr / E_Tr (local clusters: / E_Lr)", "share", digits=4),
    _f("share_nation", REAL, "E_cr / E_cUS", "share", digits=4),
    _f("rank", INT, "rank by jobs among the regions of its type, 1 = largest"),
    _f("rank_lq", INT, "rank by LQ among the regions of its type, 1 = highest"),
    _f("percentile", REAL, "percentile of the LQ among the regions of its type with jobs", "percent", null=True),
    _f("strong", BOOL, "strong cluster: LQ >= P75 and >= 1, jobs and establishments > P25"),
    _f("source", STR, "key of the source"),
)
_table(
    "floors", "Floors that a strong cluster had to pass, by cluster and region type.", "cluster region_type year",
    _f("cluster", STR, "key of the cluster"),
    _f("region_type", STR, "state, cbsa, ea, county"),
    _f("year", INT, "year of the figures", "year"),
    _f("lq_p75", REAL, "75th percentile of LQ", "ratio"),
    _f("jobs_p25", REAL, "25th percentile of jobs", "jobs"),
    _f("establishments_p25", REAL, "25th percentile of establishments", "establishments"),
    _f("regions", INT, "regions with jobs in the cluster", "regions"),
)
_table(
    "presence", "Specialization of regions in traded industries (states, CBSAs, economic areas).", "industry region",
    _f("industry", STR, "key of the industry"),
    _f("region", STR, "key of the region"),
    _f("year", INT, "year of the figures", "year"),
    _f("lq", REAL, "location quotient on the traded base", "ratio", digits=4),
    _f("share_nation", REAL, "share of the industry's national employment", "share", digits=4),
    _f("estimated", BOOL, "the cell is withheld, its employment an estimate"),
    _f("source", STR, "key of the source"),
)
