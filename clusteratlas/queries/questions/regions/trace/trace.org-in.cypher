// Organizations linked with one at one end; of very many the weightiest.
MATCH (o:Organization {key: $key})<-[f:OWNED_BY|FUNDED_BY|PARTNER_OF|SUCCEEDED_BY|UNIT_OF]-(x:Organization)
WHERE f.edition = $edition
RETURN type(f) AS link,
       x.key AS a,
       x.name AS a_name,
       o.key AS b,
       o.name AS b_name,
       f.confidence AS figure,
       coalesce(f.usd, 0.0) AS second,
       f.evidence AS detail,
       f.source AS source
ORDER BY second DESC, a, b, link
LIMIT 5000
