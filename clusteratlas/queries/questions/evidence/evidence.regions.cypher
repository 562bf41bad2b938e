// Totals of the regions of a pool and of the nation, in one year or two.
MATCH (d:Definition {key: $definition})<-[p:PROFILED_BY]-(r:Region)
WHERE (r.type = $region_type AND coalesce(r.kind, r.type) = $pool OR r.type = 'nation')
  AND (p.year = $year OR p.year = $since)
RETURN r.key AS key,
       p.year AS year,
       r.population AS population,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs,
       p.local_jobs AS local_jobs,
       p.payroll AS payroll,
       p.source AS source
ORDER BY key, year
