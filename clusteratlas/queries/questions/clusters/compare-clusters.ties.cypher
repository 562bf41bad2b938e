// Ties between an industry of the one and an industry of the other.
MATCH (a:Cluster {key: $a})<-[:MEMBER_OF]-(i:Industry)-[t:RELATED_TO]-(o:Industry)-[:MEMBER_OF]->(b:Cluster {key: $b})
WHERE t.edition = $edition
RETURN i.key AS key,
       i.title AS name,
       o.title AS other,
       t.combined AS combined,
       t.source AS source
ORDER BY combined DESC, key, other
LIMIT 10
