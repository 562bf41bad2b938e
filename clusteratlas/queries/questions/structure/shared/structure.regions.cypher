// Regions that are compared with each other, with their totals.
MATCH (r:Region)-[p:PROFILED_BY]->(:Definition {key: $definition})
WHERE coalesce(r.kind, r.type) = $pool AND (r.type <> 'custom' OR r.key = $region)
  AND p.year = $year
RETURN r.key AS key,
       r.name AS name,
       r.population AS population,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs,
       p.strong_clusters AS strong_clusters,
       p.strength AS strength,
       r.longitude AS longitude,
       r.latitude AS latitude,
       p.source AS source
ORDER BY key
