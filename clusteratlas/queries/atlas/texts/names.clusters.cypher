// Names of clusters.
MATCH (c:Cluster)-[:DEFINED_BY]->(d:Definition)
RETURN c.key AS key,
       c.name AS name,
       c.id AS code,
       c.kind AS type,
       '' AS states,
       coalesce(c.jobs, 0) AS weight,
       d.key AS definition
ORDER BY key
