// Industries of the parts.
MATCH (i:Industry)-[g:MEMBER_OF]->(s:Cluster)-[:PART_OF]->(c:Cluster {key: $cluster})
RETURN i.key AS key,
       i.title AS name,
       s.name AS part,
       i.jobs AS jobs,
       g.source AS source
ORDER BY part, coalesce(jobs, 0) DESC, key
