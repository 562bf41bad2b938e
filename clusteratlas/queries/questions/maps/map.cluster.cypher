// One cluster in all regions of one type and in the nation, in two years.
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $region_type OR r.key = $nation
MATCH (h)-[m:MEASURED]->(:Source)
WHERE m.year = $year OR m.year = $since
RETURN r.key AS key,
       c.kind AS kind,
       m.year AS year,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.establishments AS establishments,
       m.establishments_low AS establishments_low,
       m.establishments_high AS establishments_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.growth AS growth,
       m.strong AS strong,
       m.source AS source
ORDER BY key, year
