// Other traded clusters in the same definitions.
MATCH (c:Cluster {key: $cluster})-[:DEFINED_BY]->(d:Definition)
MATCH (d)<-[:DEFINED_BY]-(o:Cluster)
WHERE o.kind = 'traded' AND o.level = c.level AND o.key <> $cluster
RETURN count(o) AS count
