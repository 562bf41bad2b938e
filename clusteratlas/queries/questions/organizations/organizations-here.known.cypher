// Organizations of the region in the industries of each cluster.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE p.key IN $places AND l.edition = $edition AND k.edition = $edition
MATCH (i)-[:MEMBER_OF]->(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE c.kind = 'traded' AND c.level = 'cluster'
RETURN DISTINCT c.key AS key,
       c.name AS name,
       o.key AS organization,
       o.name AS organization_name,
       o.kind AS kind,
       o.size_rank AS size_rank,
       k.source AS source
ORDER BY key, organization, source
