// Traded industries that both sets class.
MATCH (a:Definition {key: $a})<-[:DEFINED_BY]-(c:Cluster {level: 'cluster'})<-[:MEMBER_OF]-(i:Industry)-[:MEMBER_OF]->(e:Cluster {level: 'cluster'})-[:DEFINED_BY]->(b:Definition {key: $b})
WHERE c.kind = 'traded' AND e.kind = 'traded'
RETURN count(i) AS count
