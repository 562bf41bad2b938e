// Industries of the cluster.
MATCH (c:Cluster {key: $cluster})<-[:MEMBER_OF]-(i:Industry)
RETURN count(i) AS count
