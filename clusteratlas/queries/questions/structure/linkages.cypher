// Industries of other clusters that are tied to this one, with each linkage.
MATCH (i:Industry)-[a:AKIN_TO]->(c:Cluster {key: $cluster})
WHERE NOT a.own
OPTIONAL MATCH (i)-[:MEMBER_OF]->(o:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN i.key AS key,
       i.title AS name,
       o.name AS cluster,
       a.rank AS rank,
       a.combined AS combined,
       a.io AS io,
       a.lc_emp AS lc_emp,
       a.occ AS occ,
       a.source AS source
ORDER BY rank, key
