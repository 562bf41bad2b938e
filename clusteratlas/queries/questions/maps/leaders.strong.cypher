// Strong traded clusters of all regions of one type, with the family that each is in.
MATCH (:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster {level: 'cluster', kind: 'traded'})
MATCH (c)<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type
MATCH (h)-[m:MEASURED]->(:Source)
WHERE m.year = $year AND m.strong
OPTIONAL MATCH (c)-[:PART_OF]->(f:Cluster {level: 'family'})
RETURN r.key AS key,
       r.name AS name,
       c.key AS cluster_key,
       c.name AS cluster,
       coalesce(f.name, c.name) AS family,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.certainty AS certainty,
       r.longitude AS longitude,
       r.latitude AS latitude,
       m.source AS source
ORDER BY key, cluster_key
