// Sales between clusters that matter to one of the two.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)-[f:SUPPLIES]->(o:Cluster)
WHERE (f.input_share >= 0.03 OR f.output_share >= 0.03)
  AND (c.level = 'cluster' OR c.key IN [$a, $b]) AND (o.level = 'cluster' OR o.key IN [$a, $b])
RETURN 'SUPPLIES' AS link,
       c.key AS a,
       c.name AS a_name,
       o.key AS b,
       o.name AS b_name,
       CASE WHEN f.input_share > f.output_share THEN f.input_share ELSE f.output_share END AS figure,
       f.usd AS second,
       CASE WHEN f.input_share > f.output_share THEN 'inputs' ELSE 'sales' END AS detail,
       f.source AS source
ORDER BY a, b
