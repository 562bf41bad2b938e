// Its industries, and their clusters.
MATCH (o:Organization {key: $organization})-[k:CLASSIFIED_AS]->(i:Industry)
OPTIONAL MATCH (i)-[:MEMBER_OF]->(c:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN i.key AS key,
       i.title AS name,
       c.name AS cluster_name,
       k.method AS method,
       k.confidence AS confidence,
       k.first_seen AS first_seen,
       k.last_seen AS last_seen,
       k.source AS source
ORDER BY confidence DESC, key
