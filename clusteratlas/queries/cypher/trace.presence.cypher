// Industries that a region at either end is specialized in.
MATCH (r:Region)<-[p:PRESENT_IN]-(i:Industry)
WHERE p.edition = $edition AND p.lq >= 1.25
  AND ((r.key = $a AND p.year = $year_a) OR (r.key = $b AND p.year = $year_b))
RETURN 'PRESENT_IN' AS link,
       i.key AS a,
       i.title AS a_name,
       r.key AS b,
       r.name AS b_name,
       p.lq AS figure,
       p.jobs * 1.0 AS second,
       '' AS detail,
       p.source AS source
ORDER BY a, b
