// Industries that a judged move put into the cluster, with their links to it and to the old one.
MATCH (c:Cluster {key: $cluster})<-[m:MEMBER_OF]-(i:Industry)
WHERE m.moved_because IS NOT NULL
OPTIONAL MATCH (c)<-[a:AKIN_TO]-(i)
OPTIONAL MATCH (i)-[b:AKIN_TO]->(o:Cluster {id: m.moved_from})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN i.key AS key,
       i.title AS name,
       i.jobs AS jobs,
       m.moved_because AS moved_because,
       coalesce(o.name, m.moved_from) AS moved_from,
       m.moved_relatedness AS moved_relatedness,
       m.relatedness AS relatedness,
       a.lc_emp AS lc_emp,
       a.lc_est AS lc_est,
       a.io AS io,
       a.occ AS occ,
       b.lc_emp AS old_lc_emp,
       b.lc_est AS old_lc_est,
       b.io AS old_io,
       b.occ AS old_occ,
       m.source AS source
ORDER BY coalesce(jobs, 0) DESC, key
