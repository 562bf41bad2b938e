// Traded and local clusters of a region, in the two years that are compared.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year OR m.year = $since
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m
WHERE c.level = 'cluster'
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS key,
       c.kind AS kind,
       m.year AS year,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high,
       m.source AS source
ORDER BY key, year
