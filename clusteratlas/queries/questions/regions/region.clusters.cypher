// Clusters of one kind in the region.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m
WHERE c.kind = $kind AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS key,
       c.name AS name,
       c.kind AS kind,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.establishments AS establishments,
       m.establishments_low AS establishments_low,
       m.establishments_high AS establishments_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.share_region AS share_region,
       m.share_nation AS share_nation,
       m.rank AS rank,
       m.percentile AS percentile,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY strong DESC, jobs DESC, key
