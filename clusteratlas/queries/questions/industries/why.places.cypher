// Metropolitan and micropolitan areas where both the industry and its cluster are specialized.
MATCH (:Industry {key: $industry})-[:MEMBER_OF]->(c:Cluster {level: 'cluster'})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region {type: 'cbsa'})
WHERE EXISTS { MATCH (c)-[:DEFINED_BY]->(:Definition {key: $definition}) }
MATCH (h)-[m:MEASURED]->(:Source)
WHERE m.edition = $edition AND m.lq >= 1
WITH c, r, m
MATCH (:Industry {key: $industry})-[p:PRESENT_IN]->(r)
WHERE p.edition = $edition AND p.year = m.year AND p.lq >= 1
RETURN r.key AS key,
       r.name AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       p.share_nation AS share,
       m.share_nation AS other_share,
       p.lq AS lq,
       p.source AS source
ORDER BY share DESC, key
