// Industries of other clusters that are close to the cluster.
MATCH (i:Industry)-[r:PLAYS_ROLE]->(c:Cluster {key: $cluster})
WHERE r.role = 'adjoining' AND r.edition = $edition
OPTIONAL MATCH (i)-[:MEMBER_OF]->(o:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN i.key AS key,
       i.title AS name,
       i.kind AS kind,
       r.relatedness AS relatedness,
       o.name AS cluster,
       r.rank AS rank,
       r.source AS source
ORDER BY rank, key
