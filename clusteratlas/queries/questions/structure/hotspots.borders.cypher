// Which regions of one type share a border.
MATCH (one:Region)-[t:ADJACENT_TO]->(other:Region)
WHERE one.type = $region_type AND t.edition = $edition
RETURN one.key AS a,
       other.key AS b
ORDER BY a, b
