// Industries of the cluster.
MATCH (i:Industry)-[:MEMBER_OF]->(c:Cluster {key: $cluster})
RETURN count(i) AS count
