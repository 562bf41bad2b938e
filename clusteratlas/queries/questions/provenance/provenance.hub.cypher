// The files behind the figures of a regional cluster.
MATCH (h:RegionalCluster {key: $of})-[m:MEASURED]->(s:Source)
RETURN DISTINCT 'regional figures' AS figure,
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
