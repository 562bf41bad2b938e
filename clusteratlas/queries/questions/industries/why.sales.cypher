// Sectors that the industry's sector sells to, and the near clusters whose members are in them.
MATCH (i:Industry {key: $industry})-[:IN_SECTOR]->(s:Sector)-[f:SUPPLIES]->(o:Sector)
WHERE f.edition = $edition
WITH i, s, f, o
MATCH (i)-[:AKIN_TO]->(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WITH s, f, o, c
MATCH (o)<-[:IN_SECTOR]-(j:Industry)-[:MEMBER_OF]->(c)
RETURN DISTINCT o.key AS key,
       o.title AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       f.usd AS million_usd,
       f.output_share AS share,
       o.key = s.key AS itself,
       f.source AS source
ORDER BY share DESC, key, cluster
