// Regions that are compared with each other.
MATCH (r:Region)-[p:PROFILED_BY]->(:Definition {key: $definition})
WHERE coalesce(r.kind, r.type) = $pool AND p.year = $year
RETURN count(r) AS count
