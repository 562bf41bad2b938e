// How related the industry is to its own and to the nearest clusters, by linkage.
MATCH (i:Industry {key: $industry})-[a:AKIN_TO]->(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN c.key AS key,
       c.name AS name,
       a.own AS own,
       a.rank AS rank,
       a.combined AS combined,
       a.lc_emp AS lc_emp,
       a.lc_est AS lc_est,
       a.coi AS coi,
       a.io AS io,
       a.occ AS occ,
       a.need_lc_emp AS need_lc_emp,
       a.need_lc_est AS need_lc_est,
       a.need_io AS need_io,
       a.need_occ AS need_occ,
       a.without AS without,
       a.runs AS runs,
       a.source AS source
ORDER BY own DESC, rank, key
