// Metropolitan areas where both clusters are strong.
MATCH (a:Cluster {key: $a})<-[:INSTANCE_OF]-(g:RegionalCluster)-[:LOCATED_IN]->(r:Region {type: 'cbsa'})
MATCH (g)-[x:MEASURED]->(:Source)
WHERE x.strong AND x.year = $year
WITH r, x
MATCH (r)<-[:LOCATED_IN]-(h:RegionalCluster)-[:INSTANCE_OF]->(b:Cluster {key: $b})
MATCH (h)-[y:MEASURED]->(:Source)
WHERE y.strong AND y.year = $year
RETURN r.key AS key,
       r.name AS name,
       x.lq AS a,
       y.lq AS b,
       x.jobs + y.jobs AS jobs,
       x.source AS source
ORDER BY jobs DESC, key
LIMIT 10
