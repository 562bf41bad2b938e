// Traded clusters of the region.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, r
WHERE c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS key,
       c.name AS name,
       coalesce(r.kind, r.type) AS pool,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.establishments AS establishments,
       m.establishments_low AS establishments_low,
       m.establishments_high AS establishments_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.share_region AS share_region,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY key
