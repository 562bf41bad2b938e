// Clusters that an organization at one end takes part in, by evidence of its own.
MATCH (o:Organization {key: $key})-[t:TAKES_PART_IN]->(h:RegionalCluster)-[:INSTANCE_OF]->(c:Cluster)
WHERE t.edition = $edition
RETURN 'TAKES_PART_IN' AS link,
       o.key AS a,
       o.name AS a_name,
       c.key AS b,
       c.name AS b_name,
       t.confidence AS figure,
       0.0 AS second,
       t.role + ' of ' + h.name + ', by ' + t.evidence AS detail,
       t.source AS source
ORDER BY b, detail
