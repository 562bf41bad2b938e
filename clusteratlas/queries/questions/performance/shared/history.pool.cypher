// Clusters in the regions that a region is ranked with, itself among them, in one year.
MATCH (r:Region)<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE coalesce(r.kind, r.type) = CASE WHEN $region_type = 'custom' THEN 'custom' ELSE $pool END
  AND (r.type <> 'custom' OR r.key = $region)
  AND m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, r
WHERE c.level = $level AND ($kind = 'all' OR c.kind = $kind)
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS cluster,
       r.key AS key,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high
ORDER BY cluster, key
