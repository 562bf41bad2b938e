// Traded clusters in the definitions.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)
WHERE c.kind = 'traded'
RETURN count(c) AS count
