// Organizations that take part in the regional cluster, by the county where they are.
MATCH (o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster {key: $hub})
WHERE t.edition = $edition
MATCH (o)-[l:LOCATED_IN]->(c:Region)
WHERE l.edition = $edition
RETURN DISTINCT c.key AS county,
       o.key AS key,
       o.name AS name
ORDER BY county, name, key
