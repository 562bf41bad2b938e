// Clusters of the two sets that share industries.
MATCH (a:Definition {key: $a})<-[:DEFINED_BY]-(c:Cluster)-[o:OVERLAPS]-(e:Cluster)-[:DEFINED_BY]->(b:Definition {key: $b})
RETURN c.key AS key,
       c.name AS name,
       e.key AS match,
       e.name AS match_name,
       o.industries AS industries,
       o.jaccard AS jaccard,
       o.source AS source
ORDER BY key, jaccard DESC, match
