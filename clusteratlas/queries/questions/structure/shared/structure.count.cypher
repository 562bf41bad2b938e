// Traded clusters of one level in the definitions.
MATCH (:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)
WHERE c.kind = 'traded' AND c.level = $level
RETURN count(c) AS count
