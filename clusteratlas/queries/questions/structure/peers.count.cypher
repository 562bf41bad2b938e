// Regions that the region is compared with, itself aside.
MATCH (r:Region)-[p:PROFILED_BY]->(:Definition {key: $definition})
WHERE coalesce(r.kind, r.type) = $pool AND r.type <> 'custom' AND p.year = $year
  AND r.key <> $region
RETURN count(r) AS count
