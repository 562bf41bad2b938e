// Sectors that sell to a sector of the cluster.
MATCH (c:Cluster {key: $cluster})<-[:MEMBER_OF]-(m:Industry)-[:IN_SECTOR]->(b:Sector)
MATCH (t:Sector)-[f:SUPPLIES]->(b)
WHERE f.edition = $edition
RETURN count(DISTINCT t) AS count
