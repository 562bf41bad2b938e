// The files behind the sales and purchases of an industry.
MATCH (n:Industry {key: $of})-[t:IN_SECTOR]->(o:Sector)
WITH DISTINCT t.source AS origin
MATCH (s:Source {key: origin})
RETURN 'sales and purchases' AS figure,
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
