// Industries of a cluster, and how clearly each belongs to it.
MATCH (c:Cluster {key: $cluster})<-[m:MEMBER_OF]-(i:Industry)
OPTIONAL MATCH (n:Cluster {key: m.next_cluster})
RETURN i.key AS key,
       i.title AS name,
       i.kind AS kind,
       i.jobs AS jobs,
       i.establishments AS establishments,
       m.relatedness AS relatedness,
       m.next_relatedness AS next_relatedness,
       n.name AS next_name,
       m.mark AS mark,
       m.source AS source
ORDER BY coalesce(jobs, 0) DESC, key
