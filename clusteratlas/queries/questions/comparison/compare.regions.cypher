// Regions of one type that have a cluster.
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
MATCH (h)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type
RETURN c.key AS cluster,
       r.key AS key,
       r.name AS name,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY key, cluster
