// Traded clusters of the definitions.
MATCH (c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE c.kind = 'traded'
RETURN count(c) AS count
