// Industries of other clusters that are nearly as related to this one.
MATCH (c:Cluster {key: $cluster})<-[s:SECOND_MEMBER_OF]-(i:Industry)
MATCH (i)-[:MEMBER_OF]->(o:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN i.key AS key,
       i.title AS name,
       i.jobs AS jobs,
       o.name AS other,
       s.relatedness AS relatedness,
       s.gap AS gap,
       s.source AS source
ORDER BY gap, key
