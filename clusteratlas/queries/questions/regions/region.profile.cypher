// Totals of the region under these definitions.
MATCH (r:Region {key: $region})-[p:PROFILED_BY]->(d:Definition {key: $definition})
WHERE p.year = $year
RETURN r.key AS key,
       r.name AS name,
       r.type AS kind,
       r.population AS population,
       r.income_per_capita AS income_per_capita,
       p.jobs AS jobs,
       p.traded_jobs AS traded_jobs,
       p.local_jobs AS local_jobs,
       p.strong_clusters AS strong_clusters,
       p.strength AS strength,
       p.estimated_share AS estimated_share,
       p.source AS source
