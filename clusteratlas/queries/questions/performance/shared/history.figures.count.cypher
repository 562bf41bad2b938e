// Figures of the region's clusters, or of the cluster in regions of that type.
MATCH (c:Cluster)-[:DEFINED_BY]->(d:Definition)
WHERE ($cluster = '' AND d.key = $definition AND c.level = $level
    AND ($kind = 'all' OR c.kind = $kind)) OR c.key = $cluster
MATCH (c)<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type AND ($region = '' OR r.key = $region)
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN count(m) AS count
