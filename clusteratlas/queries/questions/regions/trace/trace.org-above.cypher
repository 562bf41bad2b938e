// What the owner, or the larger body, of an organization at one end is linked to.
MATCH (o:Organization {key: $key})-[:OWNED_BY|UNIT_OF]->(x:Organization)-[f:OWNED_BY|FUNDED_BY|PARTNER_OF|SUCCEEDED_BY|UNIT_OF]->(y:Organization)
WHERE f.edition = $edition
RETURN DISTINCT type(f) AS link,
       x.key AS a,
       x.name AS a_name,
       y.key AS b,
       y.name AS b_name,
       f.confidence AS figure,
       coalesce(f.usd, 0.0) AS second,
       f.evidence AS detail,
       f.source AS source
ORDER BY second DESC, a, b, link
LIMIT 1000
