// All and traded jobs of the regions of the type.
MATCH (r:Region)-[p:PROFILED_BY]->(d:Definition {key: $definition})
WHERE r.type = $region_type AND p.year = $year
RETURN r.key AS region,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs
ORDER BY region
