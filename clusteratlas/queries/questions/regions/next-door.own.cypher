// Clusters that are strong in the region itself.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year AND m.strong
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m
WHERE c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS key
ORDER BY key
