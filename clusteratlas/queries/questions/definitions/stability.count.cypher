// Traded industries of the definitions whose stability is known.
MATCH (i:Industry)-[m:MEMBER_OF]->(c:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE m.stability IS NOT NULL AND ($cluster = '' OR c.key = $cluster)
RETURN count(i) AS count
