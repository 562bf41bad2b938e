// Traded clusters of the definitions.
MATCH (c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE c.kind = 'traded' AND c.level = 'cluster'
RETURN count(c) AS count
