// Metropolitan areas where at least one of the two is strong.
MATCH (c:Cluster)<-[:INSTANCE_OF]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE c.key IN [$a, $b] AND m.strong AND m.year = $year
MATCH (h)-[:LOCATED_IN]->(r:Region)
WHERE r.type = 'cbsa'
RETURN count(DISTINCT r) AS count
