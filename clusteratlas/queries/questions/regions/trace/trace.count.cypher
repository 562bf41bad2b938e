// Clusters and industries that a path may lead through.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster {level: 'cluster'})<-[:MEMBER_OF]-(i:Industry)
RETURN count(DISTINCT c) + count(i) AS count
