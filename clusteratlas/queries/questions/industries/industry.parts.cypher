// Six-digit industries below a shorter code, and where each belongs.
MATCH (i:Industry {key: $industry})<-[:PART_OF*1..4]-(p:Industry)
WHERE p.level = 6
MATCH (p)-[m:MEMBER_OF]->(c:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN DISTINCT p.key AS key,
       p.title AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       p.jobs AS jobs,
       m.relatedness AS relatedness,
       m.mark AS mark,
       m.source AS source
ORDER BY key
