// Years that figures exist for.
MATCH (r:Region)-[p:PROFILED_BY]->(d:Definition)
RETURN DISTINCT d.key AS definition,
       r.type AS type,
       p.year AS year
ORDER BY definition, type, year
