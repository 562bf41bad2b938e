// Regions of one type with the cluster, largest first by the chosen figure.
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE r.type = $type AND ($state = '' OR r.states CONTAINS $state)
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN r.key AS key,
       r.name AS name,
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
       m.share_nation AS share_nation,
       m.rank AS rank,
       m.rank_lq AS rank_lq,
       m.percentile AS percentile,
       m.strong AS strong,
       m.certainty AS certainty,
       r.longitude AS longitude,
       r.latitude AS latitude,
       m.source AS source
ORDER BY CASE $by
           WHEN 'lq' THEN lq
           WHEN 'strong' THEN CASE WHEN strong THEN jobs * 1.0 ELSE 0.0 END
           ELSE jobs * 1.0
         END DESC, key
LIMIT $limit
