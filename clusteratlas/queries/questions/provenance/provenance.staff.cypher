// The files behind the occupations of an industry.
MATCH (n:Industry|Cluster {key: $of})-[t:STAFFED_BY]->(o:Occupation)
WITH DISTINCT t.source AS origin
MATCH (s:Source {key: origin})
RETURN 'occupations' AS figure,
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
