// Clusters with the occupation among their larger ones.
MATCH (o:Occupation {key: $occupation})<-[:STAFFED_BY]-(c:Cluster {level: $level})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN count(c) AS count
