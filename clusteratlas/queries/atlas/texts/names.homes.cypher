// Clusters that some industries are in.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster {level: 'cluster'})<-[:MEMBER_OF]-(i:Industry)
WHERE i.key IN $industries
RETURN DISTINCT c.key AS key
ORDER BY key
