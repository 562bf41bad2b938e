// Occupations that both employ.
MATCH (a:Cluster {key: $a})-[x:STAFFED_BY]->(o:Occupation)<-[y:STAFFED_BY]-(b:Cluster {key: $b})
RETURN o.key AS key,
       o.title AS name,
       x.share AS a,
       y.share AS b,
       x.source AS source
ORDER BY key
