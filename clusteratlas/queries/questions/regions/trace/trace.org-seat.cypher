// Where the owner, or the larger body, of an organization at one end is.
MATCH (o:Organization {key: $key})-[:OWNED_BY|UNIT_OF]->(x:Organization)-[l:LOCATED_IN]->(p:Region)
MATCH (p)-[:PART_OF]->(w:Region)
WHERE l.edition = $edition
RETURN DISTINCT 'SITUATED_IN' AS link,
       x.key AS a,
       x.name AS a_name,
       w.key AS b,
       w.name AS b_name,
       0.6 AS figure,
       0.0 AS second,
       p.name AS detail,
       l.source AS source
ORDER BY a, b
