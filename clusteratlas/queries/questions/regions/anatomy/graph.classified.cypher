// Shown organizations in shown industries.
MATCH (o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE o.key IN $keys AND i.key IN $keys AND k.edition = $edition
RETURN 'CLASSIFIED_AS' AS link,
       o.key AS a,
       i.key AS b,
       k.method AS evidence,
       k.confidence AS confidence,
       k.first_seen AS first_seen,
       k.last_seen AS last_seen,
       k.source AS source
ORDER BY a, b
