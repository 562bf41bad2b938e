// Objections to members of the cluster, and those that would have an industry in it.
MATCH (i:Industry)-[q:QUESTIONED]->(c:Cluster)
WHERE c.key = $cluster OR q.target = $cluster
RETURN i.key AS key,
       i.title AS name,
       i.jobs AS jobs,
       c.name AS cluster_name,
       q.proposed AS proposed,
       q.decision AS decision,
       q.reason AS reason,
       q.source AS source
ORDER BY coalesce(jobs, 0) DESC, key
