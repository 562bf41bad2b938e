// Names of clusters of every level; those above and below have it as their type.
MATCH (c:Cluster)-[:DEFINED_BY]->(d:Definition)
RETURN c.key AS key,
       c.name AS name,
       c.id AS code,
       CASE c.level WHEN 'cluster' THEN c.kind ELSE c.level END AS type,
       '' AS states,
       coalesce(c.jobs, 0) AS weight,
       d.key AS definition
ORDER BY key
