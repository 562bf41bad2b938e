// What the cluster is said to be, whether its name is true, and how far it holds.
MATCH (c:Cluster {key: $cluster})
RETURN c.key AS key,
       c.name AS name,
       c.description AS description,
       c.kept_because AS kept_because,
       c.jobs AS jobs,
       c.wcr AS relatedness,
       c.bcr_mean AS next_relatedness,
       c.named_share AS named_share,
       c.largest_unnamed AS largest_unnamed,
       c.jaccard AS jaccard,
       c.stability AS stability,
       c.by_vintage AS by_vintage,
       c.source AS source
