// Occupations that the industry and its near clusters both employ.
MATCH (:Industry {key: $industry})-[a:STAFFED_BY]->(o:Occupation)<-[b:STAFFED_BY]-(c:Cluster)<-[:AKIN_TO]-(:Industry {key: $industry})
WHERE a.edition = $edition
  AND EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
RETURN o.key AS key,
       o.title AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       a.share AS share,
       b.share AS other_share,
       b.lq AS lq,
       a.source AS source
ORDER BY share DESC, key, cluster
