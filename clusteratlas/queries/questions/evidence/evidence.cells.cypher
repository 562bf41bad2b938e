// Clusters in the regions of a pool and in the nation, in one year or two.
MATCH (r:Region)<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE (r.type = $region_type AND coalesce(r.kind, r.type) = $pool OR r.type = 'nation')
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, r
WHERE (m.year = $year OR m.year = $since) AND c.level = 'cluster'
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN r.key AS region,
       c.key AS cluster,
       c.name AS name,
       c.kind AS kind,
       m.year AS year,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high,
       m.strong AS strong,
       m.certainty = 'certain' AS certain,
       m.source AS source
ORDER BY cluster, region, year
