// Sectors that buy from a sector of the cluster.
MATCH (c:Cluster {key: $cluster})<-[:MEMBER_OF]-(m:Industry)-[:IN_SECTOR]->(b:Sector)
MATCH (b)-[f:SUPPLIES]->(t:Sector)
WHERE f.edition = $edition
RETURN count(DISTINCT t) AS count
