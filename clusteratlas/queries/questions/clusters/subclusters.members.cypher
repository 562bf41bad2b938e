// Industries of the subclusters.
MATCH (i:Industry)-[g:GROUPED_IN]->(s:Subcluster)-[:PART_OF]->(c:Cluster {key: $cluster})
RETURN i.key AS key,
       i.title AS name,
       s.name AS subcluster,
       i.jobs AS jobs,
       g.source AS source
ORDER BY subcluster, coalesce(jobs, 0) DESC, key
