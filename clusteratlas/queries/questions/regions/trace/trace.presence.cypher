// Industries that a region at one end is specialized in.
MATCH (r:Region {key: $region})<-[p:PRESENT_IN]-(i:Industry)
WHERE p.edition = $edition AND p.lq >= 1.25
  AND p.year = $year
RETURN 'PRESENT_IN' AS link,
       i.key AS a,
       i.title AS a_name,
       r.key AS b,
       r.name AS b_name,
       p.lq AS figure,
       p.jobs * 1.0 AS second,
       p.known AS detail,
       p.source AS source
ORDER BY a, b
