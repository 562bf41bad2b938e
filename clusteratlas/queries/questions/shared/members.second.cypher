// Industries of other clusters that are nearly as related to this one; they are counted there.
MATCH (i:Industry)-[s:SECOND_MEMBER_OF]->(c:Cluster {key: $cluster})
MATCH (i)-[:MEMBER_OF]->(o:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN i.key AS key,
       i.title AS name,
       i.kind AS kind,
       i.jobs AS jobs,
       i.establishments AS establishments,
       s.relatedness AS relatedness,
       s.relatedness + s.gap AS own_relatedness,
       o.name AS cluster_name,
       s.source AS source
ORDER BY coalesce(jobs, 0) DESC, key
