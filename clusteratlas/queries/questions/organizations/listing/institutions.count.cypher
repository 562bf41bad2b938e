// Institutions that take part in the regional cluster.
MATCH (o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster {key: $hub})
WHERE t.edition = $edition AND t.role = 'institution'
RETURN count(DISTINCT o.key) AS count
