// Totals of the two regions.
MATCH (r:Region)-[p:PROFILED_BY]->(d:Definition {key: $definition})
WHERE (r.key = $a AND p.year = $year_a) OR (r.key = $b AND p.year = $year_b)
RETURN r.key AS region,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs,
       p.strong_clusters AS strong_clusters,
       p.strength AS strength,
       r.population AS population,
       r.income_per_capita AS income_per_capita,
       p.source AS source
ORDER BY region
