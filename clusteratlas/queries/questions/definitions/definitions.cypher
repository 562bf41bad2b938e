// Sets of cluster definitions in the graph.
MATCH (d:Definition)
RETURN d.key AS key,
       d.title AS name,
       d.method AS method,
       d.is_default AS is_default,
       d.traded_clusters AS traded_clusters,
       d.local_clusters AS local_clusters,
       d.largest AS largest,
       d.singletons AS singletons,
       d.effective_number AS effective_number,
       d.vs4 AS vs4,
       d.vs_lc_emp AS vs_lc_emp,
       d.vs_lc_est AS vs_lc_est,
       d.vs_io AS vs_io,
       d.vs_occ AS vs_occ,
       d.vs_occ_distinct AS vs_occ_distinct,
       d.seed AS seed,
       d.parameters AS parameters,
       d.source AS source
ORDER BY is_default DESC, vs4 DESC, key
