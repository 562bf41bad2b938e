// How many organizations of the region are in industries of each role.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE p.key IN $places AND l.edition = $edition AND k.edition = $edition AND o.status = 'active'
MATCH (i)-[r:PLAYS_ROLE]->(c:Cluster {key: $cluster})
WHERE r.edition = $edition
RETURN r.role AS role,
       count(DISTINCT o.key) AS organizations
ORDER BY role
