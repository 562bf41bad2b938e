// Clusters that buy from this one.
MATCH (c:Cluster {key: $cluster})-[f:SUPPLIES]->(o:Cluster {level: 'cluster'})
RETURN o.key AS key,
       o.name AS name,
       o.kind AS kind,
       f.usd AS million_usd,
       f.output_share AS share,
       f.source AS source
ORDER BY million_usd DESC, key
