// Service industries (NAICS 48 to 81) of the sectors that sell to the cluster.
MATCH (c:Cluster {key: $cluster})<-[:MEMBER_OF]-(m:Industry)-[:IN_SECTOR]->(b:Sector)
MATCH (t:Sector)-[f:SUPPLIES]->(b)
WHERE f.edition = $edition
MATCH (t)<-[:IN_SECTOR]-(i:Industry)
WHERE i.naics >= '48' AND i.naics < '82'
RETURN count(DISTINCT i) AS count
