// Clusters of a region: all traded ones of the level, or those that are named.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, r
WHERE c.key IN $clusters OR (size($clusters) = 0 AND c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) })
RETURN r.key AS region,
       c.key AS key,
       c.name AS name,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.share_region AS share_region,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY key, region
