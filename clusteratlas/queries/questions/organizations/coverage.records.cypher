// Records behind the organizations of the region in the cluster.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE p.key IN $places AND l.edition = $edition AND k.edition = $edition
MATCH (i)-[:MEMBER_OF]->(c:Cluster {key: $cluster})
MATCH (o)<-[:SAME_AS]-(r:Record)
RETURN r.register AS register,
       count(DISTINCT r.key) AS records,
       count(DISTINCT o.key) AS organizations
ORDER BY register
