// Traded clusters of a region.
MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE c.kind = 'traded'
RETURN r.key AS region,
       c.key AS key,
       c.name AS name,
       m.jobs AS jobs,
       m.lq AS lq,
       m.share_region AS share,
       m.strong AS strong,
       m.source AS source
ORDER BY key, region
