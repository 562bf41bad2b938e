// One cluster in all regions of one type.
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type
MATCH (h)-[m:MEASURED]->(:Source)
WHERE m.year = $year
RETURN r.key AS key,
       r.name AS name,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.strong AS strong
ORDER BY key
