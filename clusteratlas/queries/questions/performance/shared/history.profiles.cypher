// Totals of every region that the region is compared with, of itself and of the nation, of all years.
MATCH (d:Definition {key: $definition})<-[p:PROFILED_BY]-(r:Region)
WHERE (coalesce(r.kind, r.type) = $pool AND r.type <> 'custom') OR r.key = 'us'
  OR r.key = $region
RETURN r.key AS key,
       coalesce(r.kind, r.type) AS pool,
       p.year AS year,
       p.jobs AS jobs,
       p.payroll AS payroll,
       p.strength AS strength,
       p.strong_clusters AS strong_clusters,
       p.source AS source
ORDER BY key, year
