// Metropolitan areas where both clusters are strong.
MATCH (a:Cluster {key: $a})<-[:INSTANCE_OF]-(g:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = 'cbsa'
MATCH (g)-[x:MEASURED]->(s:Source)
WHERE x.strong AND x.year = $year
MATCH (b:Cluster {key: $b})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r)
MATCH (h)-[y:MEASURED]->(t:Source)
WHERE y.strong AND y.year = $year
RETURN r.key AS key,
       r.name AS name,
       x.lq AS a,
       y.lq AS b,
       x.jobs + y.jobs AS jobs,
       x.source AS source
ORDER BY jobs DESC, key
LIMIT 10
