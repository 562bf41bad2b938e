// Neighbor clusters.
MATCH (d:Definition {key: $definition})<-[:DEFINED_BY]-(c:Cluster)-[l:LINKED_TO]->(o:Cluster)
WHERE c.level = 'cluster' OR c.key IN [$a, $b] OR o.key IN [$a, $b]
RETURN 'LINKED_TO' AS link,
       c.key AS a,
       c.name AS a_name,
       o.key AS b,
       o.name AS b_name,
       l.percentile AS figure,
       l.bcr AS second,
       l.driver AS detail,
       l.source AS source
ORDER BY a, b
