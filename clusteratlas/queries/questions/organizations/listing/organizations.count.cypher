// Organizations known in the region.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)
WHERE p.key IN $places AND l.edition = $edition
RETURN count(DISTINCT o.key) AS count
