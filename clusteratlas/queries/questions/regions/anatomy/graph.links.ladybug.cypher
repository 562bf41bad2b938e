// Links between shown organizations.
MATCH (o:Organization)-[f:OWNED_BY|FUNDED_BY|PARTNER_OF|SUCCEEDED_BY|UNIT_OF]->(x:Organization)
WHERE o.key IN $keys AND x.key IN $keys AND f.edition = $edition
RETURN DISTINCT label(f) AS link,
       o.key AS a,
       x.key AS b
ORDER BY a, b, link
