// Counties in the regions of one type: the areas of a map.
MATCH (c:Region)-[:PART_OF]->(r:Region)
WHERE r.type = $region_type AND c.type = 'county'
RETURN r.key AS region,
       c.key AS county
ORDER BY region, county
