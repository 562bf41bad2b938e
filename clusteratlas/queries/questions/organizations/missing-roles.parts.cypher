// Roles that organizations play in every regional cluster of this cluster.
MATCH (o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster)-[:INSTANCE_OF]->(c:Cluster {key: $cluster})
WHERE t.edition = $edition AND o.status = 'active'
RETURN h.key AS hub,
       t.role AS role,
       t.subrole AS subrole,
       count(DISTINCT o.key) AS organizations
ORDER BY hub, role, subrole
