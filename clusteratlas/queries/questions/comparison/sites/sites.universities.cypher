// Universities and colleges that are known, by region of the type.
MATCH (o:Organization)-[l:LOCATED_IN]->(p:Region)
WHERE o.kind = 'university' AND o.status = 'active' AND l.edition = $edition
OPTIONAL MATCH (p)-[:PART_OF]->(r:Region {type: $region_type})
RETURN coalesce(r.key, p.key) AS region,
       count(DISTINCT o.key) AS universities
ORDER BY region
