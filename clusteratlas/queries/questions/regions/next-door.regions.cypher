// Regions that share a border with this one, and the clusters that are strong in them.
MATCH (r:Region {key: $region})-[a:ADJACENT_TO]-(n:Region)
WHERE a.edition = $edition
MATCH (n)<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year AND m.strong
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)
WITH c, m, n
WHERE c.kind = 'traded' AND c.level = $level
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN n.key AS key,
       n.name AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       m.lq AS lq,
       m.jobs AS jobs,
       m.source AS source
ORDER BY key, cluster
