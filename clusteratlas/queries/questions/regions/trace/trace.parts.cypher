// Six-digit industries below a shorter code at either end.
MATCH (i:Industry)<-[:PART_OF*1..4]-(p:Industry)
WHERE i.key IN [$a, $b] AND p.level = 6
RETURN DISTINCT 'PART_OF' AS link,
       p.key AS a,
       p.title AS a_name,
       i.key AS b,
       i.title AS b_name,
       0.0 AS figure,
       0.0 AS second,
       'industry' AS detail,
       p.source AS source
ORDER BY a, b
