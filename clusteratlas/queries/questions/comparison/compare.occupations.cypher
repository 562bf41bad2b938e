// Occupations of a cluster.
MATCH (c:Cluster {key: $cluster})-[s:STAFFED_BY]->(o:Occupation)
RETURN c.key AS cluster,
       o.key AS key,
       o.title AS name,
       s.share AS share,
       s.source AS source
ORDER BY cluster, key
