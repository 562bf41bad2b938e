// Regions of that type with the cluster.
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $type AND ($state = '' OR r.states CONTAINS $state)
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN count(m) AS count
