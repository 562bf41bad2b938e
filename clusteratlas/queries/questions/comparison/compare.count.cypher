// Clusters of the level in the definitions, the traded ones and those that are compared.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)
WHERE c.kind = 'traded' AND c.level = $level OR c.key IN $clusters
RETURN count(c) AS count
