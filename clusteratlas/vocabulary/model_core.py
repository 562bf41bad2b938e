"""Labels and relationship types of industries, definitions, regions and their measures."""

from __future__ import annotations

from clusteratlas.vocabulary.model_schema import BOOL, INT, REAL, STRING
from clusteratlas.vocabulary.model_schema import node as _node
from clusteratlas.vocabulary.model_schema import prop as _p
from clusteratlas.vocabulary.model_schema import relationship as _rel

_node(
    "Industry", "NAICS industry at any level.", "naics2017:325414", "industries",
    _p("naics", STRING, "NAICS code; sectors as 31-33"),
    _p("naics_vintage", INT, "NAICS vintage", "year"),
    _p("title", STRING, "NAICS title"),
    _p("level", INT, "digits of the code", "digits"),
    _p("kind", STRING, "traded, local, or null where not classified"),
    _p("traded_score", REAL, "0 (local) to 1 (traded)", "share"),
    _p("c50", REAL, "share of employment in areas with LQ >= 1", "share"),
    _p("s5", REAL, "mean LQ of the top five areas", "ratio"),
    _p("gini", REAL, "locational Gini of employment", "0..1"),
    _p("inside", REAL, "concentration of establishments inside economic areas, against residents", "gamma"),
    _p("coverage", REAL, "share of economic areas that have the industry", "share"),
    _p("beyond", REAL, "0 to 1: how far the industry sells beyond its state", "share"),
    _p("regional_score", REAL, "0 to 1: how far its market lies between a county and a state", "share"),
    _p("type", STRING, "traded, regional or local by the scores alone"),
    _p("consumer_share", REAL, "share of its sector's output sold to personal consumption", "share"),
    _p("buyer", STRING, "supply-chain or consumer"),
    _p("jobs", INT, "employment, nation", "jobs"),
    _p("establishments", INT, "establishments, nation", "establishments"),
    _p("payroll", INT, "annual payroll, nation", "thousand USD"),
    _p("occupation_profile", STRING, "code whose occupation profile the industry takes"),
)
_node(
    "Sector", "BEA input-output industry, detail level.", "bea2017:325414", "sectors",
    _p("code", STRING, "BEA detail code"),
    _p("title", STRING, "BEA title"),
    _p("output", REAL, "industry output", "million USD"),
    _p("consumer_share", REAL, "share of output sold to personal consumption", "share"),
)
_node(
    "Occupation", "Occupation (SOC broad group).", "soc2018:19-1020", "occupations",
    _p("soc", STRING, "SOC code"),
    _p("title", STRING, "SOC title"),
    _p("jobs", INT, "employment, nation", "jobs"),
)
_node(
    "Region", "Nation, state, CBSA, economic area or county.", "cbsa:14460", "regions",
    _p("type", STRING, "nation, state, cbsa, ea, county"),
    _p("code", STRING, "the publisher's code"),
    _p("name", STRING, "the publisher's name"),
    _p("kind", STRING, "metropolitan or micropolitan for CBSAs"),
    _p("states", STRING, "postal codes of its states"),
    _p("population", INT, "resident population", "persons"),
    _p("income_per_capita", REAL, "personal income a head", "USD"),
    _p("longitude", REAL, "centroid", "degrees"),
    _p("latitude", REAL, "centroid", "degrees"),
)
_node(
    "Definition", "One set of cluster definitions.", "us-2017/algorithm", "definitions",
    _p("name", STRING, "short name"),
    _p("title", STRING, "in a few words"),
    _p("method", STRING, "clustering function"),
    _p("parameters", STRING, "all parameters, as JSON"),
    _p("seed", INT, "seed of the random steps"),
    _p("is_default", BOOL, "regional figures are computed for this one"),
    _p("traded_clusters", INT, "number of traded clusters", "clusters"),
    _p("local_clusters", INT, "number of local clusters", "clusters"),
    _p("largest", INT, "industries in the largest traded cluster", "industries"),
    _p("singletons", INT, "traded clusters of one industry", "clusters"),
    _p("effective_number", REAL, "exp of the entropy of traded cluster sizes", "clusters"),
    _p("vs4", REAL, "mean validation score over LC-Emp, LC-Est, IO, Occ", "percent"),
    _p("vs_lc_emp", REAL, "validation score on LC-Emp", "percent"),
    _p("vs_lc_est", REAL, "validation score on LC-Est", "percent"),
    _p("vs_io", REAL, "validation score on IO", "percent"),
    _p("vs_occ", REAL, "validation score on Occ", "percent"),
    _p("vs_occ_distinct", REAL, "validation score on Occ without pairs that share a profile", "percent"),
)
_node(
    "Cluster", "Cluster of industries, traded or local.", "us-2017/algorithm:biopharmaceuticals", "clusters",
    _p("id", STRING, "stable short name"),
    _p("name", STRING, "name in words"),
    _p("name_origin", STRING, "curated, rule or supplied"),
    _p("kind", STRING, "traded or local"),
    _p("industries", INT, "member industries", "industries"),
    _p("jobs", INT, "employment, nation", "jobs"),
    _p("establishments", INT, "establishments, nation", "establishments"),
    _p("payroll", INT, "annual payroll, nation", "thousand USD"),
    _p("wcr", REAL, "mean combined relatedness within", "standard deviations"),
    _p("bcr_mean", REAL, "mean combined relatedness to the other clusters", "standard deviations"),
    _p("consumer_share", REAL, "share of output sold to personal consumption", "share"),
    _p("jaccard", REAL, "mean over bootstrap runs of its largest Jaccard with a cluster of the run", "0..1"),
    _p("stability", STRING, "that in words: highly stable, stable, pattern, doubtful, dissolved"),
)
_node(
    "Subcluster", "Group inside a larger traded cluster.", "us-2017/algorithm:biopharmaceuticals/medicines", "subclusters",
    _p("id", STRING, "short name inside the cluster"),
    _p("name", STRING, "name in words"),
    _p("industries", INT, "member industries", "industries"),
    _p("jobs", INT, "employment, nation", "jobs"),
    _p("establishments", INT, "establishments, nation", "establishments"),
    _p("payroll", INT, "annual payroll, nation", "thousand USD"),
    _p("wcr", REAL, "mean combined relatedness within", "standard deviations"),
    _p("bcr_siblings", REAL, "mean combined relatedness to the other subclusters of the cluster", "standard deviations"),
)
_node(
    "RegionalCluster", "One cluster in one region: the hub of its anatomy.", "us-2017/algorithm:biopharmaceuticals@cbsa:14460", "measures",
    _p("name", STRING, "cluster name and region name"),
)
_node(
    "Source", "A file of a publisher.", "cbp-msa-2019", "sources",
    _p("title", STRING, "the publisher's title"),
    _p("publisher", STRING, "who publishes it"),
    _p("licence", STRING, "licence or public-domain status"),
    _p("homepage", STRING, "where the publisher describes it"),
    _p("url", STRING, "address of the file"),
    _p("file", STRING, "name of the file that was read"),
    _p("sha256", STRING, "digest of the file that was read"),
    _p("bytes", INT, "size of the file that was read", "bytes"),
)

