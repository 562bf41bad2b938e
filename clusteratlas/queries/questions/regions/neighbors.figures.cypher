// The cluster in the regions that share a border with this one.
MATCH (r:Region {key: $region})-[a:ADJACENT_TO]-(n:Region)
WHERE a.edition = $edition
MATCH (n)<-[:LOCATED_IN]-(h:RegionalCluster)-[:INSTANCE_OF]->(c:Cluster {key: $cluster})
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN n.key AS key,
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
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY key
