// What else the parts of a region at either end lie in.
MATCH (r:Region)<-[p:PART_OF]-(x:Region)-[q:PART_OF]->(y:Region)
WHERE r.key IN [$a, $b] AND p.edition = $edition AND q.edition = $edition
RETURN DISTINCT 'PART_OF' AS link,
       x.key AS a,
       x.name AS a_name,
       y.key AS b,
       y.name AS b_name,
       0.0 AS figure,
       0.0 AS second,
       'region' AS detail,
       q.source AS source
ORDER BY a, b
