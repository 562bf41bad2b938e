// Traded clusters of one level in the nation, in all years up to one.
MATCH (:Region {key: $nation})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(:Source)
WHERE m.year <= $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m
WHERE c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS key,
       c.name AS name,
       m.year AS year,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high,
       m.source AS source
ORDER BY key, year
