// The industry's strongest ties, with the cluster on the other end.
MATCH (i:Industry {key: $industry})-[t:RELATED_TO]-(o:Industry)
WHERE t.edition = $edition
MATCH (o)-[:MEMBER_OF]->(c:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN o.key AS key,
       o.title AS name,
       c.key AS cluster,
       c.name AS cluster_name,
       t.combined AS combined,
       t.lc_emp AS lc_emp,
       t.lc_est AS lc_est,
       t.coi AS coi,
       t.io AS io,
       t.occ AS occ,
       t.same_sector AS same_sector,
       t.same_profile AS same_profile,
       t.source AS source
ORDER BY combined DESC, key
