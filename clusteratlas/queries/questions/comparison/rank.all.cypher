// All traded clusters in the regions of a pool and in the nation, in one year or two.
MATCH (r:Region)<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE (coalesce(r.kind, r.type) = $pool AND (r.type <> 'custom' OR r.type = $region_type)
  OR r.type = 'nation')
  AND (m.year = $year OR m.year = $since)
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WHERE c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS cluster,
       c.name AS cluster_name,
       r.key AS key,
       r.name AS name,
       coalesce(r.kind, r.type) AS pool,
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
       m.source AS source
ORDER BY cluster, key, year
