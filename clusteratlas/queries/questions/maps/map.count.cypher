// Regions of that type with figures.
MATCH (r:Region)-[p:PROFILED_BY]->(:Definition {key: $definition})
WHERE r.type = $region_type AND p.year = $year
RETURN count(r) AS count
