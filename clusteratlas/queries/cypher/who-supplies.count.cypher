// Organizations of the region in industries that play this role for the cluster.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE p.key IN $places AND l.edition = $edition AND k.edition = $edition
MATCH (i)-[r:PLAYS_ROLE]->(c:Cluster {key: $cluster})
WHERE r.edition = $edition AND r.role = 'supplier'
RETURN count(DISTINCT o.key) AS count
