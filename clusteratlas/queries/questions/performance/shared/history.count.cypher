// Clusters of that kind and level in the definitions.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)
WHERE ($kind = 'all' OR c.kind = $kind) AND c.level = $level
RETURN count(c) AS count
