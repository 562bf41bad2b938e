// Counties of the region with the cluster's figures, where it has any.
MATCH (c:Region)
WHERE c.key IN $places AND c.type = 'county'
OPTIONAL MATCH (c)<-[:LOCATED_IN]-(h:RegionalCluster)-[:INSTANCE_OF]->(k:Cluster {key: $cluster})
OPTIONAL MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN c.key AS key,
       c.name AS name,
       c.longitude AS longitude,
       c.latitude AS latitude,
       c.source AS county_source,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY key
