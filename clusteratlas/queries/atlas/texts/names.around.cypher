// Areas around a county that industry figures exist for.
MATCH (r:Region {key: $region})-[p:PART_OF]->(w:Region)
RETURN DISTINCT w.key AS key,
       w.name AS name,
       w.type AS type
ORDER BY key
