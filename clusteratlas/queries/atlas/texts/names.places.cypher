// The region, and the counties in it.
MATCH (w:Region {key: $region})
OPTIONAL MATCH (c:Region)-[:PART_OF]->(w)
WHERE c.type = 'county'
RETURN DISTINCT w.key AS region,
       c.key AS county
ORDER BY county
