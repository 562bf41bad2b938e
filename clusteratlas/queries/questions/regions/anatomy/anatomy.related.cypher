// Clusters linked to this one, with their figures in the region.
MATCH (c:Cluster {key: $cluster})-[l:LINKED_TO]-(o:Cluster)
OPTIONAL MATCH (r:Region {key: $region})<-[:LOCATED_IN]-(h:RegionalCluster)-[:INSTANCE_OF]->(o)
OPTIONAL MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN o.key AS key,
       o.name AS name,
       l.bcr AS relatedness,
       l.source AS link_source,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.lq AS lq,
       m.lq_low AS lq_low,
       m.lq_high AS lq_high,
       m.share_nation AS share_nation,
       m.strong AS strong,
       m.certainty AS certainty,
       m.source AS source
ORDER BY relatedness DESC, key
