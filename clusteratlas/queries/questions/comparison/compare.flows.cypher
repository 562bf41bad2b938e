// What a cluster sells to the others.
MATCH (s:Cluster {key: $cluster})-[f:SUPPLIES]->(o:Cluster)
WHERE o.key IN $clusters AND o.key <> s.key
RETURN s.key AS cluster,
       o.key AS other,
       f.usd AS million_usd,
       f.source AS source
ORDER BY cluster, other
