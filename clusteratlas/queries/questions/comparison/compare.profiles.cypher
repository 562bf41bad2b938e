// Totals of a region, for comparison.
MATCH (r:Region {key: $region})-[p:PROFILED_BY]->(d:Definition {key: $definition})
WHERE p.year = $year
RETURN r.key AS key,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs,
       p.strong_clusters AS strong_clusters,
       p.strength AS strength,
       p.estimated_share AS estimated_share,
       r.population AS population,
       r.income_per_capita AS income_per_capita,
       p.source AS source
ORDER BY key
