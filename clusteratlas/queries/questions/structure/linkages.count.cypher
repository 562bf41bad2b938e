// Industries of other clusters for which this one is among the nearest.
MATCH (i:Industry)-[a:AKIN_TO]->(c:Cluster {key: $cluster})
WHERE NOT a.own
RETURN count(i) AS count
