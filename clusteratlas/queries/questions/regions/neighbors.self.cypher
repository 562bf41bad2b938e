// The region itself.
MATCH (r:Region {key: $region})
RETURN r.key AS key,
       r.name AS name,
       r.longitude AS longitude,
       r.latitude AS latitude,
       r.source AS source
