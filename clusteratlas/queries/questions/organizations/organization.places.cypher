// Where it is.
MATCH (o:Organization {key: $organization})-[l:LOCATED_IN]->(p:Region)
OPTIONAL MATCH (p)-[:PART_OF]->(w:Region)
RETURN DISTINCT p.key AS key,
       p.name AS name,
       w.key AS whole,
       w.name AS whole_name,
       l.source AS source
ORDER BY key, whole
