// What each sells to the other.
MATCH (s:Cluster)-[f:SUPPLIES]->(o:Cluster)
WHERE s.key IN [$a, $b] AND o.key IN [$a, $b] AND s.key <> o.key
RETURN s.key AS seller,
       f.usd AS million_usd,
       f.source AS source
ORDER BY seller
