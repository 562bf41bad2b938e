// Totals of a region, in all years.
MATCH (r:Region {key: $region})-[p:PROFILED_BY]->(d:Definition {key: $definition})
RETURN r.key AS key,
       p.year AS year,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs,
       p.local_jobs AS local_jobs,
       p.establishments AS establishments,
       p.payroll AS payroll,
       p.estimated_share AS estimated_share,
       p.source AS source
ORDER BY year
