// Ties between an industry of a cluster and an industry of another one.
MATCH (a:Cluster {key: $cluster})<-[:MEMBER_OF]-(i:Industry)-[t:RELATED_TO]-(o:Industry)-[:MEMBER_OF]->(b:Cluster)
WHERE b.key IN $clusters AND a.key < b.key AND t.edition = $edition
RETURN a.key AS cluster,
       b.key AS other,
       i.key AS key,
       i.title AS name,
       o.title AS other_name,
       t.combined AS combined,
       t.source AS source
ORDER BY combined DESC, key, other_name
