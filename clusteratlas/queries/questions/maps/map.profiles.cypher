// Totals of all regions of one type and of the nation, in two years.
MATCH (r:Region)-[p:PROFILED_BY]->(:Definition {key: $definition})
WHERE (r.type = $region_type OR r.key = $nation) AND (p.year = $year OR p.year = $since)
RETURN r.key AS key,
       r.name AS name,
       p.year AS year,
       p.jobs AS jobs,
       p.establishments AS establishments,
       p.payroll AS payroll,
       p.traded_jobs AS traded_jobs,
       p.local_jobs AS local_jobs,
       p.strong_clusters AS strong_clusters,
       p.strength AS strength,
       r.longitude AS longitude,
       r.latitude AS latitude,
       p.source AS source
ORDER BY key, year
