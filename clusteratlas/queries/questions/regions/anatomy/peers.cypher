// Regions of the same type that have the cluster.
MATCH (me:Region {key: $region})
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = me.type
RETURN count(h) AS regions
