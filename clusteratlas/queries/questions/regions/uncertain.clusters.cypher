// All clusters of a region, with what is certain of their figures.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE $cluster = '' AND m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, h, m, r
WHERE c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN h.key AS key,
       c.name AS name,
       c.key AS cluster,
       r.key AS region,
       coalesce(r.kind, r.type) AS pool,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.uncertainty AS uncertainty,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY key
