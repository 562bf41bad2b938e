// The files behind the relatedness of an industry.
MATCH (n:Industry {key: $of})-[t:RELATED_TO]-(o:Industry)
WITH DISTINCT t.source AS origin
MATCH (s:Source {key: origin})
RETURN 'relatedness' AS figure,
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
