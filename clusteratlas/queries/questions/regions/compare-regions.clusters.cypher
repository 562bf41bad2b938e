// Traded clusters of a region.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[:INSTANCE_OF]->(c:Cluster)
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year AND c.kind = 'traded'
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN r.key AS region,
       c.key AS key,
       c.name AS name,
       m.jobs AS jobs,
       m.lq AS lq,
       m.share_region AS share,
       m.strong AS strong,
       m.source AS source
ORDER BY key, region
