// Organizations of the region that take part in a cluster by evidence of their own.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster)
WHERE p.key IN $places AND l.edition = $edition AND t.edition = $edition
MATCH (h)-[:INSTANCE_OF]->(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE c.kind = 'traded' AND c.level = 'cluster'
RETURN DISTINCT c.key AS key,
       c.name AS name,
       o.key AS organization,
       o.name AS organization_name,
       o.kind AS kind,
       o.size_rank AS size_rank,
       t.source AS source
ORDER BY key, organization, source
