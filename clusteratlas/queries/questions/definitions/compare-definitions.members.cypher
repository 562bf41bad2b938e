// Traded industries with their cluster in both sets.
MATCH (a:Definition {key: $a})<-[:DEFINED_BY]-(c:Cluster {level: 'cluster'})<-[m:MEMBER_OF]-(i:Industry)-[:MEMBER_OF]->(e:Cluster {level: 'cluster'})-[:DEFINED_BY]->(b:Definition {key: $b})
WHERE c.kind = 'traded' AND e.kind = 'traded'
RETURN i.key AS key,
       i.title AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       e.key AS match,
       e.name AS match_name,
       m.source AS source
ORDER BY key
