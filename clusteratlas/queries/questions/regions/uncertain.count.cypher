// Figures of the region, or of the cluster in regions of that type, or of the cluster in the region.
MATCH (c:Cluster)-[:DEFINED_BY]->(d:Definition)
WHERE ($cluster = '' AND d.key = $definition AND c.level = $level) OR c.key = $cluster
MATCH (c)<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type AND ($region = '' OR r.key = $region)
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN count(m) AS count
