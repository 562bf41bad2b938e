// Regions of one type that have figures.
MATCH (r:Region)-[p:PROFILED_BY]->(:Definition {key: $definition})
WHERE r.type = $region_type AND p.year = $year
RETURN r.key AS key,
       r.name AS name,
       r.longitude AS longitude,
       r.latitude AS latitude,
       p.source AS source
ORDER BY key
