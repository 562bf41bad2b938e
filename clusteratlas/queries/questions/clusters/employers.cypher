// Clusters with the occupation among their larger ones, most jobs first.
MATCH (o:Occupation {key: $occupation})<-[s:STAFFED_BY]-(c:Cluster {level: $level})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN c.key AS key,
       c.name AS name,
       c.kind AS kind,
       s.jobs AS jobs,
       s.share AS share,
       CASE WHEN o.jobs > 0 THEN s.jobs / o.jobs END AS share_of_occupation,
       s.lq AS lq,
       s.source AS source
ORDER BY jobs DESC, key
LIMIT $limit
