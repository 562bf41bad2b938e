// Industries that are elsewhere in some bootstrap runs, and the nearest other cluster.
MATCH (i:Industry)-[m:MEMBER_OF]->(c:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE m.stability < 1.0 AND ($cluster = '' OR c.key = $cluster)
OPTIONAL MATCH (n:Cluster {key: m.next_cluster})
RETURN i.key AS key,
       i.title AS name,
       c.name AS cluster_name,
       m.stability AS runs,
       m.mark AS mark,
       n.name AS next_name,
       m.source AS source
ORDER BY runs, key
