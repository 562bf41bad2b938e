// Regions of the type, in the state if one is named, with their traded jobs.
MATCH (r:Region)-[p:PROFILED_BY]->(d:Definition {key: $definition})
WHERE r.type = $region_type AND p.year = $year AND ($state = '' OR r.states CONTAINS $state)
RETURN r.key AS key,
       r.name AS name,
       r.population AS population,
       p.traded_jobs AS traded_jobs,
       p.source AS source
ORDER BY key
