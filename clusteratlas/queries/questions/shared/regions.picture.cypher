// Where all regions of one type are: the ground of a map.
MATCH (r:Region)
WHERE r.type = $region_type AND r.longitude IS NOT NULL
RETURN r.key AS key,
       r.longitude AS longitude,
       r.latitude AS latitude
ORDER BY key
