// The files behind the industries, roles and links of an organization.
MATCH (o:Organization {key: $of})-[t:CLASSIFIED_AS|TAKES_PART_IN|OWNED_BY|FUNDED_BY|PARTNER_OF|SUCCEEDED_BY|UNIT_OF]->(x)
WITH DISTINCT t.source AS source
MATCH (s:Source {key: source})
RETURN DISTINCT 'industries, roles and links' AS figure,
       s.key AS key,
       s.title AS name,
       s.publisher AS publisher,
       s.licence AS licence,
       s.vintage AS vintage,
       s.file AS file,
       s.sha256 AS sha256,
       s.bytes AS bytes,
       s.url AS url,
       s.homepage AS homepage
ORDER BY key
