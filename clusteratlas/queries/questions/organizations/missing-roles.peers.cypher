// The regions where the cluster is strongest: the largest of its type with a strong cluster.
MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
WHERE (r.type = $region_type OR coalesce(r.kind, r.type) = $pool) AND r.type <> 'custom'
  OR r.key = $region
MATCH (h)-[m:MEASURED]->(s:Source)
WHERE m.year = $year AND m.edition = $edition
RETURN r.key AS region,
       r.name AS name,
       h.key AS hub,
       m.jobs AS jobs,
       m.strong AS strong,
       r.key = $region AS own,
       m.source AS source
ORDER BY jobs DESC, region
