// Clusters that are strong in the region itself.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[:INSTANCE_OF]->(c:Cluster)
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year AND m.strong AND c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN c.key AS key
ORDER BY key
