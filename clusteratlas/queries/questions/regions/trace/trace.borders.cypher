// Regions that border a region at either end.
MATCH (r:Region)-[t:ADJACENT_TO]-(n:Region)
WHERE r.key IN [$a, $b] AND t.edition = $edition
RETURN 'ADJACENT_TO' AS link,
       r.key AS a,
       r.name AS a_name,
       n.key AS b,
       n.name AS b_name,
       0.0 AS figure,
       0.0 AS second,
       '' AS detail,
       t.source AS source
ORDER BY a, b
