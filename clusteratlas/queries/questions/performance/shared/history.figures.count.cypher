// Figures of the region's clusters, or of the cluster in regions of that type.
OPTIONAL MATCH (:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(:Source)
WHERE m.year = $year
OPTIONAL MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m
OPTIONAL MATCH (c)-[:DEFINED_BY]->(d:Definition)
WITH count(CASE WHEN c.key = $cluster OR ($cluster = '' AND d.key = $definition
  AND c.level = $level AND ($kind = 'all' OR c.kind = $kind)) THEN 1 END) AS here
OPTIONAL MATCH (:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type AND $region = ''
OPTIONAL MATCH (h)-[m:MEASURED]->(:Source)
WHERE m.year = $year
WITH here, count(m) AS there
RETURN here + there AS count
