// The files that a set of definitions was computed from, asked of it or of one of its clusters.
MATCH (d:Definition {key: $of_definition})-[:FROM_FILE]->(s:Source)
RETURN DISTINCT 'cluster definitions' AS figure,
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
