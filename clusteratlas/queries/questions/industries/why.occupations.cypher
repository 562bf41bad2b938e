// Occupations that the industry and its near clusters both employ.
MATCH (i:Industry {key: $industry})-[a:STAFFED_BY]->(o:Occupation)<-[b:STAFFED_BY]-(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE a.edition = $edition
MATCH (:Industry {key: $industry})-[:AKIN_TO]->(c)
RETURN o.key AS key,
       o.title AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       a.share AS share,
       b.share AS other_share,
       b.lq AS lq,
       a.source AS source
ORDER BY share DESC, key, cluster
