// Industries and their clusters; those of a family or subcluster where one is at an end.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)<-[m:MEMBER_OF]-(i:Industry)
WHERE c.level = 'cluster' OR c.key IN [$a, $b]
RETURN 'MEMBER_OF' AS link,
       i.key AS a,
       i.title AS a_name,
       c.key AS b,
       c.name AS b_name,
       coalesce(m.relatedness, 0.0) AS figure,
       0.0 AS second,
       m.mark AS detail,
       m.source AS source
ORDER BY a, b
