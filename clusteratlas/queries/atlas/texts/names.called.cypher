// Names that people use for clusters.
MATCH (d:Definition)-[n:CALLS]->(c:Cluster)
RETURN n.alias AS alias,
       c.key AS cluster,
       n.rank AS rank
ORDER BY alias, rank, cluster
