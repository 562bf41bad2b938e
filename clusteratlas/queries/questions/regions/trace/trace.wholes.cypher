// What a region at either end lies in, and what lies in it.
MATCH (x:Region)-[q:PART_OF]->(y:Region)
WHERE q.edition = $edition AND (x.key IN [$a, $b] OR y.key IN [$a, $b])
RETURN 'PART_OF' AS link,
       x.key AS a,
       x.name AS a_name,
       y.key AS b,
       y.name AS b_name,
       0.0 AS figure,
       0.0 AS second,
       'region' AS detail,
       q.source AS source
ORDER BY a, b
