// The industry's own cluster under these definitions, and the next best one.
MATCH (i:Industry {key: $industry})-[m:MEMBER_OF]->(c:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
OPTIONAL MATCH (n:Cluster {key: m.next_cluster})
RETURN c.key AS key,
       c.name AS name,
       c.kind AS kind,
       m.relatedness AS relatedness,
       m.next_cluster AS next_cluster,
       n.name AS next_name,
       m.next_relatedness AS next_relatedness,
       m.mark AS mark,
       m.moved AS moved,
       i.type AS type,
       i.traded_score AS traded_score,
       i.regional_score AS regional_score,
       i.buyer AS buyer,
       m.source AS source
