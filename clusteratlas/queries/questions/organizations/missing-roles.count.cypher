// Industries of the cluster and industries that play a role for it.
MATCH (c:Cluster {key: $cluster})<-[:MEMBER_OF|PLAYS_ROLE]-(i:Industry)
RETURN count(DISTINCT i.key) AS count
