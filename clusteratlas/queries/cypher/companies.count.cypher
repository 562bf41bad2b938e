// Organizations of the region in the industries of the cluster.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE p.key IN $places AND l.edition = $edition AND k.edition = $edition
MATCH (i)-[:MEMBER_OF]->(c:Cluster {key: $cluster})
RETURN count(DISTINCT o.key) AS count
