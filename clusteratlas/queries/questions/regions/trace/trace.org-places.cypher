// Where an organization at one end is: the regions around its county.
MATCH (o:Organization {key: $key})-[l:LOCATED_IN]->(p:Region)-[:PART_OF]->(w:Region)
WHERE l.edition = $edition
RETURN DISTINCT 'SITUATED_IN' AS link,
       o.key AS a,
       o.name AS a_name,
       w.key AS b,
       w.name AS b_name,
       0.6 AS figure,
       0.0 AS second,
       p.name AS detail,
       l.source AS source
ORDER BY b
