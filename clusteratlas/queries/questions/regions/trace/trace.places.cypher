// Clusters of a region at one end; a family or subcluster where one is at the other.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, r
WHERE (c.level = 'cluster' OR c.key IN [$a, $b])
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN 'LOCATED_IN' AS link,
       c.key AS a,
       c.name AS a_name,
       r.key AS b,
       r.name AS b_name,
       m.lq AS figure,
       m.jobs * 1.0 AS second,
       CASE WHEN m.strong THEN 'strong' ELSE '' END AS detail,
       m.source AS source
ORDER BY a, b
