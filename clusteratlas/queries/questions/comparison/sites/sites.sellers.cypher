// How many traded industries sell to the cluster.
MATCH (c:Cluster {key: $cluster})<-[x:PLAYS_ROLE]-(i:Industry)
WHERE x.role = 'supplier' AND x.edition = $edition AND i.kind = 'traded'
RETURN count(DISTINCT i.key) AS industries
