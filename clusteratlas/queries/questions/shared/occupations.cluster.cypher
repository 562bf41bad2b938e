// Occupations of a cluster.
MATCH (c:Cluster {key: $cluster})-[s:STAFFED_BY]->(o:Occupation)
RETURN o.key AS key,
       o.title AS name,
       s.jobs AS jobs,
       s.share AS share,
       s.lq AS lq,
       s.source AS source
ORDER BY share DESC, key
