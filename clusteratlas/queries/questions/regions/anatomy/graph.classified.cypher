// Shown organizations in shown industries.
MATCH (o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE o.key IN $keys AND i.key IN $keys AND k.edition = $edition
RETURN 'CLASSIFIED_AS' AS link,
       o.key AS a,
       i.key AS b
ORDER BY a, b
