// Traded clusters of one level, and their figures in the nation.
MATCH (:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)
WHERE c.kind = 'traded' AND c.level = $level
RETURN c.key AS key,
       c.name AS name,
       c.jobs AS jobs,
       c.payroll AS payroll,
       c.source AS source
ORDER BY key
