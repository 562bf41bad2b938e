// Regions that have the cluster among those that this one is ranked with.
MATCH (me:Region {key: $region})
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE coalesce(r.kind, r.type) = coalesce(me.kind, me.type) AND r.type <> 'custom'
RETURN count(h) AS regions
