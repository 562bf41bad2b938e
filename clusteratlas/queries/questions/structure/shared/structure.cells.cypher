// Traded clusters of one level in all regions that are compared with each other.
MATCH (r:Region)<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(:Source)
WHERE coalesce(r.kind, r.type) = $pool AND (r.type <> 'custom' OR r.key = $region)
  AND m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, r
WHERE c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN r.key AS region,
       c.key AS cluster,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.strong AS strong,
       m.certainty = 'certain' AS certain
ORDER BY region, cluster
