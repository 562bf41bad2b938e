// Parts of the cluster: its subclusters, or the clusters of a family.
MATCH (s:Cluster)-[:PART_OF]->(c:Cluster {key: $cluster})
RETURN s.key AS key,
       s.name AS name,
       s.level AS level,
       s.industries AS industries,
       s.jobs AS jobs,
       s.wcr AS relatedness,
       s.bcr_siblings AS sibling_relatedness,
       s.source AS source
ORDER BY coalesce(jobs, 0) DESC, key
