// One cluster in all regions of a type, with what is certain of its figures.
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN h.key AS key,
       r.name AS name,
       c.key AS cluster,
       r.key AS region,
       coalesce(r.kind, r.type) AS pool,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.uncertainty AS uncertainty,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY key