_node(
    "Edition", "An edition as it stands in this store; its source and vintage are empty.", "us-2017", "",
    _p("digest", STRING, "digest of the edition's tables"),
    _p("complete", BOOL, "the load came to its end"),
    _p("batches", INT, "batches written so far: where an interrupted load goes on", "batches"),
    _p("nodes", INT, "nodes that it holds, shared ones included", "nodes"),
    _p("relationships", INT, "relationships that it holds", "relationships"),
)

_rel(
    "PART_OF", "Hierarchy: the smaller part of the larger.", "Industry->Industry Region->Region Subcluster->Cluster", "industries region_parts subclusters",
)
_rel(
    "SUCCEEDS", "The newer industry takes over from the older one.", "Industry->Industry", "successions",
    _p("share", REAL, "share of the older industry that the newer one takes", "share"),
    _p("split", BOOL, "the older industry went to several newer ones"),
)
_rel(
    "IN_SECTOR", "Six-digit industry in its input-output sector.", "Industry->Sector", "industries",
)
_rel(
    "SUPPLIES", "Sales a year from the first to the second.", "Sector->Sector Cluster->Cluster", "sector_flows cluster_flows",
    _p("usd", REAL, "sales a year", "million USD"),
    _p("input_share", REAL, "share of the buyer's intermediate inputs", "share"),
    _p("output_share", REAL, "share of the seller's intermediate sales", "share"),
)
_rel(
    "STAFFED_BY", "Jobs of an occupation in an industry or cluster.", "Industry->Occupation Cluster->Occupation", "industry_occupations cluster_occupations",
    _p("jobs", REAL, "jobs, nation", "jobs"),
    _p("share", REAL, "share of the employment", "share"),
    _p("lq", REAL, "share over the occupation's share of all employment (clusters)", "ratio"),
)
_rel(
    "RELATED_TO", "Relatedness of two traded industries; stored once, read both ways.", "Industry->Industry", "relatedness",
    _p("lc_emp", REAL, "co-location of employment", "-1..1"),
    _p("lc_est", REAL, "co-location of establishments", "-1..1"),
    _p("coi", REAL, "Ellison-Glaeser pairwise coagglomeration"),
    _p("io", REAL, "largest of the four input and output shares", "share"),
    _p("occ", REAL, "correlation of occupation shares", "-1..1"),
    _p("combined", REAL, "mean of the standardized LC-Emp, LC-Est, IO and Occ", "standard deviations"),
    _p("together", REAL, "share of bootstrap runs of the default definitions with both in one cluster", "share"),
    _p("same_sector", BOOL, "both share one BEA sector"),
    _p("same_profile", BOOL, "both share one occupation profile"),
)
_rel(
    "MEMBER_OF", "Six-digit industry in a cluster.", "Industry->Cluster", "memberships",
    _p("relatedness", REAL, "mean combined relatedness to its own cluster", "standard deviations"),
    _p("next_cluster", STRING, "key of the next best cluster"),
    _p("next_relatedness", REAL, "mean combined relatedness to that one", "standard deviations"),
    _p("moved", BOOL, "the outlier pass moved it"),
    _p("stability", REAL, "share of bootstrap runs in which it is with the majority of its cluster", "share"),
    _p("mark", STRING, "core, usual, or marginal (a close call, or elsewhere in most bootstrap runs)"),
)
_rel(
    "GROUPED_IN", "Six-digit industry in a subcluster.", "Industry->Subcluster", "memberships",
)
_rel(
    "AKIN_TO", "How related a traded industry is to its own or a near cluster.", "Industry->Cluster", "affinities",
    _p("rank", INT, "rank by combined relatedness among all traded clusters, 1 = nearest"),
    _p("own", BOOL, "the industry is a member"),
    _p("combined", REAL, "mean combined relatedness to its (other) members", "standard deviations"),
    _p("lc_emp", REAL, "mean co-location of employment", "-1..1"),
    _p("lc_est", REAL, "mean co-location of establishments", "-1..1"),
    _p("coi", REAL, "mean Ellison-Glaeser coagglomeration"),
    _p("io", REAL, "mean of the largest input or output shares", "share"),
    _p("occ", REAL, "mean correlation of occupation shares", "-1..1"),
    _p("need_lc_emp", REAL, "rise in that mean which alone would make it as near as the own cluster", "-1..1"),
    _p("need_lc_est", REAL, "the same for establishments", "-1..1"),
    _p("need_io", REAL, "the same for input and output shares", "share"),
    _p("need_occ", REAL, "the same for occupations", "-1..1"),
    _p("without", STRING, "linkages of which each, left out, would make it the nearer one"),
    _p("runs", REAL, "share of bootstrap runs in which the industry is with its majority", "share"),
)
_rel(
    "AGREES_WITH", "Agreement of two sets of definitions; stored once, read both ways.", "Definition->Definition", "agreements",
    _p("industries", INT, "traded industries that both class", "industries"),
    _p("only_a", INT, "traded industries that only the first classes", "industries"),
    _p("only_b", INT, "traded industries that only the second classes", "industries"),
    _p("ari", REAL, "adjusted Rand index: 1 the same, 0 as by chance", "index"),
    _p("ami", REAL, "adjusted mutual information: 1 the same, 0 as by chance", "index"),
    _p("vi", REAL, "variation of information: 0 the same", "nats"),
)
_rel(
    "OVERLAPS", "Clusters of two definitions that share industries; stored once, read both ways.", "Cluster->Cluster", "overlaps",
    _p("industries", INT, "traded industries that both hold", "industries"),
    _p("jaccard", REAL, "those over the industries that either holds", "0..1"),
)
_rel(
    "DEFINED_BY", "Cluster of a set of definitions.", "Cluster->Definition", "clusters",
)
_rel(
    "LINKED_TO", "Related clusters; stored once, read both ways.", "Cluster->Cluster", "cluster_links",
    _p("bcr", REAL, "mean combined relatedness between them", "standard deviations"),
    _p("percentile", REAL, "percentile of BCR over all cluster pairs", "percent"),
    _p("ri_ab", REAL, "share of the first one's industries strongly related to the second", "share"),
    _p("ri_ba", REAL, "share of the second one's industries strongly related to the first", "share"),
    _p("ri_avg", REAL, "mean of the two", "share"),
    _p("ri_min", REAL, "smaller of the two", "share"),
    _p("strength", STRING, "strong, weak, or next"),
    _p("driver", STRING, "single matrix with the highest percentile for the pair"),
)
_rel(
    "ADJACENT_TO", "Regions of one type that share a border; stored once.", "Region->Region", "region_neighbors",
)
_rel(
    "INSTANCE_OF", "Regional cluster of a cluster.", "RegionalCluster->Cluster", "measures",
)
_rel(
    "LOCATED_IN", "Regional cluster in its region; organization in its county, or state where that is all that is known.", "RegionalCluster->Region Organization->Region", "measures organizations",
)
_rel(
    "MEASURED", "One fact set of a regional cluster and year, and the file behind it.", "RegionalCluster->Source", "measures",
    _p("year", INT, "year of the figures", "year"),
    _p("jobs", INT, "employment; estimates for withheld cells included", "jobs"),
    _p("jobs_low", INT, "employment that is published", "jobs"),
    _p("jobs_high", INT, "largest employment that the published totals allow", "jobs"),
    _p("establishments", INT, "establishments", "establishments"),
    _p("payroll", INT, "annual payroll", "thousand USD"),
    _p("lq", REAL, "location quotient on the traded (local) base", "ratio"),
    _p("share_region", REAL, "share of the region's traded (local) employment", "share"),
    _p("share_nation", REAL, "share of the cluster's national employment", "share"),
    _p("rank", INT, "rank by jobs among the regions of its type"),
    _p("rank_lq", INT, "rank by LQ among the regions of its type"),
    _p("percentile", REAL, "percentile of the LQ among the regions of its type", "percent"),
    _p("strong", BOOL, "strong cluster"),
    _p("lq_p75", REAL, "floor: 75th percentile of LQ in its region type", "ratio"),
    _p("jobs_p25", REAL, "floor: 25th percentile of jobs in its region type", "jobs"),
    _p("establishments_p25", REAL, "floor: 25th percentile of establishments", "establishments"),
    identity="edition year",
)
_rel(
    "PROFILED_BY", "Totals of a region under a set of definitions.", "Region->Definition", "region_profiles",
    _p("year", INT, "year of the figures", "year"),
    _p("jobs", INT, "employment of all classified industries", "jobs"),
    _p("traded_jobs", INT, "employment in traded clusters", "jobs"),
    _p("local_jobs", INT, "employment in local clusters", "jobs"),
    _p("strong_clusters", INT, "number of strong clusters", "clusters"),
    _p("strong_jobs", INT, "employment in strong clusters", "jobs"),
    _p("strength", REAL, "cluster strength: strong_jobs / traded_jobs", "share"),
    _p("estimated_share", REAL, "share of the jobs that are estimates", "share"),
    identity="edition year",
)
_rel(
    "PRESENT_IN", "A traded industry in a state, CBSA or economic area.", "Industry->Region", "presence",
    _p("year", INT, "year of the figures", "year"),
    _p("jobs", INT, "share_nation times the industry's national employment", "jobs"),
    _p("lq", REAL, "location quotient on the traded base", "ratio"),
    _p("share_nation", REAL, "share of the industry's national employment", "share"),
    _p("estimated", BOOL, "the cell is withheld, its employment an estimate"),
    identity="edition year",
)
_rel(
    "FROM_FILE", "Definition computed from a file.", "Definition->Source", "definitions",
)
