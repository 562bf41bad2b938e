// Traded clusters of the definitions.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)
WHERE c.kind = 'traded' AND c.level = 'cluster'
RETURN count(c) AS count
