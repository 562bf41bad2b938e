// All and traded jobs of the region, and of those that it is compared with.
MATCH (r:Region)-[p:PROFILED_BY]->(d:Definition {key: $definition})
WHERE (coalesce(r.kind, r.type) = $pool AND r.type <> 'custom' OR r.key = $region)
  AND p.year = $year
RETURN r.key AS region,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs
ORDER BY region
