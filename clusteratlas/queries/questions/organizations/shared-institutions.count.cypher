// Institutions, support organizations and agencies that take part in either regional cluster.
MATCH (o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster)
WHERE h.key IN $hubs AND t.edition = $edition
  AND t.role IN ['institution', 'support organization', 'government']
RETURN count(DISTINCT o.key) AS count
