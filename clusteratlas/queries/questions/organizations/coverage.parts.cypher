// Records behind organizations that take part by evidence of their own, and by no industry.
MATCH (o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster {key: $hub})
WHERE t.edition = $edition
OPTIONAL MATCH (o)-[l:LOCATED_IN]->(p:Region)
WHERE l.edition = $edition AND p.key IN $places
WITH DISTINCT o, count(l) > 0 AS placed
OPTIONAL MATCH (o)-[k:CLASSIFIED_AS]->(i:Industry)-[:MEMBER_OF]->(c:Cluster {key: $cluster})
WHERE k.edition = $edition
WITH o, placed, count(k) > 0 AS classified
WHERE NOT (placed AND classified)
MATCH (o)<-[:SAME_AS]-(r:Record)
RETURN r.register AS register,
       count(DISTINCT r.key) AS records,
       count(DISTINCT o.key) AS organizations
ORDER BY register
