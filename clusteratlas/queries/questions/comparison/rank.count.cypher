// Regions of the type.
MATCH (r:Region)
WHERE r.type = $region_type
RETURN count(r) AS count
