// Other clusters that the industry is nearly as related to as to its own, the nearest first.
MATCH (i:Industry {key: $industry})-[s:SECOND_MEMBER_OF]->(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN c.key AS key,
       c.name AS name,
       s.relatedness AS relatedness,
       s.gap AS gap,
       s.source AS source
ORDER BY gap, key
