// Clusters of a region, in all years from one to another.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year >= $since AND m.year <= $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m
WHERE c.level = $level AND ($kind = 'all' OR c.kind = $kind)
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS key,
       c.name AS name,
       c.kind AS kind,
       m.year AS year,
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
       m.share_nation AS share_nation,
       m.rank AS rank,
       m.strong AS strong,
       m.certainty AS certainty,
       m.growth AS growth,
       m.source AS source
ORDER BY key, year
