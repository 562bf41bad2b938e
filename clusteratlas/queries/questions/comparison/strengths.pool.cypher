// Traded clusters in all regions that the region is compared with.
MATCH (r:Region)<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE coalesce(r.kind, r.type) = $pool AND r.type <> 'custom'
  AND m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, r
WHERE m.jobs > 0 AND c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS cluster,
       r.key AS region,
       coalesce(r.kind, r.type) AS pool,
       m.jobs AS jobs,
       m.establishments AS establishments,
       m.lq AS lq
ORDER BY cluster, region
