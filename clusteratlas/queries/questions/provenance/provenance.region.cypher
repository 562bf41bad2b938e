// The files behind a region's totals.
MATCH (r:Region {key: $of})-[p:PROFILED_BY]->(d:Definition)
MATCH (s:Source {key: p.source})
RETURN DISTINCT 'totals and clusters' AS figure,
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
